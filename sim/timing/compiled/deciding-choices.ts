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
  const found = g.blocks.flatMap((b) => decidingChoices(g, b, ranges));
  // The last one of a block first: what is before it stays in the block.
  for (const n of found.toReversed()) splitChoice(g, n);
  return found.length > 0;
}

/** The last choice before a branch, or the last two, if they can decide it. */
function decidingChoices(g: Graph, b: Block, ranges: Ranges): Node[] {
  if (b.term.kind !== 'branch') return [];
  const { condition } = b.term;
  const choices = b.nodes.filter(isBranch);
  for (const some of [choices.slice(-1), choices.slice(-2)]) {
    const [first] = some;
    if (!first) return [];
    const behind = b.nodes.slice(b.nodes.indexOf(first) + 1);
    if (behind.length > mostStatements || behind.some(({ op }) => keepsOut.test(op))) return [];
    if (new Outcomes(g, ranges, b).of(condition) !== null) return [];
    if (waysThrough(new Outcomes(g, ranges, b), some).some((way) => way.of(condition) !== null)) return some;
  }
  return [];
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
