/**
 * What an LSTM unit does with its gates. docs/numbers.md, section 5; TypeScript twin: generator/layers/integer/lstm.ts.
 *
 *     c = f c + i g        h = o tanh(c)
 *
 * i, o, f in 2^-16 (1 .. 65535), g in Q15, c with `bits` fraction bits (16 .. 30), h in the format of the state.
 */
import { roundShift32, saturate16, multiplyShift } from "./fixed";
import { tanhQ15 } from "./activations";

/** f c + i g. |result| <= |c| + 2^bits. The one rounding constant makes good for two roundings down. */
// @ts-ignore: decorator
@inline
export function nextCell(c: i32, i: i32, f: i32, g: i32, bits: i32): i32 {
  return <i32>((<i64>f * <i64>c + 65536) >> 16) + ((i * g) >> (31 - bits));
}

/** o tanh(c) in Q(31 - shift): shift is 16 for Q15, one more for each bit that the state's range is wider. */
// @ts-ignore: decorator
@inline
export function hidden(o: i32, cell: i32, bits: i32, shift: i32, table: usize): i32 {
  return roundShift32(o * tanhQ15(cell >> (bits - 16), table), shift);
}

/** Final cells in an int16 format. */
// @ts-ignore: decorator
@inline
export function finalCells(units: i32, cells: usize, y: usize, m: i32, shift: i32): void {
  for (let end = cells + (<usize>units << 2); cells < end; cells += 4, y += 2) {
    store<i16>(y, saturate16(multiplyShift(load<i32>(cells), m, shift)));
  }
}
