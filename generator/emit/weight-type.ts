/**
 * How weights lie in memory. Of 4 bits there are two in a byte, the lower half first; -8 is not used, so that signs are alike:
 *
 *     byte     0           1           2           3
 *     weight   1     0     3     2     5     4     7     6        (upper half, lower half)
 */
export type WeightType = 'i4' | 'i8' | 'i16';
export type WeightBits = 4 | 8 | 16;

export const weightType = (bits: WeightBits): WeightType => `i${bits}`;

/** Largest magnitude. */
export const weightMax = (bits: WeightBits): number => 2 ** (bits - 1) - 1;

/**
 * Bytes of the weights of `rows` rows with `count` inputs, in a record. Those of 4 bits are read eight at a time: a group of an odd number
 * of rows may read up to three bytes beyond its own.
 */
export function weightBytes(type: WeightType, rows: number, count: number): number {
  const weights = rows * count;
  if (type === 'i16') return 2 * weights;
  if (type === 'i8') return weights;
  return Math.ceil(weights / 8) * 4 + (rows % 2 ? 4 : 0);
}

/** Stores the weight at a place counted in weights from `start`, a byte. */
export function putWeight(
  data: DataView,
  start: number,
  type: WeightType,
  place: number,
  weight: number,
): void {
  if (type === 'i16') return data.setInt16(start + 2 * place, weight, true);
  if (type === 'i8') return data.setInt8(start + place, weight);
  const at = start + (place >> 1);
  const other = data.getUint8(at);
  data.setUint8(at, place & 1 ? (other & 15) | ((weight & 15) << 4) : (other & 240) | (weight & 15));
}

/** Weights of 4 bits, packed. */
export function packFour(weights: ArrayLike<number>): Int8Array<ArrayBuffer> {
  const packed = new Int8Array(Math.ceil(weights.length / 2));
  const data = new DataView(packed.buffer);
  for (let k = 0; k < weights.length; k++) putWeight(data, 0, 'i4', k, weights[k]!);
  return packed;
}
