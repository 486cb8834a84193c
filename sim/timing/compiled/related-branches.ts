/**
 * Branches that ask whether a value lies below itself and a constant (vrp2, whose ranger knows how a sum relates to its operand where it cannot wrap around: operator_plus::lhs_op1_relation): gone where
 * the value's range leaves room. The test in front of a turned loop from `p` to `p + 32` is one such, once the choice of induction variables has made `p` a counter with known ends.
 */
import { top } from './arcs.ts';
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { tidy } from './optimize.ts';
import { Ranges } from './ranges.ts';
import { isComparison } from './simplify.ts';
import { renewStructure } from './structure.ts';

export function decideRelated(g: Graph): void {
  const ranges = new Ranges();
  let changed = false;
  for (const b of g.blocks) {
    const { term } = b;
    if (term.kind !== 'branch') continue;
    const test = resolve(term.condition);
    const is = isComparison(test) ? related(test, b, ranges) : null;
    // What the run took is not to be lost, whatever ranges say.
    if (is === null || term.edges[is ? 1 : 0]!.weight > 0) continue;
    term.condition = g.constant('i32', is ? 1n : 0n);
    changed = true;
  }
  if (!changed) return;
  tidy(g);
  renewStructure(g);
}

function related(test: Node, b: Block, ranges: Ranges): boolean | null {
  const [x, y] = test.args.map(resolve) as [Node, Node];
  if (x.type !== 'i32') return null;
  const [p, q] = [apart(x), apart(y)];
  if (p.value !== q.value || isConst(p.value) || p.added === q.added) return null;
  const { low, high } = ranges.at(p.value, b);
  const fits = [p, q].every(({ added }) => low + added >= 0 && high + added <= top);
  if (test.op === 'eq' || test.op === 'ne') return test.op === 'ne';
  if (!fits || !test.op.endsWith('_u')) return null;
  return test.op.startsWith('l') === p.added < q.added;
}

/** A value and what is added to it. */
function apart(n: Node): { value: Node; added: number } {
  const [x, c] = n.args.map(resolve);
  return n.op === 'add' && isConst(c!) ? { value: x!, added: Number(c!.value) } : { value: n, added: 0 };
}
