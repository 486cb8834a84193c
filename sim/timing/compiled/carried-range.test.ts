import { expect, it } from 'vitest';
import { Graph, type Block, type Edge, type Node } from './ir.ts';
import { Ranges } from './ranges.ts';
import { analyseStructure } from './structure.ts';
import { loopGraph } from './testing/loop-graph.ts';

/** A loop that carries values round, from these constants and with what `back` makes of them. */
function carried(starts: readonly bigint[], back: (g: Graph, phis: Node[], in_: Node) => Node[]): Node[] {
  const g = new Graph();
  const { loop, close } = loopGraph(g);
  const any = g.node(loop, 'load', 'i32', [g.constant('i32', 8n)], { bytes: 4 });
  loop.nodes.push(any);
  close(any);
  const phis = starts.map((s, variable) => g.node(loop, 'phi', 'i32', [g.constant('i32', s)], { variable }));
  loop.phis.push(...phis);
  back(g, phis, any).forEach((n, i) => {
    phis[i]!.args.push(n);
    if (n.op !== 'phi') loop.nodes.push(n);
  });
  analyseStructure(g);
  return phis;
}

/*
 * Two buffers of kernel rnnrelu change places in a loop. gcc 12.2 -O2 -fdump-tree-vrp1-alias:
 *   # RANGE [4352, 4416]  # w2c_l1_134 = PHI <4416(23), w2c_l2_126(48)>
 *   # RANGE [4352, 4416]  # w2c_l2_126 = PHI <4352(23), w2c_l1_134(48)>
 */
it('bounds two pointers that change places by both', () => {
  const phis = carried([4352n, 4416n], (_, [a, b]) => [b!, a!]);
  const ranges = new Ranges();
  expect(phis.map((p) => ranges.of(p))).toEqual([
    { low: 4352, high: 4416 },
    { low: 4352, high: 4416 },
  ]);
  // evrp knows nothing of what goes round.
  expect(new Ranges(true).of(phis[0]!).high).toBe(0xffffffff);
});

// Three that go round: # RANGE [1, 4294967294]  # a_2 = PHI <4352(2), b_3(3)>; halves: # RANGE [0, 1024]  # a_2 = PHI <1024(2), a_6(3)>
it('knows no bound of what three turns move further', () => {
  const phis = carried([4352n, 4416n, 4480n], (_, [a, b, c]) => [b!, c!, a!]);
  expect(new Ranges().of(phis[0]!).high).toBe(0xffffffff);
});

it('keeps halves below where they began', () => {
  const [x] = carried([1024n], (g, [p], any) => [
    g.node(any.block, 'shr_u', 'i32', [p!, g.constant('i32', 1n)]),
  ]);
  expect(new Ranges().of(x!)).toEqual({ low: 0, high: 1024 });
});

/*
 * The place in the ring of kernel volterra goes down and round. gcc 12.2 -O2 -fdump-tree-vrp1-details:
 *   Adding assert for w2c_i0_60 from w2c_i0_60 != 4294967295 (of w2c_l4_59 != 0)   w2c_l4_59: u32 [0, 8]   iftmp.16_61: long unsigned int [0, 8]
 */
it('knows what a step from a tested number is not', () => {
  const [at] = carried([0n], (g, [p], any) => {
    const down = g.node(any.block, 'add', 'i32', [p!, g.constant('i32', -1n)]);
    any.block.nodes.push(down);
    return [g.node(any.block, 'select', 'i32', [p!, down, g.constant('i32', 8n)])];
  });
  expect(new Ranges().of(at!)).toEqual({ low: 0, high: 8 });
});

/*
 * What is put in order in kernel histnn stands below 16 and goes down while it is above zero, or until something else is found. gcc 12.2, vrp1: w2c_l2_190: unsigned int [0, 15]
 * Kernel xteacbc goes down from 248 by eight until it is below zero, tested at the end of the loop: no check is left of its loads at 1040 and 1044 behind one of the words above 1544.
 * The same with its test at the top has no range (0275): for (i = 5; i >= 0; i--) of u32 i.
 */
it.each([
  [[1, 15], -1n, 'gt_s', false, { low: 1, high: 15 }],
  [[248, 248], -8n, 'ge_s', false, { low: 0, high: 248 }],
  [[248, 248], -8n, 'ge_s', true, { low: 0, high: 2 ** 31 - 1 }],
] as const)(
  'believes tests of signs (from %s by %s while %s 0, copied in front: %s)',
  (from, by, op, top, wanted) => {
    const [at] = carried([248n], (g, [p], any) => {
      const [low, high] = from;
      if (low < high) p!.args[0] = g.node(g.entry, 'param', 'i32', [], { range: { low, high } });
      const down = g.node(any.block, 'add', 'i32', [p!, g.constant('i32', by)]);
      const test = g.node(any.block, op, 'i32', [down, g.constant('i32', 0n)]);
      any.block.nodes.push(test);
      any.block.rotated = top;
      const { term } = any.block;
      if (term.kind === 'branch') term.condition = test;
      return [down];
    });
    expect(new Ranges().of(at!)).toEqual(wanted);
  },
);

/*
 * for (k = 0; k < n; k++) { i = k & 63; for (...) i = i != 63 ? i + 1 : 0; }, kernel ringpush: the inner loop comes to rest while k is 0 yet, where i goes up to the end at once.
 * gcc 12.2, vrp1: w2c_l2_60: u32 [0, 0], [0, 1], [0, 4294967294], ~[64, 64]
 */
it('lets inner loops come to rest before the loops around them go round', () => {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [entry, outer, inner, last, after] = [1, 2, 20, 2, 1].map((w) => g.block(w, at)) as Block[];
  g.entry = entry!;
  const edge = (from: Block, to: Block): Edge => {
    const e: Edge = { from, to, weight: 1 };
    to.preds.push(e);
    return e;
  };
  const k = (v: bigint): Node => g.constant('i32', v);
  const load = (b: Block): Node => g.node(b, 'load', 'i32', [k(8n)], { bytes: 4 });
  const [one, two] = [load(inner!), load(last!)];
  entry!.term = { kind: 'jump', edges: [edge(entry!, outer!)] };
  outer!.term = { kind: 'jump', edges: [edge(outer!, inner!)] };
  inner!.term = { kind: 'branch', condition: one, edges: [edge(inner!, inner!), edge(inner!, last!)] };
  last!.term = { kind: 'branch', condition: two, edges: [edge(last!, outer!), edge(last!, after!)] };
  after!.term = { kind: 'return', values: [], edges: [] };
  const round = g.node(outer!, 'phi', 'i32', [k(0n)]);
  const masked = g.node(outer!, 'and', 'i32', [round, k(63n)]);
  const i = g.node(inner!, 'phi', 'i32', [masked]);
  const up = g.node(inner!, 'add', 'i32', [i, k(1n)]);
  const below = g.node(inner!, 'ne', 'i32', [i, k(63n)]);
  const next = g.node(inner!, 'select', 'i32', [below, up, k(0n)]);
  // The outer loop's edge back stands behind its entry, the inner one's likewise.
  inner!.preds.sort((x, y) => Number(x.from === inner) - Number(y.from === inner));
  i.args.push(next);
  round.args.push(g.node(last!, 'add', 'i32', [round, k(1n)]));
  outer!.phis.push(round);
  inner!.phis.push(i);
  outer!.nodes.push(masked);
  inner!.nodes.push(up, below, next, one);
  last!.nodes.push(round.args[1]!, two);
  analyseStructure(g);
  expect(new Ranges().of(i).high).toBeGreaterThan(63);
});
