/**
 * Ways on which a loop's test comes to what leaves it (predict_extra_loop_exits of predict.c): the test reads a variable that is a constant 0 or 1 on some ways, as where a condition of two parts is worked out by
 * branches, or where a flag is cleared. Those ways are unlikely.
 */
import { compared, intersection } from '../arcs.ts';
import { isConst, resolve, type Block, type Edge, type LoopNode, type Node } from '../ir.ts';
import type { Ranges } from '../ranges.ts';
import { inverted, isComparison } from '../simplify.ts';
import { guessPathsAlong, type Shape } from './paths.ts';
import type { Skeleton, Way } from './skeleton.ts';

export const extraExit = 'extra loop exit';
/** PRED_LOOP_EXTRA_EXIT, of what is not taken. */
const taken = 3300;

export function guessExtraExits(
  shape: Shape,
  skeleton: Skeleton,
  loop: LoopNode,
  exit: Way,
  ranges: Ranges,
): void {
  const term = exit.from.block?.term;
  if (term?.kind !== 'branch') return;
  const asked = askedOf(resolve(term.condition), exit.from.block!, ranges);
  if (asked?.phi.op !== 'phi') return;
  const { phi, holdsFor } = asked;
  const leavesFor = term.edges[0] === exit.edge ? holdsFor : 1 - holdsFor;
  phi.block.preds.forEach((e, i) => {
    const { low, high } = ranges.along(phi.args[i]!, e);
    if (low !== leavesFor || high !== leavesFor) return;
    const last = lastWay(skeleton, e);
    if (!last) return;
    const ways = last.from.out.length === 1 ? last.from.in : [last];
    for (const way of ways) guessPathsAlong(shape, way, extraExit, taken, loop);
  });
}

/** The end of an edge, which may go by blocks of gotos and of a loop. */
function lastWay({ spots, first }: Skeleton, e: Edge): Way | null {
  let way = spots.find((s) => s.block === e.from)?.out.find((w) => w.edge === e);
  while (way && way.to !== first.get(e.to)) way = way.to.out[0];
  return way ?? null;
}

/** The variable that a test asks for 0 or 1, and which of the two it holds for; in what a variable can be, other comparisons ask for one value, too (evrp). */
function askedOf(test: Node, at: Block, ranges: Ranges): { phi: Node; holdsFor: number } | null {
  if (test.op === 'phi') return { phi: test, holdsFor: 1 };
  const [phi, b] = test.args.map(resolve) as [Node, Node];
  if (test.op === 'eqz') return { phi, holdsFor: 0 };
  if (!isComparison(test) || !isConst(b)) return null;
  const value = Number(b.value);
  if (/^(eq|ne)$/.test(test.op))
    return value === 0 || value === 1 ? { phi, holdsFor: test.op === 'eq' ? value : 1 - value } : null;
  const all = ranges.at(phi, at);
  const only = (op: string): number | null => {
    const said = compared(op, { low: value, high: value });
    const { low, high } = said ? intersection(all, said) : all;
    return low === high && (low === 0 || low === 1) ? low : null;
  };
  const [yes, no] = [only(test.op), only(inverted(test.op))];
  if (yes !== null) return { phi, holdsFor: yes };
  return no === null ? null : { phi, holdsFor: 1 - no };
}
