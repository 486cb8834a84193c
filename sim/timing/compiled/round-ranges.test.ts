import { expect, it } from 'vitest';
import { Graph, type Node } from './ir.ts';
import { RoundRanges } from './round-ranges.ts';
import { analyseStructure } from './structure.ts';
import { loopGraph } from './testing/loop-graph.ts';

/*
 * Behind the choice of induction variables of kernel ugrnn, gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-tree-vrp2-details:
 *   w2c_i0_114 = w2c_l6_320 + _340, _340 = (sizetype) ivtmp.105_213 + 4294965374;  _104 = (long long unsigned int) w2c_i0_114;  _55 = PHI <_104, _131>
 *   w2c_l6_320: u32 [1024, 1728] (of vrp1);  ivtmp.105_213: [1924, 1966];  _104: [1026, 1772];  _55: [1024, 1772];  _258 = _55 + 2: [1026, 1774]
 */
it('knows what comes round as the sum of a counter and a value that keeps its range', () => {
  const g = new Graph();
  const { entry, loop, close } = loopGraph(g);
  const [pointer, size] = [0, 1].map(() => g.node(entry, 'param', 'i32', [])) as [Node, Node];
  entry.nodes.push(pointer, size);
  g.ranges.set(pointer, { low: 1024, high: 1728 });
  const make = (op: 'add' | 'wrap' | 'zext', type: 'i32' | 'i64', ...args: Node[]): Node => {
    const n = g.node(loop, op, type, args);
    loop.nodes.push(n);
    return n;
  };
  const variable = g.node(loop, 'phi', 'i64', [g.constant('i64', 1924n)]);
  const round = g.node(loop, 'phi', 'i64', [g.node(entry, 'zext', 'i64', [pointer])]);
  loop.phis.push(variable, round);
  const ahead = make('add', 'i32', make('wrap', 'i32', variable), g.constant('i32', -1922n));
  const widened = make('zext', 'i64', make('add', 'i32', pointer, ahead));
  const end = make('add', 'i64', round, g.constant('i64', 2n));
  variable.args.push(make('add', 'i64', variable, g.constant('i64', 2n)));
  round.args.push(widened);
  close(size);
  analyseStructure(g);
  const ranges = new RoundRanges(g, new Map([[loop, 22]]));
  expect([variable, widened, round, end].map((n) => ranges.of(n))).toEqual([
    { low: 1924, high: 1966 },
    { low: 1026, high: 1772 },
    { low: 1024, high: 1772 },
    { low: 1026, high: 1774 },
  ]);
  // Nothing is known of the length.
  expect(ranges.of(size)).toBe(null);
});
