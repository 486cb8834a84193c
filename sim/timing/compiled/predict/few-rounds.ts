/** How often a loop goes round at most, by the ranges of where it starts and ends (number_of_iterations_exit, whose bound likely_max_stmt_executions asks for): the rest of a loop that was unrolled does 3 rounds. */
import { compared, disjoint, flat, intersection, top, type Range } from '../arcs.ts';
import { isConst, resolve, type Block, type LoopNode, type Node } from '../ir.ts';
import { addForms, constantForm, isConstantForm, type Evolutions, type Linear } from '../linear.ts';
import type { Ranges } from '../ranges.ts';
import { ofSigned } from './early-branches.ts';
import { exchanged, inverted, isComparison } from '../simplify.ts';

/** Rounds up to the test that ends a loop, that one among them; null where nothing bounds them. */
export function mostRounds(
  loop: LoopNode,
  { term }: Block,
  evolutions: Evolutions,
  ranges: Ranges,
): number | null {
  if (term.kind !== 'branch') return null;
  const test = resolve(term.condition);
  const [x, y] = isComparison(test)
    ? test.args.map((a) => evolutions.of(a))
    : [evolutions.of(test), { base: constantForm(0), step: constantForm(0) }];
  if (!x || !y || !isConstantForm(x.step) || !isConstantForm(y.step)) return null;
  const second = x.step.constant === 0;
  if (second === (y.step.constant === 0)) return null;
  const [counter, bound] = second ? [y, x] : [x, y];
  const op = isComparison(test) ? test.op : 'ne';
  // What wasm2c casts to a signed type has no range there (determine_value_range).
  if (op.endsWith('_s') || test.name === ofSigned) return null;
  const relation = second ? exchanged(op) : op;
  const stays = loop.blocks.has(term.edges[0].to) ? relation : inverted(relation);
  const step = counter.step.constant;
  const up = step > 0;
  const [first, last] = up ? [counter.base, bound.base] : [bound.base, counter.base];
  if (stays === 'ne') {
    if (Math.abs(step) !== 1) return null;
    const way = spanOf(addForms(last, first, -1), loop, ranges);
    return way && way.high + 1;
  }
  if (!stays.endsWith('_u') || !stays.startsWith(up ? 'l' : 'g')) return null;
  const [from, to] = [spanOf(first, loop, ranges), spanOf(last, loop, ranges)];
  if (!from || !to) return null;
  const way = to.high - from.low + Number(/^[lg]e/.test(stays));
  return Math.max(0, Math.ceil(way / Math.abs(step))) + 1;
}

/** Of a value and a constant, before a loop; null where it may pass the end of its type. */
function spanOf({ terms, constant }: Linear, loop: LoopNode, ranges: Ranges): Range | null {
  if (terms.size === 0) return { low: constant >>> 0, high: constant >>> 0 };
  const [[n, factor]] = [...terms] as [[Node, number]];
  if (terms.size > 1 || Math.abs(factor) !== 1) return null;
  const { low, high } = guarded(n, loop.header, ranges.of(n));
  const [p, q] = factor === 1 ? [low + constant, high + constant] : [constant - high, constant - low];
  return p >= 0 && q <= top ? { low: p, high: q } : null;
}

/** What tests of the value itself in front of the loop say (refine_value_range_using_guard); of all else the range says what is known where the value is made. */
function guarded(n: Node, header: Block, range: Range): Range {
  let found = range;
  for (let b: Block | null = header; b; b = b.dominator) {
    const [edge] = b.preds;
    const term = b.preds.length === 1 ? edge!.from.term : null;
    if (term?.kind !== 'branch') continue;
    const test = resolve(term.condition);
    const [x, y] = isComparison(test) ? test.args.map(resolve) : [test, null];
    if (x !== n || (y && (!isConst(y) || test.op.endsWith('_s')))) continue;
    const op = y ? test.op : 'ne';
    const limit = y ? Number(BigInt.asUintN(32, y.value)) : 0;
    const said = compared(term.edges[0] === edge ? op : inverted(op), { low: limit, high: limit });
    if (said && !disjoint(found, said)) found = intersection(found, said);
  }
  return flat(found);
}
