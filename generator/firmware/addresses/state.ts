/** What holds at one point of the program: values of locals and stack, narrowed ranges, and the conditions on the way here. */
import {
  add,
  constant,
  equal,
  isConstant,
  MODULUS,
  subtract,
  variable,
  type Affine,
  type Range,
  type Symbol,
} from './affine.ts';
import { canonical, exactly, hull, signed, union, unsigned } from './range.ts';
import type { Comparison, Origin, Value } from './value.ts';

/** Products beyond this are not exact in a double and mean "anything". */
const EXACT = 2 ** 52;

/** Makes symbols and remembers how they came about. One for an analysis. */
export class Symbols {
  private next = 0;
  readonly origins = new Map<Symbol, Origin>();

  fresh(range: Range, origin?: Origin): Symbol {
    const symbol: Symbol = { id: this.next++, lo: range.lo, hi: range.hi };
    if (origin) this.origins.set(symbol, origin);
    return symbol;
  }

  value(range: Range, origin?: Origin): Value {
    if (range.lo === range.hi) return { affine: constant(range.lo) };
    return { affine: variable(this.fresh(range, origin)) };
  }

  /** Ids from here on belong to symbols that do not exist yet. */
  get mark(): number {
    return this.next;
  }
}

export interface State {
  locals: Value[];
  stack: Value[];
  /** Ranges narrower than a symbol's own. */
  ranges: Map<Symbol, Range>;
  /** Conditions that held on every way to here. */
  path: readonly Comparison[];
  /** Trial runs guess that comparisons see no wrapped values; what they find is proved afterwards. */
  optimistic: boolean;
}

export const copyState = (s: State): State => ({
  locals: [...s.locals],
  stack: [...s.stack],
  ranges: new Map(s.ranges),
  path: s.path,
  optimistic: s.optimistic,
});

export const symbolRange = (s: State, symbol: Symbol): Range => s.ranges.get(symbol) ?? symbol;

/** The integers that the form can be, before reduction modulo 2^32. */
export function integerRange(s: State, { constant: c, terms }: Affine): Range {
  let lo = c;
  let hi = c;
  for (const [symbol, factor] of terms) {
    const r = symbolRange(s, symbol);
    lo += factor > 0 ? factor * r.lo : factor * r.hi;
    hi += factor > 0 ? factor * r.hi : factor * r.lo;
  }
  if (lo < -EXACT || hi > EXACT) return { lo: 0, hi: MODULUS };
  return { lo, hi };
}

export const rangeOf = (s: State, a: Affine): Range => canonical(integerRange(s, a));

/** The form itself where its symbols have become constants. */
export function settled(s: State, a: Affine): Affine {
  if (isConstant(a)) return a;
  return a.terms.reduce<Affine>((sum, [symbol, factor]) => {
    const { lo, hi } = symbolRange(s, symbol);
    const term =
      lo === hi ? constant(Math.imul(lo, factor)) : { constant: 0, terms: [[symbol, factor] as const] };
    return add(sum, term);
  }, constant(a.constant));
}

/** What holds when control comes from either of two points. */
export function join(a: State, b: State, symbols: Symbols): State {
  const ranges = new Map<Symbol, Range>();
  for (const [symbol, r] of a.ranges) {
    const other = b.ranges.get(symbol);
    if (other) ranges.set(symbol, hull(r, other));
  }
  const joined: State = {
    locals: a.locals.map((v, i) => joinValues(a, v, b, b.locals[i], symbols)),
    stack: a.stack.map((v, i) => joinValues(a, v, b, b.stack[i], symbols)),
    ranges,
    path: a.path === b.path ? a.path : a.path.filter((c) => b.path.includes(c)),
    optimistic: a.optimistic,
  };
  return joined;
}

export function joinValues(a: State, x: Value, b: State, y: Value, symbols: Symbols): Value {
  if (x === y) return x;
  if (!x.affine || !y.affine) return {};
  const left = settled(a, x.affine);
  const right = settled(b, y.affine);
  if (equal(left, right)) return { affine: left };
  // A common base keeps what relates the value to a pointer that moves: p and p + 4 become p + 0..4.
  const distance = subtract(right, left);
  if (isConstant(distance) && !isConstant(left)) {
    const symbol = symbols.fresh(hull(exactly(0), exactly(distance.constant)));
    return { affine: add(left, variable(symbol)) };
  }
  return symbols.value(union(rangeOf(a, left), rangeOf(b, right)));
}

/**
 * Narrows ranges by a condition that holds. False: the condition contradicts what is known, so the point is never reached.
 * Changes the state.
 */
export function assume(s: State, c: Comparison): boolean {
  s.path = [...s.path, c];
  if (c.op === 'eq') return bound(s, c, 0, 0);
  if (c.op === 'ne') return exclude(s, c);
  const [low, high] = { lt: [-Infinity, -1], le: [-Infinity, 0], gt: [1, Infinity], ge: [0, Infinity] }[c.op];
  return bound(s, c, low, high);
}

