import { expect, it } from 'vitest';
import { Graph, type Node } from './ir.ts';
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
