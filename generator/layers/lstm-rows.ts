/**
 * Weights of one LSTM direction in the kernel's layout, with the proofs that go with them
 * (docs/numbers.md, section 5).
 */
import type { LstmLayer } from '../graph/network.ts';
import type { AccumulatorProof } from '../quantize/proof.ts';
import type { Compensation } from '../quantize/compensation.ts';
import { multipliers } from '../quantize/multiplier.ts';
import { INT16_MAGNITUDE, INT32_LIMIT, INT64_LIMIT, prove, Q15_MAGNITUDE } from '../quantize/prove.ts';
import {
  interleaveRows,
  quantizeRow,
  rowBound,
  type QuantizedRow,
  type RowPart,
} from '../quantize/weights.ts';
import { Q15, SIGMOID_INPUT_ONE, TANH_INPUT_ONE } from './layer-kind.ts';

export interface LstmRows {
  /** i8[units][inputs][4] */
  inputWeights: Int8Array<ArrayBuffer>;
  /** i8[units][units][4] */
  recurrentWeights: Int8Array<ArrayBuffer>;
  /** i32[units][3][4]: multipliers of the input part, of the recurrent part, biases of the recurrent part */
  rows: Int32Array<ArrayBuffer>;
  gateShift: number;
  cellBits: number;
  proofs: AccumulatorProof[];
}

const GATES = ['i', 'o', 'f', 'c'] as const;
/** Two products below 2^61 and a rounding half stay inside 64 bits with room to spare. */
const JOINED_MAX = 2 ** 62;

/** `d`: 0 for the first (or only) direction of the layer, 1 for the second. */
export function lstmRows(
  layer: LstmLayer,
  d: number,
  inputScale: number,
  where: string,
  compensation?: Compensation,
): LstmRows {
  const { hidden: units, input } = layer;
  const inputs = input.features;
  const count = 4 * units;
  // Row 4u + g of the kernel is row g * units + u of the model: the four gates of a unit side by side.
  const modelRow = Array.from({ length: count }, (_, r) => d * count + (r & 3) * units + (r >> 2));
  const parts = modelRow.map((row) =>
    quantizeRow(
      [
        partOf(layer.inputWeights, inputs, row, inputScale),
        partOf(layer.recurrentWeights, units, row, Q15.scale),
      ],
      layer.bias[row],
      compensation,
    ),
  );
  const fromInput = parts.map(([row]) => row);
  const fromState = parts.map(([, row]) => row);

  const inputBounds = fromInput.map((row) => rowBound(row, INT16_MAGNITUDE));
  const stateBounds = fromState.map((row) => rowBound(row, Q15_MAGNITUDE));
  const joined = joinParts(fromInput, fromState, inputScale, inputBounds, stateBounds);
  const cellBits = bitsOfCell(input.steps);
  const gateName = (proof: AccumulatorProof): AccumulatorProof => ({
    ...proof,
    where: proof.where.replace(/row (\d+)$/, (_, r) => `gate ${GATES[+r & 3]} of unit ${+r >> 2}`),
  });
  return {
    inputWeights: interleaveRows(fromInput, inputs),
    recurrentWeights: interleaveRows(fromState, units),
    rows: packRows(joined.m, fromState),
    gateShift: joined.shift,
    cellBits,
    proofs: [
      prove(layer.name, `${where}, input part`, inputBounds),
      prove(layer.name, `${where}, recurrent part`, stateBounds),
      prove(layer.name, `${where}, both parts joined`, joined.bounds, INT64_LIMIT),
      prove(
        layer.name,
        `${where}, gate before saturation`,
        joined.bounds.map((bound) => bound * 2 ** -joined.shift + 1),
      ),
      prove(layer.name, `${where}, cell after ${input.steps} steps`, [
        input.steps * 2 ** cellBits + 2 ** (cellBits - 13),
      ]),
    ].map(gateName),
  };
}

const partOf = (weights: Float64Array, width: number, row: number, inputScale: number): RowPart => ({
  weights: weights.subarray(row * width, (row + 1) * width),
  inputScale,
});

/** Steps to 1 of what the table takes, by row: the fourth gate goes to tanh. */
const one = (row: number): number => ((row & 3) === 3 ? TANH_INPUT_ONE : SIGMOID_INPUT_ONE);

/** Multipliers of both parts of every row with one shift, as large as 31-bit multipliers and a 64-bit sum allow. */
function joinParts(
  fromInput: readonly QuantizedRow[],
  fromState: readonly QuantizedRow[],
  inputScale: number,
  inputBounds: readonly number[],
  stateBounds: readonly number[],
): { m: Int32Array; shift: number; bounds: number[] } {
  const ratios = [
    ...fromInput.map((row, r) => row.scale * inputScale * one(r)),
    ...fromState.map((row, r) => row.scale * Q15.scale * one(r)),
  ];
  const count = fromInput.length;
  for (let maxShift = 61; ; maxShift--) {
    const { m, shift } = multipliers(ratios, maxShift);
    const bounds = inputBounds.map((bound, r) => bound * m[r] + stateBounds[r] * m[count + r]);
    if (shift < 2 || Math.max(...bounds) <= JOINED_MAX) return { m, shift, bounds };
    maxShift = Math.min(maxShift, shift);
  }
}

/** i32[units][3][4] */
function packRows(m: Int32Array, fromState: readonly QuantizedRow[]): Int32Array<ArrayBuffer> {
  const count = fromState.length;
  const rows = new Int32Array(count * 3);
  for (let r = 0; r < count; r++) {
    const at = (r >> 2) * 12 + (r & 3);
    rows[at] = m[r];
    rows[at + 4] = m[count + r];
    rows[at + 8] = fromState[r].bias;
  }
  return rows;
}

/**
 * Fraction bits of the cells: as many as keep `steps` whole units, and the half that rounding to Q12 adds, inside
 * 32 bits. A step adds less than one unit: |c'| <= |c| + 2^bits (docs/numbers.md, section 5).
 */
export function bitsOfCell(steps: number): number {
  let bits = 30;
  while (bits > 16 && steps * 2 ** bits + 2 ** (bits - 13) > INT32_LIMIT) bits -= 1;
  return bits;
}