/** left - right lies in low .. high, as integers of the comparison's signedness. */
function bound(
  s: State,
  { op, signed: isSigned, left, right }: Comparison,
  low: number,
  high: number,
): boolean {
  if (s.optimistic && guessable(s, left, right))
    return narrow(s, subtract(left, right), constant(0), 0, low, high);
  const views = op === 'eq' ? [signed, unsigned] : [isSigned ? signed : unsigned];
  for (const view of views) {
    const l = view(integerRange(s, left));
    const r = view(integerRange(s, right));
    if (l && r) {
      // Both sides as integers without reduction: their difference is affine as well.
      const shift = offset(s, left, l) - offset(s, right, r);
      return narrow(s, left, right, shift, low, high);
    }
    // One side may be anything: then only the other's range speaks.
    const whole = view === signed ? { lo: -(2 ** 31), hi: 2 ** 31 - 1 } : { lo: 0, hi: MODULUS - 1 };
    if (r && left.terms.length === 1)
      return narrowSymbol(s, left, clip({ lo: r.lo + low, hi: r.hi + high }, whole));
    if (l && right.terms.length === 1)
      return narrowSymbol(s, right, clip({ lo: l.lo - high, hi: l.hi - low }, whole));
  }
  return true;
}

/** Whether the two differ by little, so that a trial may take both for plain integers. */
export function guessable(s: State, left: Affine, right: Affine): boolean {
  const { lo, hi } = integerRange(s, subtract(left, right));
  return (
    lo > -(2 ** 30) && hi < 2 ** 30 && !(signed(integerRange(s, left)) && signed(integerRange(s, right)))
  );
}

const clip = (r: Range, to: Range): Range => ({ lo: Math.max(r.lo, to.lo), hi: Math.min(r.hi, to.hi) });

/** The multiple of 2^32 between the form's integers and the given view of them. */
const offset = (s: State, a: Affine, view: Range): number => view.lo - integerRange(s, a).lo;

/** Propagates low <= left - right + shift <= high to every symbol. */
function narrow(s: State, left: Affine, right: Affine, shift: number, low: number, high: number): boolean {
  const factors = new Map<Symbol, number>();
  for (const [symbol, k] of left.terms) factors.set(symbol, k);
  for (const [symbol, k] of right.terms) factors.set(symbol, (factors.get(symbol) ?? 0) - k);
  const base = left.constant - right.constant + shift;
  const ends = (symbol: Symbol, k: number): Range => {
    const r = symbolRange(s, symbol);
    return k > 0 ? { lo: k * r.lo, hi: k * r.hi } : { lo: k * r.hi, hi: k * r.lo };
  };
  let total: Range = { lo: base, hi: base };
  for (const [symbol, k] of factors) {
    const e = ends(symbol, k);
    total = { lo: total.lo + e.lo, hi: total.hi + e.hi };
  }
  if (total.lo > high || total.hi < low) return false;
  for (const [symbol, k] of factors) {
    if (k === 0) continue;
    const e = ends(symbol, k);
    const atMost = high - (total.lo - e.lo); // bound on k * symbol
    const atLeast = low - (total.hi - e.hi);
    const r = symbolRange(s, symbol);
    const lo = Math.max(r.lo, Math.ceil(k > 0 ? atLeast / k : atMost / k));
    const hi = Math.min(r.hi, Math.floor(k > 0 ? atMost / k : atLeast / k));
    if (lo > hi) return false;
    if (lo !== r.lo || hi !== r.hi) s.ranges.set(symbol, { lo, hi });
  }
  return true;
}

/** The form (one symbol, factor 1 or -1) lies in `target` modulo 2^32. */
function narrowSymbol(s: State, a: Affine, target: Range): boolean {
  const [[symbol, k]] = a.terms;
  if (Math.abs(k) !== 1 || target.lo === -Infinity || target.hi === Infinity) return true;
  if (target.lo > target.hi) return false;
  const wanted =
    k === 1
      ? { lo: target.lo - a.constant, hi: target.hi - a.constant }
      : { lo: a.constant - target.hi, hi: a.constant - target.lo };
  const r = symbolRange(s, symbol);
  const first = Math.ceil((r.lo - wanted.hi) / MODULUS);
  const last = Math.floor((r.hi - wanted.lo) / MODULUS);
  if (first > last) return false;
  const lo = Math.max(r.lo, wanted.lo + first * MODULUS);
  const hi = Math.min(r.hi, wanted.hi + last * MODULUS);
  s.ranges.set(symbol, { lo, hi });
  return true;
}

/** left != right: only a constant at the border of a range can be taken off. */
function exclude(s: State, { left, right }: Comparison): boolean {
  const difference = subtract(left, right);
  if (isConstant(difference)) return difference.constant !== 0;
  if (difference.terms.length > 1) return true;
  const [[symbol, k]] = difference.terms;
  const r = symbolRange(s, symbol);
  if (Math.abs(k) * (r.hi - r.lo) >= MODULUS) return true;
  // k * x + c = 0 modulo 2^32 at a border?
  const isZero = (x: number) => (Math.imul(k, x) + difference.constant) % MODULUS === 0;
  let { lo, hi } = r;
  if (isZero(lo)) lo++;
  if (lo <= hi && isZero(hi)) hi--;
  if (lo > hi) return false;
  if (lo !== r.lo || hi !== r.hi) s.ranges.set(symbol, { lo, hi });
  return true;
}
