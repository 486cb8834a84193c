/** Iterations up to a test, as an expression (tree-ssa-loop-niter.cc), and the tests that it puts on other variables (may_eliminate_iv). */
import { top, type Range } from '../arcs.ts';
import { asEquality } from '../decided-branches.ts';
import { resolve, type LoopNode, type Node } from '../ir.ts';
import { addForms, constantForm, formKey, isConstantForm, type Evolutions, type Linear } from '../linear.ts';
import type { Ranges } from '../ranges.ts';
import { inverted, isComparison } from '../simplify.ts';
import type { Use } from './uses.ts';

export interface Iterations {
  /** How often the loop goes round before the test leaves it. */
  count: Linear;
  most: number;
  /** Unless the first of these is less than the second as a signed number: then it does not go round (may_be_zero). */
  unless?: readonly [Linear, Linear];
}

const swapped: Record<string, string> = { lt: 'gt', gt: 'lt', le: 'ge', ge: 'le', eq: 'eq', ne: 'ne' };

/** Of a comparison that leaves the loop; null where gcc cannot tell, or only under conditions that nothing grants. */
export function iterationsOf(
  loop: LoopNode,
  use: Use,
  evolutions: Evolutions,
  ranges: Ranges,
): Iterations | null {
  const n = conditionalIterationsOf(loop, use, evolutions, ranges);
  return n?.unless ? null : n;
}

/** The same, with the condition under which it does not go round where that is open. */
export function conditionalIterationsOf(
  loop: LoopNode,
  use: Use,
  evolutions: Evolutions,
  ranges: Ranges,
): Iterations | null {
  const { branch, test } = use;
  if (!branch || !use.bound || !test || !isConstantForm(use.step)) return null;
  const { term } = branch;
  if (term.kind !== 'branch') return null;
  const inside = term.edges.map((e) => loop.blocks.has(e.to));
  if (inside[0] === inside[1]) return null;
  const tested = isComparison(test) && resolve(test.args[0]!) === use.node && !isConstantForm(use.base);
  const same = tested && isConstantForm(use.bound) ? asEquality(test, branch, ranges) : null;
  const bound = same ? constantForm(same.value | 0) : use.bound;
  const relates = same ? same.op : isComparison(test) ? test.op : 'ne';
  const stays = inside[0] ? relates : inverted(relates);
  const [relation, sign] = stays.split('_') as [string, string | undefined];
  const order = test === use.node || resolve(test.args[0]!) === use.node ? relation : swapped[relation]!;
  const step = use.step.constant;
  const way = addForms(bound, use.base, -1);
  if (order === 'eq') return null;
  if (order === 'ne') {
    if (isConstantForm(way)) {
      if (way.constant % step !== 0 && Math.abs(step) !== 1) return null;
      return constant((Math.abs(step) === 1 ? way.constant * step : way.constant / step) >>> 0);
    }
    if (Math.abs(step) !== 1) return null;
    return {
      count: addForms(constantForm(0), way, step),
      most: mostOf(addForms(constantForm(0), way, step), ranges),
    };
  }
  const up = step > 0;
  if ((order === 'lt' || order === 'le') !== up) return null;
  const strict = order === 'lt' || order === 'gt';
  const entered = addForms(way, constantForm(step));
  if (isConstantForm(way)) {
    if (!isConstantForm(use.base)) {
      // From anywhere to a constant ahead: as many rounds, where a test before the loop says that the end does not wrap around.
      const counted = strict && Math.abs(step) === 1 && sign === 'u';
      return counted && isGuarded(loop, entered, order, sign, evolutions)
        ? constant(way.constant * step)
        : null;
    }
    const gap =
      sign === 'u' ? (bound.constant >>> 0) - (use.base.constant >>> 0) : bound.constant - use.base.constant;
    const n = strict ? Math.ceil(gap / step) : Math.floor(gap / step) + 1;
    return constant(Math.max(0, n));
  }
  // Entered under the test itself, the loop runs the difference.
  if (!strict || Math.abs(step) !== 1) return null;
  const count = addForms(constantForm(0), way, step);
  // wasm2c casts sums of an unsigned type for signed comparisons: where it starts from anything but a constant, what a test before the loop says is lost on the cast.
  if (sign === 's' && !isConstantForm(use.base)) {
    const n = { count, most: mostOf(count, ranges) };
    return { ...n, unless: up ? [bound, use.base] : [use.base, bound] };
  }
  const ends: [Linear, Linear] = up ? [use.base, bound] : [bound, use.base];
  if (!(sign === 'u' && isInOrder(ends, ranges)) && !isGuarded(loop, entered, order, sign!, evolutions))
    return null;
  return { count, most: Math.min(mostOf(count, ranges), top - 1) };
}

const constant = (n: number): Iterations => ({ count: constantForm(n), most: n });

/** The largest value of an expression. */
function mostOf(form: Linear, ranges: Ranges): number {
  if (form.terms.size !== 1) return top;
  const [[node, factor]] = [...form.terms] as [[Node, number]];
  const { low, high } = ranges.of(node);
  if (factor === 1 && low + form.constant >= 0) return Math.min(top, high + form.constant);
  if (factor === -1 && form.constant - high >= 0) return form.constant - low;
  return top;
}

/**
 * Whether ranges say that the first is not above the second (bound_difference). Only without signs: for a comparison with signs wasm2c casts its variables, and what is
 * cast has no range there (determine_value_range).
 */
function isInOrder([first, second]: readonly [Linear, Linear], ranges: Ranges): boolean {
  const [p, q] = [spanOf(first, ranges), spanOf(second, ranges)];
  return p !== null && q !== null && p.high <= q.low;
}

/** Of a value and a constant that cannot pass the end of the type; null where nothing is known. */
function spanOf({ terms, constant }: Linear, ranges: Ranges): Range | null {
  if (terms.size === 0) return { low: constant >>> 0, high: constant >>> 0 };
  const [[n, factor]] = [...terms] as [[Node, number]];
  if (terms.size > 1 || factor !== 1 || n.type !== 'i32') return null;
  const { low, high } = ranges.of(n);
  return low + constant >= 0 && high + constant <= top
    ? { low: low + constant, high: high + constant }
    : null;
}

/** Whether a test before the loop says that the way to the bound is positive (or negative, going down). */
function isGuarded(
  loop: LoopNode,
  way: Linear,
  order: string,
  sign: string,
  evolutions: Evolutions,
): boolean {
  const wanted = formKey(way);
  const outer = evolutions;
  for (let b = loop.preheader; b?.dominator; b = b.dominator) {
    const [edge] = b.preds;
    if (b.preds.length !== 1 || !edge || edge.from.term.kind !== 'branch') continue;
    const { term } = edge.from;
    const test = resolve(term.condition);
    if (!isComparison(test) || test.args.some((a) => resolve(a).type !== 'i32')) continue;
    const holds = term.edges[0] === edge ? test.op : inverted(test.op);
    const [x, y] = test.args.map((a) => outer.of(a)?.base);
    if (!x || !y) continue;
    const [relation, s] = holds.split('_') as [string, string | undefined];
    if (s === sign && relation === order && formKey(addForms(y, x, -1)) === wanted) return true;
    if (s === sign && relation === swapped[order] && formKey(addForms(x, y, -1)) === wanted) return true;
    // Unsigned, not zero is more than zero.
    if (
      relation === 'ne' &&
      sign === 'u' &&
      order === 'lt' &&
      formKey(addForms(x, y, -1)) === wanted &&
      isConstantForm(y) &&
      y.constant === 0
    )
      return true;
  }
  return false;
}
