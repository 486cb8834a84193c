/**
 * Which numbers a JSON report holds. Integers stay exact. All others are cut to six significant digits: they come
 * from models whose bands are percents wide, and six digits keep the last bits of a sum, which depend on the order
 * of additions, out of the bytes. Rounding keeps order, so low <= value <= high still holds.
 */
export const SIGNIFICANT_DIGITS = 6;

/** Throws on NaN and infinity, which JSON has no word for and which no report may hold. */
export function rounded(value: number, path: string): number {
  if (!Number.isFinite(value))
    throw new RangeError(`${path || 'value'} is ${value}: a report holds finite numbers only`);
  if (Number.isInteger(value)) return value === 0 ? 0 : value;
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}
