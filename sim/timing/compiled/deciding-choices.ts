/**
 * Choices that decide the branch behind them (threadfull1, which runs before phiopt knows minima and maxima of what wasm2c casts): they become branches, whose ways
 * thread-edges.ts leads past the later test.
 *
 *   from = n > 0 ? n : 0;  to = t < 32 ? t : 32;  if (from >= to)       n <= 0 and t >= 32 -> no
 */
import { keepsOut, mostStatements } from './copy-paths.ts';
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { Outcomes } from './outcomes.ts';
import { Ranges } from './ranges.ts';
import { splitChoice } from './split-choice.ts';

export function splitDecidingChoices(g: Graph): boolean {
  const ranges = new Ranges();
  const found = new Set(g.blocks.flatMap((b) => decidingChoices(g, b, ranges)));
  // The last one of a block first: what is before it stays in the block.
  for (const n of [...found].toReversed()) splitChoice(g, n);
  return found.size > 0;
}

/** The last choice before a branch, or the last two, if they can decide it; and two that decide the next one. */
function decidingChoices(g: Graph, b: Block, ranges: Ranges): Node[] {
  const choices = b.nodes.filter(isBranch);
  const found = choices.flatMap((choice, k) => {
    const two = choices.slice(Math.max(0, k - 2), k);
    return two.length === 2 && decide(g, two, choice.args[0]!, choice, ranges) ? [...two, choice] : [];
  });
  if (b.term.kind !== 'branch') return found;
  for (const some of [choices.slice(-1), choices.slice(-2)])
    if (some.length && decide(g, some, b.term.condition, null, ranges)) return [...found, ...some];
  return found;
}

/** Whether a condition at a choice, or at a block's end, hangs on what choices before it take. */
function decide(
  g: Graph,
  some: readonly Node[],
  condition: Node,
  before: Node | null,
  ranges: Ranges,
): boolean {
  const { block: b } = some[0]!;
  const behind = b.nodes.slice(b.nodes.indexOf(some[0]!) + 1, before ? b.nodes.indexOf(before) : undefined);
  if (behind.length > mostStatements || behind.some(({ op }) => keepsOut.test(op))) return false;
  if (new Outcomes(g, ranges, b).of(condition) !== null) return false;
  const known = (of: readonly Node[]) =>
    waysThrough(new Outcomes(g, ranges, b), of).some((way) => way.of(condition) !== null);
  return known(some) && !(before && some.some((one) => known([one])));
}

/** All outcomes of some choices that can come together. */
function waysThrough(known: Outcomes, [choice, ...others]: readonly Node[]): Outcomes[] {
  if (!choice) return [known];
  const is = known.peek(choice.args[0]!);
  const ways = is === null ? [true, false] : [is];
  return ways.flatMap((yes) => waysThrough(known.choosing(choice, yes), others));
}

/** Minima and maxima of unsigned numbers are found before (phiopt1). */
function isBranch(n: Node): boolean {
  if (n.op !== 'select') return false;
  const [c, x, y] = n.args.map(resolve) as [Node, Node, Node];
  if (isConst(x) && isConst(y)) return true;
  return !(c.op.endsWith('_u') && c.args.map(resolve).every((a) => a === x || a === y));
}
