import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, type IntegerType } from '../quantize/format.ts';
import type { Block, Program, Stage } from '../emit/program.ts';
import { liveRanges } from './liveness.ts';
import { planMemory, SIGNATURE_ADDRESS } from './plan.ts';

const stage = (name: string, blocks: string[], parallel?: Stage['parallel']): Stage => ({
  name,
  title: name,
  blocks,
  uses: {},
  body: [],
  returns: 'void',
  macs: 0,
  proofs: [],
  parallel,
  run: () => {},
});

const block = (name: string, kind: Block['kind'], length: number, type: IntegerType = 'i16'): Block => ({
  name,
  kind,
  length,
  type,
  note: '',
});

/** Random programs: each buffer is touched by a few stages. */
const programs = fc
  .record({
    lengths: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }),
    kinds: fc.infiniteStream(fc.constantFrom<Block['kind']>('constant', 'state', 'io', 'buffer', 'buffer')),
    types: fc.infiniteStream(fc.constantFrom<IntegerType>('i8', 'i16', 'i32', 'i64')),
    touches: fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 8 }),
    groups: fc.infiniteStream(fc.option(fc.nat(1), { nil: undefined })),
  })
  .map(({ lengths, kinds, types, touches, groups }): Program => {
    const next = <T>(s: Iterator<T>): T => s.next().value as T;
    const blocks = lengths.map((length, i) => block(`b${i}`, next(kinds), length, next(types)));
    const stages = touches.map((names, i) => {
      const group = next(groups);
      const parallel = group === undefined ? undefined : { group, branch: i };
      return stage(`s${i}`, [...new Set(names.map((n) => `b${n % lengths.length}`))], parallel);
    });
    return { name: 'random', blocks, stages, entries: [] };
  });

describe('planMemory', () => {
  it('never lets two blocks that matter at the same time overlap', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const plan = planMemory(program);
        const live = liveRanges(program);
        const always = { first: -1, last: Infinity };
        const items = [...plan.placements.values()].map((p) => ({
          ...p,
          range: p.block.kind === 'buffer' ? (live.get(p.block.name) ?? { first: 0, last: 0 }) : always,
        }));
        for (const [i, a] of items.entries())
          for (const b of items.slice(i + 1)) {
            const together = a.range.first <= b.range.last && b.range.first <= a.range.last;
            const apart = a.address + a.bytes <= b.address || b.address + b.bytes <= a.address;
            expect(!together || apart).toBe(true);
          }
      }),
      { numRuns: 200 },
    );
  });

  it('aligns every block to 8 bytes and keeps it inside the heap base and the pages', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const plan = planMemory(program);
        for (const { block: b, address, bytes } of plan.placements.values()) {
          expect(bytes).toBe(b.length * bytesOf[b.type]);
          expect(address % 8).toBe(0);
          expect(address).toBeGreaterThan(SIGNATURE_ADDRESS);
          expect(address + bytes).toBeLessThanOrEqual(plan.dataEnd);
        }
        expect(plan.dataEnd).toBeLessThanOrEqual(plan.heapBase);
        expect(plan.heapBase).toBeLessThanOrEqual(plan.pages * 65536);
        expect(plan.bufferBytes).toBeLessThanOrEqual(plan.bufferBytesUnshared);
      }),
      { numRuns: 100 },
    );
  });

  it('shares the addresses of buffers whose lives do not meet', () => {
    const blocks = [block('a', 'buffer', 100), block('b', 'buffer', 100), block('c', 'buffer', 100)];
    const stages = [stage('s0', ['a']), stage('s1', ['a', 'b']), stage('s2', ['b', 'c'])];
    const plan = planMemory({ name: 'chain', blocks, stages, entries: [] });
    expect(plan.bufferBytes).toBe(400);
    expect(plan.bufferBytesUnshared).toBe(600);
  });

  it('keeps the buffers of parallel branches apart', () => {
    const blocks = [block('a', 'buffer', 100), block('b', 'buffer', 100)];
    const stages = [stage('s0', ['a'], { group: 0, branch: 0 }), stage('s1', ['b'], { group: 0, branch: 1 })];
    expect(planMemory({ name: 'branches', blocks, stages, entries: [] }).bufferBytes).toBe(400);
  });
});
