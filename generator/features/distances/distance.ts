/** What a distance between vectors is: one kind, one file in this folder, one line in `registry.ts`. */
import type { Factor } from '../integer/scaled.ts';

export interface DistanceDefinition {
  /** Whether the result has the unit of the vectors; otherwise it is a pure number from 0 to 2. */
  inUnits: boolean;
  /** The distance's meaning, in float64. */
  float(a: ArrayLike<number>, b: ArrayLike<number>): number;
  /** Function of assembly/distance.ts; some take a number of bits before m and shift. */
  routine: string;
  bits?(count: number): number;
  /** Twin of the routine. */
  reference(a: readonly number[], b: readonly number[], factor: Factor): number;
  /**
   * Largest distance between kernel and float meaning on the same whole numbers a and b, beyond a step of the result, in whole numbers (or the pure
   * number).
   */
  bound(a: readonly number[], b: readonly number[]): number;
}

/** One unit of a distance without a unit: Q28. */
export const ONE = 2 ** 28;

export const differences = (a: readonly number[], b: readonly number[]): bigint[] =>
  a.map((x, i) => BigInt(Math.abs(x - b[i])));

export const total = (values: readonly bigint[]): bigint => values.reduce((sum, v) => sum + v, 0n);

export const dot = (a: readonly number[], b: readonly number[]): bigint =>
  a.reduce((sum, x, i) => sum + BigInt(x) * BigInt(b[i]), 0n);
