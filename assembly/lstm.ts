/**
 * One direction of an LSTM with 8-bit weights, 16-bit states and 32-bit cells.
 * docs/numbers.md, section 5; TypeScript twin: generator/layers/integer/lstm.ts.
 *
 *     i, o, f = sigmoid(Wx x + Wh h + b)      g = tanh(Wx x + Wh h + b)
 *     c = f c + i g                           h = o tanh(c)
 *
 * The four gates of a unit form one block of four rows, in ONNX order i, o, f, c:
 *
 *     inputWeights      i8[units][inputs][4]
 *     recurrentWeights  i8[units][units][4]
 *     rows              i32[units][3][4]      multipliers of the input part, of the recurrent part, biases
 *     state             i16[2][units]         h of the last step and of this one, taking turns
 *     cells             i32[units]            c, with `cellBits` fraction bits
 *     sums              i32[2][4]             input part and recurrent part of one unit
 */
import { dotFour } from "./dot";
import { roundShift32, roundShift64, saturate16 } from "./fixed";
import { sigmoidQ15, tanhQ15 } from "./activations";

/**
 * Runs `steps` steps from a zero state. `inputStride` and `sequenceStride` are bytes from one step's row to the
 * next one's, negative in the reverse direction. Without a sequence to write, `sequence` is 0.
 * The last h stays in half `steps & 1` of `state`.
 */
// @ts-ignore: decorator
@inline
export function lstm(
  steps: i32, inputs: i32, units: i32,
  input: usize, inputStride: i32,
  inputWeights: usize, recurrentWeights: usize, rows: usize, gateShift: i32,
  table: usize,
  state: usize, cells: usize, cellBits: i32, sums: usize,
  sequence: usize, sequenceStride: i32,
): void {
  let now = state;
  let next = state + (<usize>units << 1);
  const cellsEnd = cells + (<usize>units << 2);
  for (let h = now, c = cells; c < cellsEnd; h += 2, c += 4) {
    store<i16>(h, 0);
    store<i32>(c, 0);
  }
  let outRow = sequence;
  for (let step = 0; step < steps; step++) {
    let wx = inputWeights;
    let wh = recurrentWeights;
    let row = rows;
    let h = next;
    let out = outRow;
    for (let c = cells; c < cellsEnd; c += 4) {
      dotFour(input, wx, inputs, sums);
      dotFour(now, wh, units, sums + 16);
      const i = sigmoidQ15(gate(sums, row, gateShift), table);
      const o = sigmoidQ15(gate(sums + 4, row + 4, gateShift), table);
      const f = sigmoidQ15(gate(sums + 8, row + 8, gateShift), table);
      const g = tanhQ15(gate(sums + 12, row + 12, gateShift), table);
      const cell = nextCell(load<i32>(c), i, f, g, cellBits);
      store<i32>(c, cell);
      const y = roundShift32(o * tanhQ15(saturate16(roundShift32(cell, cellBits - 12)), table), 15);
      store<i16>(h, y);
      if (sequence != 0) {
        store<i16>(out, y);
        out += 2;
      }
      wx += <usize>inputs << 2;
      wh += <usize>units << 2;
      row += 48;
      h += 2;
    }
    const swap = now;
    now = next;
    next = swap;
    input += inputStride;
    outRow += sequenceStride;
  }
}

/** Joins input part and recurrent part of one row with one rounding: Q11 for sigmoid gates, Q12 for tanh. */
// @ts-ignore: decorator
@inline
function gate(sums: usize, row: usize, shift: i32): i32 {
  const x: i32 = load<i32>(sums);
  const h: i32 = load<i32>(sums, 16) + load<i32>(row, 32); // a 32-bit sum: see numbers.md on 64-bit multiplies
  const joined = <i64>x * <i64>load<i32>(row) + <i64>h * <i64>load<i32>(row, 16);
  return saturate16(<i32>roundShift64(joined, shift));
}

/** f c + i g; gates in Q15, cell with `bits` fraction bits. |result| <= |c| + 2^bits. */
// @ts-ignore: decorator
@inline
function nextCell(c: i32, i: i32, f: i32, g: i32, bits: i32): i32 {
  return <i32>roundShift64(<i64>f * <i64>c + (<i64>(i * g) << (bits - 15)), 15);
}
