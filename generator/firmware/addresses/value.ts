/** Abstract values of the operand stack and of locals. */
import type { Affine, Symbol } from './affine.ts';

export type ComparisonOp = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';

/** left op right; eq and ne have no signedness. */
export interface Comparison {
  op: ComparisonOp;
  signed: boolean;
  left: Affine;
  right: Affine;
}

/** How a symbol came about, for the patterns that intervals alone cannot follow. */
export type Origin =
  | { kind: 'sign'; of: Affine } // x >> 31
  | { kind: 'flipped'; of: Affine; by: Symbol } // x ^ (x >> 31)
  | { kind: 'choice'; condition: Comparison; yes: Affine; no: Affine }; // condition ? yes : no

export interface Value {
  /** Absent: nothing is known (64-bit and floating-point values). */
  affine?: Affine;
  /** The value is 1 exactly when this holds, else 0. */
  comparison?: Comparison;
}

export const UNKNOWN: Value = {};

const inverse = { lt: 'ge', le: 'gt', gt: 'le', ge: 'lt', eq: 'ne', ne: 'eq' } as const;
export const negate = (c: Comparison): Comparison => ({ ...c, op: inverse[c.op] });

const mirror = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', eq: 'eq', ne: 'ne' } as const;
export const mirrored = (c: Comparison): Comparison => ({
  op: mirror[c.op],
  signed: c.signed,
  left: c.right,
  right: c.left,
});
