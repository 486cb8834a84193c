/** Gates of recurrent layers as integers, with the multipliers that lead to the tables and the proofs that go with them. */
import type { AccumulatorProof } from '../../../kernel/evidence.ts';
import type { Compensation } from '../../quantize/compensation.ts';
import { multipliers } from '../../quantize/multiplier.ts';
import { INT16_MAGNITUDE, INT32_LIMIT, INT64_LIMIT, prove, Q15_MAGNITUDE } from '../../quantize/prove.ts';
import { scaleDown64, scaleDownSum64 } from '../integer/fixed.ts';
import { weightMax, weightType, type WeightType } from '../../emit/weight-type.ts';
import { TABLE_OFFSET, type QuantizeContext } from '../layer-kind.ts';
import type { Operand } from '../operand.ts';
import {
  boundOf,
  defaultBits,
  FEW_INPUTS,
  sharedRow,
  splitRow,
  type GateBits,
  type RowPart,
} from './rows.ts';

/** One row: what it multiplies inputs and states with (one of both may be absent), and where the sum goes. */
export interface RealGate {
  input?: Float64Array;
  state?: Float64Array;
  bias: number;
  /** Steps of the target to 1. */
  one: number;
  rounding?: Compensation;
}

export interface IntegerGate {
  input?: RowPart;
  state?: RowPart;
  /** In the accumulator of the state part, or of the input part where there is no other. */
  bias: number;
  inputMultiplier: number;
  stateMultiplier: number;
}

export interface Gates {
  /** How the weights of both parts are stored. */
  weights: { input: WeightType; state: WeightType };
  /** Whether input and state part of a row share an accumulator. */
  shared: boolean;
  /** What the input parts meet. */
  input: Operand;
  shift: number;
  /** By direction. */
  rows: IntegerGate[][];
}

/** Multipliers are at most 2^31 and the shift at most 32, where the upper word of a product is all that is needed. */
const LARGEST_SHIFT = 32;

/** Quantizes the rows of all directions; they get one shift. `inputs`: how many inputs a step has. */
export function quantizeGates(
  directions: readonly (readonly RealGate[])[],
  inputs: number,
  meets: Meets,
  { bitsOf }: Pick<QuantizeContext, 'bitsOf'>,
): Gates {
  const shared = inputs <= FEW_INPUTS;
  const usual = defaultBits(inputs);
  const bits: GateBits = {
    input: bitsOf?.('input') ?? usual.input,
    state: bitsOf?.('recurrent') ?? usual.state,
  };
  const rows = directions.map((gates) => gates.map((gate) => quantizeGate(gate, bits, meets, shared)));
  const flat = rows.flat();
  const ones = directions.flat().map((gate) => gate.one);
  const ratio = (part: RowPart | undefined, g: number): number => (part ? part.unit * ones[g] : 0);
  const { m, shift } = multipliers(
    flat.flatMap((gate, g) => [ratio(gate.input, g), ratio(gate.state, g)]),
    LARGEST_SHIFT,
  );
  flat.forEach((gate, g) => {
    gate.inputMultiplier = m[2 * g];
    gate.stateMultiplier = m[2 * g + 1];
  });
  return {
    ...{ shared, shift, rows, input: meets.input },
    weights: { input: weightType(bits.input), state: weightType(bits.state) },
  };
}

/** What the rows of a cell are multiplied with: inputs, and states by the real value of one step. */
interface Meets {
  input: Operand;
  state: number;
}

function quantizeGate(
  { input, state, bias, rounding }: RealGate,
  bits: GateBits,
  { input: read, state: stateScale }: Meets,
  shared: boolean,
): IntegerGate {
  const parts = [
    ...(input
      ? [
          {
            ...{ weights: input, inputScale: read.scale, inputMagnitude: read.magnitude },
            limit: weightMax(bits.input),
          },
        ]
      : []),
    ...(state
      ? [
          {
            ...{ weights: state, inputScale: stateScale, inputMagnitude: INT16_MAGNITUDE },
            limit: weightMax(bits.state),
          },
        ]
      : []),
  ];
  const made = (shared ? sharedRow : splitRow)(parts, bias, rounding);
  return {
    input: input && made[0],
    state: state && made.at(-1),
    bias: made.at(-1)!.bias,
    inputMultiplier: 0,
    stateMultiplier: 0,
  };
}

/** What the table gets, from the sums of both parts without the bias. */
export function gateValue(
  gate: IntegerGate,
  { shared, shift }: Gates,
  fromInput: number,
  fromState: number,
): number {
  if (!gate.state) return scaleDown64(fromInput + gate.bias, gate.inputMultiplier, shift);
  if (!gate.input) return scaleDown64(fromState + gate.bias, gate.stateMultiplier, shift);
  if (shared) return scaleDown64(fromInput + fromState + gate.bias, gate.stateMultiplier, shift);
  return scaleDownSum64(fromInput, gate.inputMultiplier, fromState + gate.bias, gate.stateMultiplier, shift);
}

/** Largest magnitude of what the table gets. */
export function gateBound(
  { input, state, inputMultiplier, stateMultiplier }: IntegerGate,
  { shift, input: read }: Gates,
): number {
  const fromInput = input ? boundOf(input, read.magnitude) * inputMultiplier : 0;
  const fromState = state ? boundOf(state, Q15_MAGNITUDE) * stateMultiplier : 0;
  return (fromInput + fromState) * 2 ** -shift + 1;
}

/** Proofs for one direction. `nameOf`: what a row is called, e.g. "gate i of unit 3". */
export function proveGates(
  layer: string,
  where: string,
  quantized: Gates,
  direction: number,
  nameOf: (row: number) => string,
  room = TABLE_OFFSET,
): AccumulatorProof[] {
  const { shared, input: read } = quantized;
  const gates = quantized.rows[direction];
  const inputBounds = gates.map(({ input }) => (input ? boundOf(input, read.magnitude) : 0));
  const stateBounds = gates.map(({ state }) => (state ? boundOf(state, Q15_MAGNITUDE) : 0));
  const joined = gates.map(
    (gate, r) => inputBounds[r] * gate.inputMultiplier + stateBounds[r] * gate.stateMultiplier,
  );
  const sums = shared
    ? [
        prove(
          layer,
          `${where}, accumulator`,
          inputBounds.map((bound, r) => bound + stateBounds[r]),
        ),
      ]
    : [
        prove(layer, `${where}, input part`, inputBounds),
        prove(layer, `${where}, recurrent part`, stateBounds),
        prove(layer, `${where}, both parts joined`, joined, INT64_LIMIT),
      ];
  const values = prove(
    layer,
    `${where}, gate before its table`,
    gates.map((gate) => gateBound(gate, quantized) + room),
    INT32_LIMIT,
  );
  return [...sums, values].map((proof) => ({
    ...proof,
    where: proof.where.replace(/row (\d+)$/, (_, row) => nameOf(Number(row))),
  }));
}

/** Sum over k of x[at + k] * weights[k]; proved to fit 32 bits. */
export function product(part: RowPart | undefined, x: Int16Array | Int8Array, at: number): number {
  if (!part) return 0;
  const { weights } = part;
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum = (sum + x[at + k] * weights[k]) | 0;
  return sum;
}
