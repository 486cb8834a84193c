import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, type Op } from '../wasm/assemble.ts';
import { analyse, instrument, openMeter } from '../wasm/index.ts';
import { waysOf } from './bound.ts';

/**
 * A tree of random shape as a table, walked as assembly/forest.ts does.
 *
 *   node  i16[3]   interior: feature, threshold, nodes to the `no` child; the `yes` child stands next; leaf: -1, 0, 0
 */
type Tree = { feature: number; threshold: number; yes: Tree; no: Tree } | 'leaf';

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 8, withCrossShrink: true },
    fc.constant('leaf' as const),
    fc.record({
      feature: fc.nat(7),
      threshold: fc.integer({ min: -20, max: 20 }),
      yes: tie('tree'),
      no: tie('tree'),
    }),
  ),
}));

function write(t: Tree, nodes: number[] = []): number[] {
  if (t === 'leaf') nodes.push(-1, 0, 0);
  else {
    const at = nodes.length;
    nodes.push(t.feature, t.threshold, 0);
    write(t.yes, nodes);
    nodes[at + 2] = (nodes.length - at) / 3;
    write(t.no, nodes);
  }
  return nodes;
}

const TABLE = 1024;
const walk: Op[] = [
  ['i32.const', TABLE],
  ['local.set', 0],
  ['block', 'void'],
  ['loop', 'void'],
  ['local.get', 0],
  ['i32.load16_s', 0, 1],
  ['local.tee', 1],
  ['i32.const', 0],
  ['i32.lt_s'],
  ['br_if', 1],
  ['local.get', 1],
  ['i32.const', 1],
  ['i32.shl'],
  ['i32.load16_s', 0, 1],
  ['local.get', 0],
  ['i32.load16_s', 2, 1],
  ['i32.le_s'],
  ['if', 'void'],
  ['local.get', 0],
  ['i32.const', 6],
  ['i32.add'],
  ['local.set', 0],
  ['else'],
  ['local.get', 0],
  ['local.get', 0],
  ['i32.load16_u', 4, 1],
  ['i32.const', 6],
  ['i32.mul'],
  ['i32.add'],
  ['local.set', 0],
  ['end'],
  ['br', 0],
  ['end'],
  ['end'],
];
const module = analyse(assemble([{ export: 'run', locals: ['i32', 'i32'], body: walk }]));
const meter = openMeter(instrument(module));
const memory = new Uint8Array((meter.instance.exports.memory as WebAssembly.Memory).buffer);
const operators = (f: number, block: number): number => module.functions[f]!.operators[block]!;

function observed(nodes: Int16Array, features: Int16Array): number {
  memory.set(new Uint8Array(nodes.buffer), TABLE);
  memory.set(new Uint8Array(features.buffer), 0);
  const counts = meter.count((i) => (i.exports.run as () => void)());
  return counts.blocks[0]!.reduce((sum, n, block) => sum + n * operators(0, block), 0);
}

/** Operators on the dearest path, by the shape of the tree alone. */
function dearest(t: Tree): number {
  const [head, question, yes, no] = [6, 8, 5, 8];
  return t === 'leaf' ? head : head + question + Math.max(yes + dearest(t.yes), no + dearest(t.no));
}

describe('a walk through a tree that nothing writes', () => {
  it('is bounded by its dearest path, and no features take more', () => {
    fc.assert(
      fc.property(
        tree,
        fc.array(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 8, maxLength: 8 }), {
          minLength: 20,
          maxLength: 20,
        }),
        (t, inputs) => {
          const nodes = Int16Array.from(write(t));
          const readOnly = [{ address: TABLE, bytes: new Uint8Array(nodes.buffer) }];
          const bound = waysOf(module, 0, [], { readOnly }).price(operators);
          // Two operators come before the loop.
          expect(bound).toBe(2 + dearest(t));
          for (const features of inputs)
            expect(observed(nodes, Int16Array.from(features))).toBeLessThanOrEqual(bound);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has no bound where the tree may be written', () => {
    expect(() => waysOf(module, 0)).toThrow(/data alone/);
  });
});
