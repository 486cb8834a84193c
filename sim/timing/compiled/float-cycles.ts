/**
 * Cycles of floating-point operators in compiled code, by the unit that a core has. No kernel of the reference has any, so the band of
 * compiled code does not speak for them (see `floatShare` in estimate.ts).
 *
 * - `single` (Cortex-M4F, M33): single precision by ARM DDI 0439D, table 7-1. Double precision has no instructions there: loops of one
 *   operator each through wasm2c, gcc 12.2 `-mfpu=fpv4-sp-d16 -mfloat-abi=hard` and newlib's library, traced and timed as the reference is
 *   (test/reference/tools), less the empty loop. Quotients and roots take more or less with their operands.
 * - `double` (Cortex-A7, VFPv4): latencies of GCC's config/arm/cortex-a7.md; what is a call or a sequence, by its instructions.
 * - `vfplite` (Cortex-A8): ARM DDI 0344, chapter 16, the upper of two figures; the unit has no pipeline.
 */
import type { FloatUnit } from '../../cores/core.ts';

export interface FloatCost {
  /** Cycles until the result is there. */
  latency: number;
  /** Cycles until the next instruction can begin. */
  busy: number;
}

type Row = readonly [single: number, double: number, vfplite: number];

/** Single precision. */
const f32: Record<string, Row> = {
  add: [1, 4, 10],
  mul: [1, 4, 12],
  div: [14, 16, 37],
  sqrt: [19, 21, 38],
  sign: [1, 4, 7], // abs, neg, copysign
  compare: [4, 8, 12],
  round: [23, 20, 30], // floor, ceil, trunc, nearest: library calls
  choose: [10, 13, 25], // min, max: comparisons for NaN and zeros
  fromInteger: [2, 8, 15],
  fromLong: [45, 45, 60],
  toInteger: [10, 14, 25], // with the checks that trap or saturate
  change: [14, 4, 7], // demote
};
const f64: Record<string, Row> = {
  add: [80, 4, 10],
  mul: [65, 7, 17],
  div: [614, 31, 65],
  sqrt: [748, 36, 66],
  sign: [2, 4, 7],
  compare: [40, 8, 12],
  round: [55, 33, 45],
  choose: [120, 13, 25],
  fromInteger: [51, 8, 15],
  fromLong: [60, 45, 60],
  toInteger: [199, 14, 25],
  change: [18, 4, 7], // promote
};

/** What keeps the unit, or the whole core in a call, until it is done. */
const blocking = /^(div|sqrt|round|fromLong)$/;
const columns: Record<FloatUnit, number> = { single: 0, double: 1, vfplite: 2 };

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(add|sub)$/, 'add'],
  [/^(mul|div|sqrt)$/, '$&'],
  [/^(abs|neg|copysign)$/, 'sign'],
  [/^(eq|ne|lt|gt|le|ge)$/, 'compare'],
  [/^(floor|ceil|trunc|nearest)$/, 'round'],
  [/^(min|max)$/, 'choose'],
  [/^convert_i32/, 'fromInteger'],
  [/^convert_i64/, 'fromLong'],
  [/^trunc_/, 'toInteger'],
  [/^(promote|demote)/, 'change'],
];

/** Whether an operator computes with floating-point numbers; moves, constants and memory do not. */
export const isFloatOperator = (name: string): boolean => {
  const operation = name.slice(4);
  return (name.startsWith('f') && kinds.some(([is]) => is.test(operation))) || /^i(32|64)\.trunc_/.test(name);
};

/** Reinterpretations are moves between registers: one cycle. */
export function floatCost(name: string, unit: FloatUnit): FloatCost {
  const operation = name.slice(4);
  const kind = kinds.find(([is]) => is.test(operation))?.[1].replace('$&', operation);
  if (!kind) return { latency: 1, busy: 1 };
  const doubles = name.startsWith('f64') || operation.includes('f64');
  const narrowed = operation === 'demote_f64';
  const latency = (doubles && !narrowed ? f64 : f32)[kind]![columns[unit]]!;
  // The Cortex-M waits for what a call computes; a VFPv4 begins another operation in the next cycle.
  const pipelined = unit === 'double' && !blocking.test(kind);
  return { latency, busy: pipelined ? 1 : latency };
}
