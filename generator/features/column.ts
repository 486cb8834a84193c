/** What a feature sees of a column: as real numbers, as the kernel's integers, and by its shape alone. */
import type { Spread, Sums } from './passes/sums.ts';

/** A column of a window in float64. */
export interface FloatColumn {
  /** In the order of time. */
  x: Float64Array;
  rateHz: number;
  /** Samples of the axis that follows in the same sensor by so many places, cyclically. */
  partner(axis: number): Float64Array;
}

/** A column as the kernel holds it: whole numbers, one of which stands for the column's `unit`. */
export interface IntegerColumn {
  /** In the order of time. */
  x: readonly number[];
  sums: Sums;
  spread: Spread;
  partner(axis: number): IntegerColumn;
}

/** What is known of a column when a kernel is made. */
export interface ColumnShape {
  steps: number;
  rateHz: number;
  /** Real value of one integer step. */
  unit: number;
  /** Unit of the axis that follows by so many places. */
  partnerUnit(axis: number): number;
}
