import { expect, it } from 'vitest';
import { Graph } from '../ir.ts';
import { Evolutions } from '../linear.ts';
import { Ranges } from '../ranges.ts';
import { analyseStructure } from '../structure.ts';
import { loopGraph } from '../testing/loop-graph.ts';
import { likelyMost } from './likely-iterations.ts';

/** for (i = 0; i < bound; i++) with what goes on while the test holds at the end. */
function loopUpTo(bits: bigint, op: string): number | null {
  const g = new Graph();
  const { entry, loop, close } = loopGraph(g);
  const any = g.node(entry, 'param', 'i32', []);
  const bound = g.node(entry, 'and', 'i32', [any, g.constant('i32', bits)]);
  entry.nodes.push(any, bound);
  const i = g.node(loop, 'phi', 'i32', [g.constant('i32', 0n)]);
  const next = g.node(loop, 'add', 'i32', [i, g.constant('i32', 1n)]);
  const test = g.node(loop, op, 'i32', [next, bound]);
  i.args.push(next);
  loop.phis.push(i);
  loop.nodes.push(next, test);
  close(test);
  analyseStructure(g);
  return likelyMost(g.loops[0]!, new Evolutions(g.loops[0]!), new Ranges());
}

/*
 * Kernel tcnpad, gcc 12.2 -O2 -fdump-tree-sccp-details -fdump-tree-ivopts-details: the tested value lies in [1, 5] by vrp1,
 *   is executed at most 4 (bounded by 4) + 1 times in loop 6.
 *   Selected IV set for loop 6, 6 avg niters, 3 IVs
 */
it('takes a counter with signs to have each of its values once', () => {
  // i up to 6, next up to 7: executed at most 6 + 1 times.
  expect(loopUpTo(7n, 'lt_s')).toBe(8);
  // Without signs, nothing is known: what wraps around is no error.
  expect(loopUpTo(7n, 'lt_u')).toBe(null);
});
