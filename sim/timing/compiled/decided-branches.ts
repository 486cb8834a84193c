/**
 * What ranges say of comparisons (vrp1, which looks at them before loops are turned and sums are moved about): one that always comes out the same is gone, and its
 * branch with it.
 */
import { compared, disjoint, intersection, type Range } from './arcs.ts';
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { tidy } from './optimize.ts';
import { Ranges } from './ranges.ts';
import { inverted, isComparison } from './simplify.ts';
import { renewStructure } from './structure.ts';

export function decideBranches(g: Graph): void {
  const ranges = new Ranges();
  let changed = false;
  for (const b of g.blocks) {
    const { term } = b;
    const condition = term.kind === 'branch' ? resolve(term.condition) : null;
    b.nodes = b.nodes.filter((n) => {
      if (isCount(n) && ranges.at(n.args[0]!, b).low > 0) {
        n.name = 'nonzero';
        changed = true;
      }
      const is = outcome(n, b, ranges);
      // What the run took is not to be lost, whatever ranges say.
      if (is === null || (n === condition && term.edges[is ? 1 : 0]!.weight > 0)) return true;
      n.forward = g.constant('i32', is ? 1n : 0n);
      changed = true;
      return false;
    });
  }
  if (!changed) return;
  tidy(g);
  renewStructure(g);
}

const isCount = (n: Node): boolean => /^c[lt]z$/.test(n.op) && n.type === 'i32' && n.name === '';

/** Values of the first operand with which a comparison holds and fails, out of those that it can have. */
interface Ways {
  of: Range;
  holds: Range | null;
  fails: Range | null;
}

function waysOf(n: Node, b: Block, ranges: Ranges): Ways | null {
  if (!isComparison(n)) return null;
  const [x, y] = n.args.map(resolve) as [Node, Node];
  if (x.type !== 'i32' || (isConst(x) && isConst(y))) return null;
  const ofY = ranges.anyAt(y, b);
  return { of: ranges.anyAt(x, b), holds: compared(n.op, ofY), fails: compared(inverted(n.op), ofY) };
}

/** What a comparison comes to; null where that is open. */
export function outcome(n: Node, b: Block, ranges: Ranges): boolean | null {
  const ways = waysOf(n, b, ranges);
  if (!ways) return null;
  if (ways.holds && disjoint(ways.of, ways.holds)) return false;
  return ways.fails && disjoint(ways.of, ways.fails) ? true : null;
}

/** The only value with which a comparison with a constant holds, or fails: it is one with that value (simplify_cond_using_ranges), `n > 0` of what is never negative is `n != 0`. */
export function asEquality(n: Node, b: Block, ranges: Ranges): { op: 'eq' | 'ne'; value: number } | null {
  if (/^(eq|ne)$/.test(n.op) || !isConst(resolve(n.args[1] ?? n))) return null;
  const ways = waysOf(n, b, ranges);
  if (!ways) return null;
  const [only, but] = [one(ways.of, ways.holds), one(ways.of, ways.fails)];
  if (only !== null) return { op: 'eq', value: only };
  return but === null ? null : { op: 'ne', value: but };
}

/** The only number that is in both. */
function one(x: Range, y: Range | null): number | null {
  const both = y && intersection(x, y);
  return both && both.low === both.high ? both.low : null;
}
