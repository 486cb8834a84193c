/**
 * Real ratios between formats as integers (docs/numbers.md, section 2): ratio = m / 2^shift.
 */

/** Multipliers below 2^31 with one shift for all, the largest that the largest ratio allows (62 at most). */
export interface Multipliers {
  m: Int32Array<ArrayBuffer>;
  shift: number;
}

const LARGEST = 2 ** 31 - 1;

/**
 * Ratios are >= 0. One of 2^31 and more becomes 2^31 - 1, and the proof of the layer refuses what follows from it.
 * `maxShift` below 62 leaves room in a 64-bit sum.
 */
export function multipliers(ratios: ArrayLike<number>, maxShift = 62): Multipliers {
  let largest = 0;
  for (let k = 0; k < ratios.length; k++) {
    if (!(ratios[k] >= 0)) throw new Error(`a ratio of ${ratios[k]} has no multiplier`);
    largest = Math.max(largest, ratios[k]);
  }
  let shift = maxShift;
  while (shift > 0 && Math.round(largest * 2 ** shift) > LARGEST) shift -= 1;
  return { m: Int32Array.from(ratios, (r) => Math.min(LARGEST, Math.round(r * 2 ** shift))), shift };
}

/** One ratio. */
export function multiplier(ratio: number): { m: number; shift: number } {
  const { m, shift } = multipliers([ratio]);
  return { m: m[0], shift };
}

/**
 * A ratio for `rescale16`, whose products stay in 32 bits: m <= 32767, shift <= 30. A ratio of 32767 and more takes
 * every value but 0 to saturation, which is what the capped m does as well.
 */
export function narrowMultiplier(ratio: number): { m: number; shift: number } {
  let shift = 30;
  while (shift > 0 && Math.round(ratio * 2 ** shift) > 32767) shift -= 1;
  return { m: Math.min(32767, Math.round(ratio * 2 ** shift)), shift };
}
