/**
 * GRU cells as integers whose reset gate comes after the recurrent matrix (linear_before_reset = 1, what PyTorch and Keras
 * export); docs/numbers.md, section 5.
 *
 *     z, r = sigmoid(W x + R h + b)      n = tanh(W x + Wb + r (R h + Rb))      h' = (1 - z) n + z h
 */
import type { GruLayer } from '../../graph/network.ts';
import type { Pass, VectorTail } from '../../emit/pass.ts';
import { chordBlock } from '../../emit/profiles/host-chords.ts';
import { prove } from '../../quantize/prove.ts';
import { tanhBlock, tanhTable } from '../../quantize/tables.ts';
import { sigmoidQ16, tanhQ15 } from '../integer/activations.ts';
import { SIGMOID_INPUT_ONE, TABLE_OFFSET, TANH_INPUT_ONE, type QuantizeContext } from '../layer-kind.ts';
import { operandOf } from '../operand.ts';
import type { IntegerCell, QuantizedCells } from './cell.ts';
import { directionsOf, realRows, rowsOf, type Direction } from './directions.ts';
import { gateSymbols, gateTurn, stepOf } from './gate-turn.ts';
import {
  gateBound,
  gateValue,
  product,
  proveGates,
  quantizeGates,
  type Gates,
  type RealGate,
} from './gates.ts';
import { quantizeGruBefore } from './gru-before-cell.ts';
import { CHORDS } from './host-tail.ts';
import { squashedState, widenedBits } from './state.ts';

/** Rows of a unit: update, reset, input and state part of the candidate. */
const ROWS = ['z', 'r', 'n', 'm'] as const;
const TABLE = `$${tanhBlock.name}`;

export function quantizeGru(layer: GruLayer, context: QuantizeContext): QuantizedCells {
  if (!layer.linearBeforeReset) return quantizeGruBefore(layer, context);
  const { input } = layer;
  const state = squashedState(layer);
  const directions = directionsOf(layer);
  const gates = quantizeGates(
    directions.map((direction) => realGates(layer, direction, context)),
    input.features,
    { input: operandOf(input.buffer, context), state: state.scale },
    context,
  );
  const shape: Shape = { layer, gates, widened: widenedBits(layer) };
  return {
    state,
    uses: {
      activations: ['sigmoidQ16', 'tanhQ15'],
      gates: gateSymbols(gates, true),
      gru: ['blend', 'kept'],
    },
    scratch: [],
    constants: [tanhBlock, ...(context.profile === 'host' ? [chordBlock] : [])],
    directions: directions.map((direction) => ({
      passes: [passOf(shape, direction, context.name)],
      proofs: proofsOf(shape, direction),
      start: () => integerCell(shape, direction),
    })),
  };
}

interface Shape {
  layer: GruLayer;
  gates: Gates;
  widened: number;
}

function realGates(layer: GruLayer, direction: Direction, { compensationOf }: QuantizeContext): RealGate[] {
  const { hidden } = layer;
  const rowAt = realRows(layer, direction, 3);
  const recurrentBias = rowsOf(layer.recurrentBias, direction, hidden, 1);
  const [both, inputs, states] = [0, 1, 2].map((matrix) => compensationOf(3 * direction.index + matrix));
  return Array.from({ length: 4 * hidden }, (_, row): RealGate => {
    const [u, kind] = [row >> 2, ROWS[row & 3]];
    const { input, state, bias } = rowAt(Math.min(row & 3, 2), u);
    if (kind === 'n') return { input, bias, one: TANH_INPUT_ONE, rounding: inputs };
    if (kind === 'm') return { state, bias: recurrentBias[u], one: TANH_INPUT_ONE, rounding: states };
    return { input, state, bias, one: SIGMOID_INPUT_ONE, rounding: both };
  });
}

function proofsOf({ layer, gates }: Shape, direction: Direction) {
  const where = `gru ${direction.name}`;
  const rows = gates.rows[direction.index];
  const candidates = Array.from(
    { length: layer.hidden },
    (_, u) => gateBound(rows[4 * u + 2], gates) + gateBound(rows[4 * u + 3], gates) + TABLE_OFFSET,
  );
  return [
    ...proveGates(
      layer.name,
      where,
      gates,
      direction.index,
      (row) => `row ${ROWS[row & 3]} of unit ${row >> 2}`,
    ),
    prove(layer.name, `${where}, candidate before its table`, candidates),
  ];
}

function passOf({ layer, gates, widened }: Shape, direction: Direction, name: string): Pass {
  const rows = gates.rows[direction.index];
  return {
    ...stepOf(layer, gates, name, 1),
    walks: [
      { name: 'next', bytes: 2 },
      { name: 'old', bytes: 2, from: 'now' },
    ],
    vector: vectorTail(gates, widened),
    turn: () =>
      gateTurn(
        ROWS.map((kind, r) => ({ name: kind, row: (unit) => rows[4 * unit + r] })),
        gates,
        ({ value }) => [
          `const update = sigmoidQ16(${value('z')}, ${TABLE});`,
          `const reset = sigmoidQ16(${value('r')}, ${TABLE});`,
          `const recurrent = kept(reset, ${value('m')});`,
          `const candidate = tanhQ15(fresh + recurrent, ${TABLE});`,
          `store<i16>(next, blend(update, candidate, load<i16>(old), ${widened}));`,
        ],
        ({ value }) => [`const fresh = ${value('n')};`],
      ),
  };
}

const vectorTail = ({ shared, shift }: Gates, widened: number): VectorTail => ({
  uses: { 'host-gru': [shared ? 'gruUnits' : 'gruUnitsOfBoth'] },
  call: ({ units, sums, multipliers, scratch }) => {
    const tail = `now, next, ${shift}, ${widened}, ${CHORDS}, ${scratch});`;
    const of = ({ both, first, second }: typeof sums): string =>
      [...(shared ? [both] : []), first, second].join(', ');
    const name = shared ? 'gruUnits' : 'gruUnitsOfBoth';
    return [`${name}(${units}, ${of(sums)}, ${of(multipliers)}, ${tail}`];
  },
});

function integerCell({ layer, gates, widened }: Shape, direction: Direction): IntegerCell {
  const { hidden } = layer;
  const rows = gates.rows[direction.index];
  const next = new Int16Array(hidden);
  return {
    step(x, at, h) {
      const value = (row: number): number =>
        gateValue(rows[row], gates, product(rows[row].input, x, at), product(rows[row].state, h, 0));
      for (let u = 0; u < hidden; u++) {
        const z = sigmoidQ16(value(4 * u), tanhTable);
        const r = sigmoidQ16(value(4 * u + 1), tanhTable);
        // |r value| < 2^47: exact in doubles.
        const recurrent = Math.floor((r * value(4 * u + 3)) / 65536);
        next[u] = blend(z, tanhQ15(value(4 * u + 2) + recurrent, tanhTable), h[u], widened);
      }
      h.set(next);
    },
  };
}

/** (1 - z) n + z h, of a candidate in Q15 and a state whose range is wider by `widened` bits. */
export function blend(z: number, n: number, h: number, widened: number): number {
  const fitted = (n + ((1 << widened) >> 1)) >> widened;
  return (Math.imul(z, h) + Math.imul(65536 - z, fitted) + 32768) >> 16;
}
