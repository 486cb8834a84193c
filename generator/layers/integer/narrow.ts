/** Buffers of 8 bits as all layers but products see them: values of 16 bits. Twin of `widened` and `fitted` in assembly/fixed.ts. */
import { narrow8 } from './fixed.ts';

type Cells = Int16Array | Int8Array;

/** The 16-bit values of a part of a buffer that drops so many bits, or none. */
export const widened = (stored: Cells, dropped: number | undefined): Int16Array =>
  dropped === undefined ? (stored as Int16Array) : Int16Array.from(stored, (x) => x << dropped);

/** Stores 16-bit values in a part of a buffer that drops so many bits, or none. */
export function storeNarrowed(into: Cells, values: Int16Array, dropped: number | undefined): void {
  if (dropped === undefined) into.set(values);
  else values.forEach((value, k) => (into[k] = narrow8(value, dropped)));
}
