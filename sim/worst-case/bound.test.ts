import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, type Op } from '../wasm/assemble.ts';
import { analyse, instrument, openMeter, type ModuleAnalysis } from '../wasm/index.ts';
import { boundOf } from './bound.ts';
import { Unbounded } from './knowledge.ts';

const operatorCosts = (a: ModuleAnalysis) => {
  const operators = a.functions.map((f) => f.operators);
  return { cycles: operators, wasmOps: operators };
};

function executed(a: ModuleAnalysis, entry: string, args: readonly number[], memory?: Uint8Array): number {
  const meter = openMeter(instrument(a));
  if (memory) new Uint8Array((meter.instance.exports.memory as WebAssembly.Memory).buffer).set(memory);
  const counts = meter.count((i) => (i.exports[entry] as (...n: number[]) => unknown)(...args));
  return a.functions.reduce(
    (sum, f, i) => f.operators.reduce((s, n, b) => s + n * counts.blocks[i]![b]!, sum),
    0,
  );
}

const kernels = new URL('../../test/reference/kernels/', import.meta.url);
const names = readdirSync(kernels)
  .filter((f) => f.endsWith('.wasm'))
  .map((f) => f.slice(0, -5));

/** Their loops run until the data are used up: Euclid, two square roots of data, and bits that are left. */
const untilTheDataEnd = ['gcd', 'isqrt', 'popcnt'];

describe.each(names)('%s', (name) => {
  const a = analyse(new Uint8Array(readFileSync(new URL(`${name}.wasm`, kernels))));
  const entry = a.module.exports.find((e) => e.name === 'run')!.index;

  it('is bounded by no less than what runs, and by just that where no branch rests on data', () => {
    if (untilTheDataEnd.includes(name)) {
      expect(() => boundOf(a, operatorCosts(a), entry, [2])).toThrow(Unbounded);
      return;
    }
    const { wasmOps, constant } = boundOf(a, operatorCosts(a), entry, [2]);
    const ran = executed(a, 'run', [2]);
    if (constant) expect(wasmOps).toBe(ran);
    else expect(wasmOps).toBeGreaterThanOrEqual(ran);
  });
});

/** Counts the bytes that are not 0 among the first 20, three more operators for each; stops at the first 255. */
const body: Op[] = [
  ['block', 'void'],
  ['loop', 'void'],
  ['local.get', 0],
  ['i32.const', 20],
  ['i32.ge_u'],
  ['br_if', 1],
  ['local.get', 0],
  ['i32.load8_u', 0, 0],
  ['local.tee', 1],
  ['i32.const', 255],
  ['i32.eq'],
  ['br_if', 1],
  ['local.get', 1],
  ['if', 'void'],
  ['local.get', 2],
  ['i32.const', 1],
  ['i32.add'],
  ['local.set', 2],
  ['end'],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.add'],
  ['local.set', 0],
  ['br', 0],
  ['end'],
  ['end'],
];
const counter = analyse(assemble([{ export: 'run', locals: ['i32', 'i32', 'i32'], body }]));

describe('branches that rest on data', () => {
  const bound = boundOf(counter, operatorCosts(counter), 0);

  it('are taken at their dearest: the bound is reached by data that do so', () => {
    expect(bound.constant).toBe(false);
    expect(executed(counter, 'run', [], new Uint8Array(20).fill(1))).toBe(bound.wasmOps);
  });

  it('never run more than the bound, whatever the data', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (memory) => {
        expect(executed(counter, 'run', [], memory)).toBeLessThanOrEqual(bound.wasmOps);
      }),
      { numRuns: 60 },
    );
  });
});

describe('loops', () => {
  const counted = (step: number, compare: string): Op[] => [
    ['loop', 'void'],
    ['local.get', 0],
    ['i32.const', step],
    ['i32.add'],
    ['local.tee', 0],
    ['local.get', 1],
    [compare],
    ['br_if', 0],
    ['end'],
  ];

  it.each([
    [1, 'i32.lt_s'],
    [3, 'i32.lt_u'],
    [-2, 'i32.gt_s'],
    [7, 'i32.le_s'],
    [1, 'i32.ne'],
  ])('that step by %i while %s are counted as they run', (step, compare) => {
    const a = analyse(assemble([{ export: 'run', params: ['i32', 'i32'], body: counted(step, compare) }]));
    for (const n of [1, 2, 63, 64, 1000]) {
      const args = step < 0 ? [n, 0] : [0, n];
      expect(boundOf(a, operatorCosts(a), 0, args).wasmOps).toBe(executed(a, 'run', args));
    }
  });

  it('that only count are counted, however long they do', () => {
    const down: Op[] = [
      ['loop', 'void'],
      ['local.get', 0],
      ['i32.const', 1],
      ['i32.sub'],
      ['local.tee', 0],
      ['br_if', 0],
      ['end'],
    ];
    const a = analyse(assemble([{ export: 'run', params: ['i32'], body: down }]));
    expect(boundOf(a, operatorCosts(a), 0, [2_000_000_000])).toMatchObject({
      constant: true,
      wasmOps: 5 * 2_000_000_000,
    });
  });

  it('whose turns all cost the same, whatever the data do in them, are solved from one turn', () => {
    const turns: Op[] = [
      ['loop', 'void'],
      ['local.get', 0],
      ['i32.load8_u', 0, 0],
      ['if', 'void'],
      ['local.get', 1],
      ['i32.const', 1],
      ['i32.add'],
      ['local.set', 1],
      ['end'],
      ['local.get', 0],
      ['i32.const', 1],
      ['i32.add'],
      ['local.tee', 0],
      ['i32.const', 20],
      ['i32.lt_s'],
      ['br_if', 0],
      ['end'],
    ];
    const a = analyse(assemble([{ export: 'run', locals: ['i32', 'i32'], body: turns }]));
    const bound = boundOf(a, operatorCosts(a), 0);
    expect(bound.constant).toBe(false);
    expect(bound.wasmOps).toBe(executed(a, 'run', [], new Uint8Array(20).fill(1)));
  });

  it('that only data end have no bound, and the place is named', () => {
    const endless: Op[] = [['loop', 'void'], ['i32.const', 0], ['i32.load', 2, 0], ['br_if', 0], ['end']];
    const a = analyse(assemble([{ export: 'run', body: endless }]));
    try {
      boundOf(a, operatorCosts(a), 0);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Unbounded);
      const { where } = error as Unbounded;
      expect(where.function).toBe('run');
      expect(a.bytes[where.offset]).toBe(0x03);
      expect(where.reason).toContain('data alone');
    }
  });
});
