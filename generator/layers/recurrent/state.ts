/** Formats of states and cells (docs/numbers.md, section 5). */
import type { RecurrentLayer } from '../../graph/network.ts';
import type { Format } from '../../quantize/format.ts';
import { INT32_LIMIT } from '../../quantize/prove.ts';
import { Q15 } from '../layer-kind.ts';

/**
 * Bits by which the state's range is wider than -1 .. 1: none, unless the state before the first step is larger. What
 * tanh, sigmoid and their products give never is.
 */
export function widenedBits({ initialHidden }: Pick<RecurrentLayer, 'initialHidden'>): number {
  const largest = largestOf(initialHidden);
  let bits = 0;
  while (largest * 32768 > 32767 * 2 ** bits) bits += 1;
  return bits;
}

export const squashedState = (layer: RecurrentLayer): Format => ({
  ...Q15,
  scale: Q15.scale * 2 ** widenedBits(layer),
});

/**
 * Fraction bits of the cells: as many as keep a whole unit a step, and what there was before the first one, inside 32
 * bits. A step adds less than one unit: |c'| <= |c| + 2^bits.
 */
export function bitsOfCell(steps: number, initialCell?: Float64Array): number {
  let bits = 30;
  while (bits > 16 && boundOfCell(steps, bits, initialCell) > INT32_LIMIT) bits -= 1;
  return bits;
}

/** Largest magnitude of a cell with `bits` fraction bits after all steps, and the rounding constant of the last one. */
export const boundOfCell = (steps: number, bits: number, initialCell?: Float64Array): number =>
  (Math.ceil(largestOf(initialCell)) + steps) * 2 ** bits + 1;

export function largestOf(values: Float64Array | undefined): number {
  let largest = 0;
  for (const value of values ?? []) largest = Math.max(largest, Math.abs(value));
  return largest;
}

export const toState = (values: Float64Array, { scale }: Format): Int16Array<ArrayBuffer> =>
  Int16Array.from(values, (v) => Math.max(-32767, Math.min(32767, Math.round(v / scale))));
