/** Twin of assembly/activations.ts. */

/** tanh(z / 65536) in Q15 for any z up to 2^31 - 2^19 - 1. */
export function tanhQ15(z: number, table: Int16Array): number {
  const u = Math.min(Math.max(z + 524288, 0), 1048575);
  const low = table[u >> 11];
  return low + (Math.imul(table[(u >> 11) + 1] - low, u & 2047) >> 11);
}

/** sigmoid(z / 32768) in 2^-16 for the same z: 1 .. 65535. */
export const sigmoidQ16 = (z: number, table: Int16Array): number => 32768 + tanhQ15(z, table);
