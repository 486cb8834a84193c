/** Twin of assembly/protect.ts, and its float meaning: signs of random projections that a key draws. */
import { chacha20 } from './integer/chacha20.ts';

/** +1 or -1 for each feature of each bit: [bits][features]. */
export function projections(key: ArrayLike<number>, bits: number, features: number): Int8Array {
  const signs = new Int8Array(bits * features);
  for (let i = 0, counter = 0; i < signs.length; counter++)
    for (const word of chacha20(key, counter))
      for (let bit = 0; bit < 32 && i < signs.length; bit++) signs[i++] = (word >>> bit) & 1 ? -1 : 1;
  return signs;
}

/** Bits of x as words of 32; works on whole numbers and on reals alike. */
export function protect(x: ArrayLike<number>, centre: ArrayLike<number>, signs: Int8Array): Int32Array {
  const bits = signs.length / x.length;
  const words = new Int32Array(bits / 32);
  for (let k = 0; k < bits; k++) {
    let sum = 0;
    for (let f = 0; f < x.length; f++) sum += signs[k * x.length + f] * (x[f] - centre[f]);
    if (sum > 0) words[k >> 5] |= 1 << (k & 31);
  }
  return words;
}

/** Share of bits that differ. */
export function hammingShare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let different = 0;
  for (let word = 0; word < a.length; word++)
    for (let v = (a[word] ^ b[word]) >>> 0; v > 0; v = (v & (v - 1)) >>> 0) different++;
  return different / (32 * a.length);
}
