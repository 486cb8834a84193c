/** The band of a sourced number: its range where it has one, else the value alone. */
import type { Estimate } from '../common/estimate.ts';
import type { Sourced } from '../common/sourced.ts';

export const band = (number: Sourced): Estimate => ({
  value: number.value,
  low: number.low ?? number.value,
  high: number.high ?? number.value,
});
