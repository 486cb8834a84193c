import { expect, it } from 'vitest';
import { Graph, type Node } from './ir.ts';
import { renewStructure } from './structure.ts';
import { loopGraph } from './testing/loop-graph.ts';
import { turnLoops } from './turn-loops.ts';
import { isTurned } from './turned-loops.ts';

/** `for (i = 0; i != 8; i++) sums[i] += table[i] * x`, with so many further shifts. */
function loopOf(further: number): Graph {
  const g = new Graph();
  const { entry, loop, close } = loopGraph(g);
  const constant = (n: number) => g.constant('i32', BigInt(n));
  const i = g.node(loop, 'phi', 'i32', []);
  loop.phis.push(i);
  const put = (op: string, args: Node[], extra = {}): Node => {
    const n = g.node(loop, op, 'i32', args, extra);
    loop.nodes.push(n);
    return n;
  };
  const base = put('base', []);
  const at = put('shl', [i, constant(2)]);
  const place = put('address', [base, at]);
  const sum = put('load', [place], { bytes: 4, offset: 1152 });
  let factor = put('load', [put('address', [base, i])], { bytes: 1 });
  for (let n = 0; n < further; n++) factor = put('shl', [factor, constant(1)]);
  const more = put('add', [sum, put('mul', [factor, factor])]);
  put('store', [place, more], { bytes: 4, offset: 1152 });
  const next = put('add', [i, constant(1)]);
  i.args = [constant(0), next];
  close(put('ne', [next, constant(8)]));
  [entry.count, loop.count] = [35_722_635_549, 285_813_229_326];
  loop.term.edges[0]!.count = 254_056_203_845;
  loop.term.edges[1]!.count = loop.count - 254_056_203_845;
  entry.term.edges[0]!.count = entry.count;
  renewStructure(g);
  return g;
}

/*
 * gcc 12.2, kernel blkcirc without checks, dump of ch_vect: Duplicating header of the loop 8 up to edge 17->19, 18 insns; the loop counts 285813229326 before and 254059378655 after it.
 * Kernel tripack: Not duplicating bb 17 contains too many insns (21).
 */
it('turns loops of up to twenty operations, which count as their way round then', () => {
  const g = loopOf(5);
  const [loop] = g.loops;
  expect(isTurned(loop!)).toBe(true);
  turnLoops(g, new Set([loop!.header]));
  expect(loop!.header.count / 1e9).toBeCloseTo(254.06, 1);
  expect(loop!.header.term.edges.reduce((sum, e) => sum + e.count!, 0)).toBeCloseTo(loop!.header.count, 0);
  expect(isTurned(loopOf(6).loops[0]!)).toBe(false);
});
