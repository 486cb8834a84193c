/** Twin of assembly/lstm.ts: one direction of an LSTM. Layouts are drawn there. */
import { sigmoidQ15, tanhQ15 } from './activations.ts';
import { dotFour } from './dot.ts';
import { roundShift32, roundShiftSplit, saturate16 } from './fixed.ts';

export interface LstmCells {
  steps: number;
  inputs: number;
  units: number;
  /** Elements of `input` from one step's row to the next one's; negative in the reverse direction. */
  input: Int16Array;
  inputStart: number;
  inputStride: number;
  inputWeights: Int8Array;
  recurrentWeights: Int8Array;
  rows: Int32Array;
  gateShift: number;
  table: Int16Array;
  state: Int16Array;
  cells: Int32Array;
  cellBits: number;
  sums: Int32Array;
  sequence?: { cells: Int16Array; start: number; stride: number };
}

/** Runs all steps from a zero state; the last h stays in half `steps & 1` of `state`. */
export function lstm(p: LstmCells): void {
  const { units, inputs, sums, rows, table, cells, state, gateShift, cellBits, sequence } = p;
  state.fill(0);
  cells.fill(0);
  const gate = (g: number, row: number): number => {
    const x = sums[g];
    const h = sums[4 + g] + rows[row + 8 + g];
    const mx = rows[row + g];
    const mh = rows[row + 4 + g];
    const high = x * (mx >>> 16) + h * (mh >>> 16);
    const low = x * (mx & 0xffff) + h * (mh & 0xffff);
    return saturate16(roundShiftSplit(high, low, gateShift));
  };
  for (let step = 0; step < p.steps; step++) {
    const now = (step & 1) * units;
    const next = units - now;
    const inputAt = p.inputStart + step * p.inputStride;
    for (let u = 0; u < units; u++) {
      dotFour(p.input, inputAt, p.inputWeights, u * inputs * 4, inputs, sums, 0);
      dotFour(state, now, p.recurrentWeights, u * units * 4, units, sums, 4);
      const row = u * 12;
      const i = sigmoidQ15(gate(0, row), table);
      const o = sigmoidQ15(gate(1, row), table);
      const f = sigmoidQ15(gate(2, row), table);
      const g = tanhQ15(gate(3, row), table);
      const cell = nextCell(cells[u], i, f, g, cellBits);
      cells[u] = cell;
      const squashed = tanhQ15(saturate16(roundShift32(cell, cellBits - 12)), table);
      const h = roundShift32(Math.imul(o, squashed), 15);
      state[next + u] = h;
      if (sequence) sequence.cells[sequence.start + step * sequence.stride + u] = h;
    }
  }
}

/** f c + i g; every product is below 2^47, so doubles are exact. */
const nextCell = (c: number, i: number, f: number, g: number, bits: number): number =>
  Math.floor((f * c + i * g * 2 ** (bits - 15) + 16384) / 32768);
