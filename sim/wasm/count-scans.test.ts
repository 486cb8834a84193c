import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, type Op } from './assemble.ts';
import { analyse, countScans, openScanMeter, placesEnough, repeatedScans, type EndTable } from './index.ts';
import { endSites } from './block-ends.ts';
import { instrument, openMeter, type ModuleAnalysis } from './index.ts';

const small: EndTable = { places: 4, each: 2, depths: 3 };

/** One bit of local 0, which a shift brings down: what each branch goes by. */
const bit: Op[] = [
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.shr_u'],
  ['local.tee', 0],
  ['i32.const', 1],
  ['i32.and'],
];

/** The interpreter as its source has it, step by step, on decoded instructions; for bodies of the instructions used here. */
class Interpreter {
  private readonly table: number[][];
  readonly scans = new Map<number, number>();
  private readonly ends: EndTable;
  private readonly body: ModuleAnalysis['functions'][number]['wasm']['body'];
  constructor(analysis: ModuleAnalysis, ends: EndTable) {
    this.ends = ends;
    this.body = analysis.functions[0]!.wasm.body;
    this.table = Array.from({ length: ends.places }, () => Array.from({ length: ends.each }, () => 0));
  }

  private has = (start: number) => this.table[start % this.ends.places]!.includes(start);

  private find(at: number): void {
    const { body, ends } = this;
    if (this.has(body[at]!.end)) return;
    this.scans.set(at, (this.scans.get(at) ?? 0) + 1);
    const stack: (number | undefined)[] = Array.from({ length: ends.depths });
    stack[0] = body[at]!.end;
    let depth = 1;
    for (let p = at + 1; depth > 0; p++) {
      const { name, end } = body[p]!;
      if (name === 'block' || name === 'loop' || name === 'if') {
        if (depth < ends.depths) stack[depth] = end;
        depth++;
      } else if (name === 'end') depth--;
    }
    for (const start of stack) {
      if (start === undefined) break;
      const place = this.table[start % ends.places]!;
      const free = place.indexOf(0);
      if (free >= 0) place[free] = start;
      else {
        place.unshift(start);
        place.length = ends.each;
      }
    }
  }

  run(bits: number): void {
    const { body } = this;
    const endOf = (at: number): number => {
      let depth = 1;
      let p = at + 1;
      for (; depth > 0; p++)
        depth += body[p]!.name === 'end' ? -1 : /^(block|loop|if)$/.test(body[p]!.name) ? 1 : 0;
      return p - 1;
    };
    const labels: { at: number; known: boolean }[] = [];
    let condition = 0;
    for (let p = 0; p < body.length;) {
      const { name, index, end } = body[p]!;
      if (name === 'i32.and') condition = (bits >>>= 1) & 1;
      if (name === 'block') labels.push({ at: p, known: this.has(end) });
      else if (name === 'loop') labels.push({ at: p, known: true });
      else if (name === 'if') {
        this.find(p);
        if (condition) labels.push({ at: p, known: true });
        else {
          p = endOf(p) + 1;
          continue;
        }
      } else if (name === 'end') labels.pop();
      else if (name === 'br_if' && condition) {
        labels.length -= index;
        const { at, known } = labels.at(-1)!;
        if (!known) this.find(at);
        p = body[at]!.name === 'loop' ? at + 1 : endOf(at);
        continue;
      }
      p++;
    }
  }
}

type Tree = { kind: string; inside: Tree[]; pad: number; leave: number };

const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    kind: fc.constantFrom('block', 'block', 'if', 'loop', 'none'),
    inside: fc.oneof(
      { maxDepth: 4 },
      fc.constant<Tree[]>([]),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    ),
    pad: fc.nat(3),
    leave: fc.nat(4),
  }),
})).tree;

function opsOf({ kind, inside, pad, leave }: Tree, open: readonly string[]): Op[] {
  const padding = Array.from({ length: pad }, (): Op => ['nop']);
  if (kind === 'none')
    return open.length > 0 ? [...padding, ...bit, ['br_if', leave % open.length]] : padding;
  const within = inside.flatMap((t) => opsOf(t, [...open, kind]));
  return [...(kind === 'if' ? bit : []), [kind, 'void'], ...padding, ...within, ['end']];
}

/** A branch back to a loop needs a bit that is set, so every run ends: bits run out. */
const module = (trees: readonly Tree[]): ModuleAnalysis =>
  analyse(assemble([{ export: 'run', params: ['i32'], body: trees.flatMap((t) => opsOf(t, [])) }] as never));

describe('blocks that are read for their ends', () => {
  it('are those of the interpreter, whatever the code', () => {
    fc.assert(
      fc.property(
        fc.array(tree, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer(), { minLength: 1, maxLength: 5 }),
        (trees, runs) => {
          const analysis = module(trees);
          const expected = new Interpreter(analysis, small);
          for (const bits of runs) expected.run(bits);
          const scans = openScanMeter(countScans(analysis, small)!).count(({ exports }) => {
            for (const bits of runs) (exports.run as (bits: number) => void)(bits);
          });
          const found = scans.filter((s) => s.scans > 0).map((s) => [s.at, s.scans] as const);
          expect(new Map(found)).toEqual(new Map([...expected.scans].sort(([a], [b]) => a - b)));
        },
      ),
      { numRuns: 300 },
    );
  });

  /** Three that lie 16 bytes apart, so that they share one of 4 places of two. */
  const three = module([0, 1, 2].map(() => ({ kind: 'if', inside: [], pad: 3, leave: 0 })));
  const run =
    (bits: number) =>
    ({ exports }: WebAssembly.Instance) =>
      (exports.run as (bits: number) => void)(bits);

  it('are read again in a call that was made before', () => {
    expect(
      endSites(three, small).map(({ start }) => (start % 4) - (endSites(three, small)[0]!.start % 4)),
    ).toEqual([0, 0, 0]);
    // The first and second fill the place, the third moves the second out, which moves the first out ...
    const cold = openScanMeter(countScans(three, small)!);
    expect(cold.count(run(0)).map(({ scans }) => scans)).toEqual([1, 1, 1]);
    const again = cold.count(run(0)).map(({ scans }) => scans);
    expect(repeatedScans(three, small, () => {}, run(0))!.map(({ scans }) => scans)).toEqual(again);
    expect(again.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
  });

  it('are not, with enough places', () => {
    const counts = openMeter(instrument(three)).count(run(0));
    expect(placesEnough(three, counts, small)).toBeGreaterThan(4);
    const enough = { ...small, places: placesEnough(three, counts, small)! };
    expect(repeatedScans(three, enough, () => {}, run(0))!.map(({ scans }) => scans)).toEqual([0, 0, 0]);
    const none = { ...counts, blocks: counts.blocks.map((f) => f.map(() => 0)) };
    expect(placesEnough(three, none, small)).toBe(4);
  });
});
