/**
 * Compares a figure and its band with a limit. Pass: the whole band keeps the limit. Fail: the whole band breaks it.
 * Undecided: the limit falls inside the band, so the sources do not allow a verdict. A limit may have a band of its own
 * (memory that an assumed share of the chip leaves free); then the bands must not touch.
 */
import { exact, type Estimate } from '../../common/estimate.ts';
import type { Verdict } from '../result.ts';

export type Direction = 'at-most' | 'at-least';

export function judge(limit: number | Estimate, actual: Estimate, direction: Direction): Verdict {
  const bound = typeof limit === 'number' ? exact(limit) : limit;
  const ends = [bound.low, bound.high, actual.low, actual.value, actual.high];
  if (ends.some((end) => Number.isNaN(end))) return 'undecided';
  if (direction === 'at-most') {
    if (actual.high <= bound.low) return 'pass';
    return actual.low > bound.high ? 'fail' : 'undecided';
  }
  if (actual.low >= bound.high) return 'pass';
  return actual.high < bound.low ? 'fail' : 'undecided';
}

/** The worst verdict wins: fail over undecided over pass. No checks: pass. */
export function verdictOf(checks: readonly { verdict: Verdict }[]): Verdict {
  if (checks.some((check) => check.verdict === 'fail')) return 'fail';
  return checks.some((check) => check.verdict === 'undecided') ? 'undecided' : 'pass';
}
