/**
 * How often a loop turns at most, from the conditions that every turn passes on its way back to the head:
 *
 *     x = x0 + 8 k,  back only while x < end   =>   k <= ceil((end - x0) / 8)
 *
 * The arithmetic of WebAssembly wraps, so a bound counts only when the value cannot step over the end of its range before
 * the condition fails. In a trial (an optimistic state) that is taken for granted and proved afterwards.
 */
import {
  factorOf,
  HALF,
  isConstant,
  MODULUS,
  subtract,
  substitute,
  type Affine,
  type Range,
  type Symbol,
} from './affine.ts';
import { signed, unsigned } from './range.ts';
import { integerRange, rangeOf, type State } from './state.ts';
import { mirrored, type Comparison } from './value.ts';

/** Turns of a loop that nothing bounds. */
export const ENDLESS = 2 ** 40;

/** A value that every turn moves by the same amount. */
export interface Induction {
  /** Its value at the head in the first turn. */
  start: Affine;
  step: number;
}

/**
 * @param entry the state before the loop
 * @param conditions hold on every way back to the head
 * @param heads symbols in the conditions that stand for inductions
 * @param invariant whether a symbol is older than the loop
 */
export function mostTurns(
  entry: State,
  conditions: readonly Comparison[],
  heads: ReadonlyMap<Symbol, Induction>,
  invariant: (symbol: Symbol) => boolean,
): number {
  const side = (form: Affine) => resolve(form, heads, invariant);
  return Math.min(
    ENDLESS,
    ...conditions.flatMap((c) => {
      const left = side(c.left);
      const right = side(c.right);
      if (!left || !right) return [];
      if (c.op === 'ne') return turnsUntilEqual(left, right);
      if (c.op === 'eq') return [];
      if (left.step !== 0 && right.step === 0) return turnsUntilCrossed(entry, c, left, right.start);
      if (right.step !== 0 && left.step === 0)
        return turnsUntilCrossed(entry, mirrored(c), right, left.start);
      return [];
    }),
  );
}

interface Moving {
  start: Affine;
  step: number;
}

/** A form over the heads as start + step k; undefined when something else in it changes. */
function resolve(
  form: Affine,
  heads: ReadonlyMap<Symbol, Induction>,
  invariant: (symbol: Symbol) => boolean,
): Moving | undefined {
  let step = 0;
  const replacements = new Map<Symbol, Affine>();
  for (const [symbol] of form.terms) {
    const induction = heads.get(symbol);
    if (induction) {
      step = (step + Math.imul(factorOf(form, symbol), induction.step)) | 0;
      replacements.set(symbol, induction.start);
    } else if (!invariant(symbol)) return undefined;
  }
  return { start: substitute(form, replacements), step };
}

/** Turns while left != right: exact when both are known up to a constant and the difference divides. */
function turnsUntilEqual(left: Moving, right: Moving): number[] {
  const difference = subtract(left.start, right.start);
  const step = (left.step - right.step) | 0;
  if (!isConstant(difference) || step === 0) return [];
  const turns = -difference.constant / step;
  return Number.isInteger(turns) && turns >= 0 ? [turns] : [];
}

/** Turns while `moving op end` holds, for lt, le, gt and ge. */
function turnsUntilCrossed(
  entry: State,
  { op, signed: isSigned }: Comparison,
  moving: Moving,
  end: Affine,
): number[] {
  const rising = op === 'lt' || op === 'le';
  if (rising !== moving.step > 0) return [];
  const inclusive = op === 'le' || op === 'ge' ? 1 : 0;
  const turnsFor = (gap: number) => [Math.max(0, Math.ceil((gap + inclusive) / Math.abs(moving.step)))];
  const [low, high] = rising ? [moving.start, end] : [end, moving.start];
  const view = isSigned ? signed : unsigned;
  const start = view(integerRange(entry, moving.start));
  const limit = view(rangeOf(entry, end));
  if (!start || !limit) return entry.optimistic ? guess(entry, low, high).flatMap(turnsFor) : [];
  const reach = Math.abs(moving.step) + inclusive - 1;
  const top = isSigned ? HALF - 1 : MODULUS - 1;
  const bottom = isSigned ? -HALF : 0;
  if (rising ? limit.hi + reach > top : limit.lo - reach < bottom) return []; // could wrap past the end
  return turnsFor(distance(entry, low, high, start, limit, rising));
}

/** The largest high - low, taking a small difference modulo 2^32 for the difference. */
function guess(entry: State, low: Affine, high: Affine): number[] {
  const { lo, hi } = integerRange(entry, subtract(high, low));
  return lo > -HALF && hi < HALF ? [hi] : [];
}

/** The largest high - low as integers, given that neither wraps. */
function distance(
  entry: State,
  low: Affine,
  high: Affine,
  start: Range,
  limit: Range,
  rising: boolean,
): number {
  const most = rising ? limit.hi - start.lo : start.hi - limit.lo;
  const least = rising ? limit.lo - start.hi : start.lo - limit.hi;
  // The difference of the forms is the same number modulo 2^32, and often a constant.
  const residue = integerRange(entry, subtract(high, low));
  if (residue.hi - residue.lo >= MODULUS) return most;
  const first = Math.ceil((least - residue.hi) / MODULUS) * MODULUS;
  const last = Math.floor((most - residue.lo) / MODULUS) * MODULUS;
  return first > last ? least : Math.min(most, residue.hi + last);
}
