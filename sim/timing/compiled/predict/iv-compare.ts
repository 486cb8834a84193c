/**
 * Tests of a loop's counter beside the one that ends the loop (predict_iv_comparison of predict.cc): between constants the share of the rounds says how likely they are, else what both compare with.
 */
import { isFull } from '../arcs.ts';
import { resolve, type Block } from '../ir.ts';
import { isConstantForm, type Evolution, type Evolutions, type Linear } from '../linear.ts';
import type { Ranges } from '../ranges.ts';
import { inverted, isComparison } from '../simplify.ts';
import { base } from './combine.ts';
import { guess, type Spot, type Way } from './skeleton.ts';

/** PRED_LOOP_IV_COMPARE_GUESS. */
const likely = 6400;

/** A counter beside what does not change in the loop. */
interface Test {
  op: string;
  counter: Evolution;
  bound: Linear;
}

export function guessTests(
  header: Spot,
  body: readonly Spot[],
  exits: readonly Way[],
  evolutions: Evolutions,
  ranges: Ranges,
): void {
  const end = endOf(header, exits, evolutions, ranges);
  if (!end) return;
  for (const s of body) {
    if (!s.block || s.out.length !== 2 || s.guesses.some((g) => ofLoops.test(g.predictor))) continue;
    const test = testOf(s.block, evolutions, ranges);
    const yes = test && s.out.find((w) => w.edge === s.block!.term.edges[0]);
    if (!yes) continue;
    if (test.op === 'ne') guess(yes, 'loop iv compare', likely);
    else if (test.op === 'eq') guess(yes, 'loop iv compare', base - likely);
    else if ([test.counter.base, test.bound, end.bound].every(isConstantForm))
      guess(yes, 'loop iv compare exactly', shareOf(test, end));
    else {
      const is = holds(test, end);
      if (is !== null) guess(yes, 'loop iv compare', is ? likely : base - likely);
    }
  }
}

/** Predictors that keep this one away. */
const ofLoops = /^(loop (iterations|exit)|extra loop exit)/;

/**
 * The test by which a loop ends, where gcc has worked out bounds of its rounds by then: that is where its only way out has no constant number of them. Of any other, the test of its
 * first block, whatever it is for.
 */
function endOf(header: Spot, exits: readonly Way[], evolutions: Evolutions, ranges: Ranges): Test | null {
  const [{ from }] = exits as [Way];
  const counted = from.guesses.some((g) => g.predictor === 'loop iterations');
  const end = exits.length === 1 && from.block && !counted ? testOf(from.block, evolutions, ranges) : null;
  return end ?? (header.block && testOf(header.block, evolutions, ranges));
}

function testOf({ term }: Block, evolutions: Evolutions, ranges: Ranges): Test | null {
  const test = term.kind === 'branch' ? resolve(term.condition) : null;
  if (!test || !isComparison(test) || test.args[0]!.type !== 'i32') return null;
  const [x, y] = test.args.map((a) => evolutions.of(a));
  if (!x || !y || !isConstantForm(x.step) || !isConstantForm(y.step)) return null;
  if ((x.step.constant === 0) === (y.step.constant === 0)) return null;
  const second = x.step.constant === 0;
  // wasm2c's variables are unsigned: as a signed number one counts only if it is known not to wrap around.
  if (test.op.endsWith('_s') && isFull(ranges.of(test.args[second ? 1 : 0]!))) return null;
  if (!second) return { op: test.op, counter: x, bound: y.base };
  return { op: /^(eq|ne)$/.test(test.op) ? test.op : inverted(test.op), counter: y, bound: x.base };
}

/** Share of the rounds, in ten thousandths, as gcc works it out: from where the tested value starts, be that another than what the loop counts. */
function shareOf(test: Test, end: Test): number {
  const step = test.counter.step.constant;
  const [from, to, limit] = [
    number(test, test.counter.base),
    number(end, end.bound, true),
    number(test, test.bound, true),
  ];
  const rounds = Math.trunc((to - from) / step) + Number(isClosed(end.op));
  const less = test.op.startsWith('l');
  const count = Math.trunc((step > 0 === less ? limit - from : to - limit) / step);
  const of = Math.max(0, count + Number(less));
  if (rounds <= 0) return 0;
  return of > rounds ? base : Math.floor((of * base) / rounds);
}

/** Comparisons with constants are greater or less-or-equal. */
const isClosed = (op: string): boolean => op.startsWith('l');

/** A constant of the type that is compared; a bound as it is once the comparison is of that kind. */
function number({ op }: Test, { constant }: Linear, isBound = false): number {
  const value = op.endsWith('_s') ? constant : constant >>> 0;
  return isBound && /^(ge|lt)_/.test(op) ? value - 1 : value;
}

/** Whether a test is expected to hold that compares with what the loop's end does, or with where it starts; null where it has nothing to do with them. */
function holds(test: Test, end: Test): boolean | null {
  if (!isLike(end.counter.base, test.counter.base)) return null;
  const step = end.counter.step.constant;
  const [less, lessAtEnd] = [test.op.startsWith('l'), end.op.startsWith('l')];
  if (isLike(end.bound, test.bound)) {
    if (end.op === 'ne') return step > 0 === less;
    return end.op !== 'eq' && less === lessAtEnd;
  }
  return isLike(end.counter.base, test.bound) ? step > 0 !== less : null;
}

/** The same but for a constant (expr_coherent_p). */
const isLike = (x: Linear, y: Linear): boolean =>
  x.terms.size === y.terms.size && [...x.terms].every(([n, k]) => y.terms.get(n) === k);
