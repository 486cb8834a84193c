/**
 * Ranges on the circle of 32-bit numbers, as gcc's ranges and anti-ranges are: from `low` in 0..2^32-1 upwards to `high`, which passes 2^32 where the range
 * goes round (numbers from -44 to 2, say, which gcc writes ~[3, 4294967251]).
 */
export interface Range {
  low: number;
  high: number;
  /** The shorter way round over the same numbers, which evrp's ranges of several parts know as well: of 1 or -1, those from -1 to 1. */
  least?: Range;
}

export const top = 0xffffffff;
const around = 2 ** 32;

/** Any number. */
export const full: Range = { low: 0, high: top };
export const isFull = (r: Range): boolean => r.high - r.low >= top;

/** Integers from `low` to `high`, modulo 2^32. */
export function arc(low: number, high: number): Range {
  if (high - low >= top || !Number.isSafeInteger(low) || !Number.isSafeInteger(high)) return full;
  const turns = Math.floor(low / around) * around;
  return { low: low - turns, high: high - turns };
}

/** As unsigned numbers: anything where it goes round. */
export const flat = (r: Range): Range => (r.high <= top ? r : full);

/** As signed numbers: anything where it passes the largest. */
export function signedOf(r: Range): Range | null {
  if (r.high < around / 2) return r;
  return r.low >= around / 2 && r.high < around * 1.5 ? { low: r.low - around, high: r.high - around } : null;
}

export const anySigned: Range = { low: -(2 ** 31), high: 2 ** 31 - 1 };

/** As numbers around zero, for products: gcc takes what lies nearer to the end of the type for negative (operator_mult). */
export const centred = (r: Range): Range =>
  r.low + r.high > around ? { low: r.low - around, high: r.high - around } : r;

export function product(x: Range, y: Range): Range {
  const [a, b] = [centred(x), centred(y)];
  const all = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return arc(Math.min(...all), Math.max(...all));
}

/** As vrp1 has it: the parts on both sides of the end of the type one by one. */
export function productInParts(x: Range, y: Range): Range {
  const parts = ({ low, high }: Range): Range[] =>
    high > top
      ? [
          { low, high: top },
          { low: 0, high: high - around },
        ]
      : [{ low, high }];
  const { low, high } = parts(x)
    .flatMap((p) => parts(y).map((q) => product(p, q)))
    .reduce(union);
  return { low, high };
}

/** What is in both; the smaller of them where that would be two ranges, the first where it is none. */
export function intersection(x: Range, y: Range): Range {
  const size = x.high - x.low;
  const from = (((y.low - x.low) % around) + around) % around;
  const to = from + y.high - y.low;
  const second = to >= around;
  if (from > size) return second ? arc(x.low, x.low + Math.min(size, to - around)) : x;
  if (second) return y.high - y.low < size ? y : x;
  return arc(x.low + from, x.low + Math.min(size, to));
}

/** Whether no number is in both. */
export function disjoint(x: Range, y: Range): boolean {
  const from = (((y.low - x.low) % around) + around) % around;
  return from > x.high - x.low && from + y.high - y.low < around;
}

/** The least range that holds both; of ranges that do not go round, the least that does not, unless each of them has an end of the type. */
export function union(x: Range, y: Range): Range {
  if (x.high <= top && y.high <= top) {
    const [a, b] = x.low <= y.low ? [x, y] : [y, x];
    if (a.low === 0 && b.high === top && b.low > a.high) return arc(b.low, a.high + around);
    const all: Range = { low: a.low, high: Math.max(a.high, b.high) };
    const least = shortest(x.least ?? x, y.least ?? y);
    if (least.high - least.low < all.high - all.low) all.least = least;
    return all;
  }
  return shortest(x, y);
}

function shortest(x: Range, y: Range): Range {
  const [p, q] = [spanning(x, y), spanning(y, x)];
  return p.high - p.low <= q.high - q.low ? p : q;
}

/** From where the first begins to where both have ended. */
function spanning(x: Range, y: Range): Range {
  const from = (((y.low - x.low) % around) + around) % around;
  return arc(x.low, Math.max(x.high, x.low + from + y.high - y.low));
}

/** What a comparison with a value of known range says of the value on its left. */
export function compared(op: string, y: Range): Range | null {
  const half = around / 2;
  if (op === 'eq') return y;
  if (op === 'ne') return y.low === y.high ? arc(y.low + 1, y.low + top) : null;
  if (op.endsWith('_u')) {
    const { low, high } = flat(y);
    if (op === 'lt_u') return high > 0 ? { low: 0, high: high - 1 } : null;
    if (op === 'le_u') return { low: 0, high };
    if (op === 'gt_u') return low < top ? { low: low + 1, high: top } : null;
    return op === 'ge_u' ? { low, high: top } : null;
  }
  const { low, high } = signedOf(y) ?? { low: -half, high: half - 1 };
  if (op === 'lt_s') return high > -half ? arc(-half, high - 1) : null;
  if (op === 'le_s') return arc(-half, high);
  if (op === 'gt_s') return low < half - 1 ? arc(low + 1, half - 1) : null;
  return op === 'ge_s' ? arc(low, half - 1) : null;
}

/** What so many bits can hold. */
export const ofBits = (bits: number, signed: boolean): Range =>
  signed ? arc(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) : { low: 0, high: 2 ** bits - 1 };

/** Of unsigned numbers, or rounded down of signed ones. */
export const scaledDown = ({ low, high }: Range, by: number): Range => ({
  low: Math.floor(low / by),
  high: Math.floor(high / by),
});

/** Whether all of one is in the other. */
export const within = (inner: Range, outer: Range): boolean => {
  const from = (((inner.low - outer.low) % 2 ** 32) + 2 ** 32) % 2 ** 32;
  return from + inner.high - inner.low <= outer.high - outer.low;
};

/** Of signed numbers, towards zero. */
export function quotient({ low, high }: Range, by: number): Range {
  const ends = [Math.trunc(low / by), Math.trunc(high / by)];
  return arc(Math.min(...ends), Math.max(...ends));
}
