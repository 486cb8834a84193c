/** 64-bit integers as float64 numbers, by the rule in graph/tensor.ts. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Int64 } from './messages.ts';

const maximum = '9223372036854775807';
const minimum = '-9223372036854775808';

/** Exact within 2^53; INT64_MAX and INT64_MIN become infinities; everything else is refused, naming `where`. */
export function toNumber(value: Int64 | bigint, where: string): number {
  const number = typeof value === 'bigint' ? Number(value) : value.toNumber();
  if (Number.isSafeInteger(number)) return number;
  const digits = value.toString();
  if (digits === maximum) return Infinity;
  if (digits === minimum) return -Infinity;
  throw modelRefusals.integerRange(where, digits);
}

/** The inverse, for writing: infinities become the ends of int64. */
export function toBigInt(value: number): bigint {
  if (value === Infinity) return BigInt(maximum);
  if (value === -Infinity) return BigInt(minimum);
  return BigInt(value);
}
