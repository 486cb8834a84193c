/**
 * GRU cells as integers whose reset gate comes before the recurrent matrix (linear_before_reset = 0, the default of ONNX);
 * docs/numbers.md, section 5. Two passes a step, because every candidate needs all reset states:
 *
 *     z, r = sigmoid(W x + R h + b)      kept = r h
 *     n = tanh(W x + R kept + b)         h' = (1 - z) n + z h
 */
import type { GruLayer } from '../../graph/network.ts';
import type { Block } from '../../emit/program.ts';
import type { Pass } from '../../emit/pass.ts';
import { tanhBlock, tanhTable } from '../../quantize/tables.ts';
import { sigmoidQ16, tanhQ15 } from '../integer/activations.ts';
import { SIGMOID_INPUT_ONE, TANH_INPUT_ONE, type QuantizeContext } from '../layer-kind.ts';
import { operandOf } from '../operand.ts';
import type { IntegerCell, QuantizedCells } from './cell.ts';
import { directionsOf, realRows, rowsOf, type Direction } from './directions.ts';
import { gateSymbols, gateTurn, vectorsOf, type TurnGate } from './gate-turn.ts';
import { gateValue, product, proveGates, quantizeGates, type Gates, type RealGate } from './gates.ts';
import { blend } from './gru-cell.ts';
import { squashedState, widenedBits } from './state.ts';

const TABLE = `$${tanhBlock.name}`;

export function quantizeGruBefore(layer: GruLayer, context: QuantizeContext): QuantizedCells {
  const { hidden, input } = layer;
  const state = squashedState(layer);
  const directions = directionsOf(layer);
  const meets = { input: operandOf(input.buffer, context), state: state.scale };
  const quantize = (kinds: readonly number[], one: number, matrix: number): Gates =>
    quantizeGates(
      directions.map((direction) => realGates(layer, direction, kinds, one, matrix, context)),
      input.features,
      meets,
      context,
    );
  const shape: Shape = {
    layer,
    gates: quantize([0, 1], SIGMOID_INPUT_ONE, 0),
    candidates: quantize([2], TANH_INPUT_ONE, 1),
    widened: widenedBits(layer),
  };
  const scratch = (part: string, note: string, scale?: number): Block => ({
    name: `${context.name}_${part}`,
    type: 'i16',
    length: hidden,
    kind: 'buffer',
    note,
    scale,
  });
  return {
    state,
    uses: {
      activations: ['sigmoidQ16', 'tanhQ15'],
      gates: gateSymbols(shape.gates),
      gru: ['blend', 'keptState'],
    },
    scratch: [
      { parameter: 'z', block: scratch('updates', 'z, 2^-16, read unsigned') },
      { parameter: 'kept', block: scratch('kept', 'r h, in the format of the state', state.scale) },
    ],
    constants: [tanhBlock],
    directions: directions.map((direction) => ({
      passes: [gatePass(shape, direction, context.name), candidatePass(shape, direction, context.name)],
      proofs: [
        ...proveGates(
          layer.name,
          `gru ${direction.name}`,
          shape.gates,
          direction.index,
          (row) => `row ${row & 1 ? 'r' : 'z'} of unit ${row >> 1}`,
        ),
        ...proveGates(
          layer.name,
          `gru ${direction.name}, candidate`,
          shape.candidates,
          direction.index,
          (row) => `unit ${row}`,
        ),
      ],
      start: () => integerCell(shape, direction),
    })),
  };
}

interface Shape {
  layer: GruLayer;
  /** Rows z and r of a unit side by side. */
  gates: Gates;
  candidates: Gates;
  widened: number;
}

/** Rows of the gates `kinds` (0 z, 1 r, 2 h), unit by unit. */
function realGates(
  layer: GruLayer,
  direction: Direction,
  kinds: readonly number[],
  one: number,
  matrix: number,
  { compensationOf }: QuantizeContext,
): RealGate[] {
  const { hidden } = layer;
  const rowAt = realRows(layer, direction, 3);
  const recurrentBias = rowsOf(layer.recurrentBias, direction, hidden, 1);
  const rounding = compensationOf(3 * direction.index + matrix);
  return Array.from({ length: hidden }, (_, u) =>
    kinds.map((kind): RealGate => {
      const row = rowAt(kind, u);
      return { ...row, bias: row.bias + (kind === 2 ? recurrentBias[u] : 0), one, rounding };
    }),
  ).flat();
}

const place = (lane: number): string => (lane > 0 ? `, ${2 * lane}` : '');

function gatePass({ layer, gates }: Shape, direction: Direction, name: string): Pass {
  const rows = gates.rows[direction.index];
  return {
    name: `${name}_gates`,
    title: `Update gates and kept states of one step of ${layer.name}.`,
    units: layer.hidden,
    lanes: 2,
    ...vectorsOf(layer, gates),
    walks: [
      { name: 'kept', bytes: 2 },
      { name: 'z', bytes: 2 },
      { name: 'old', bytes: 2, from: 'now' },
    ],
    turn: (lanes) => {
      const of = Array.from({ length: lanes }, (_, l) =>
        ['z', 'r'].map((kind, k): TurnGate => ({ name: `${kind}${l}`, row: (u) => rows[2 * (u + l) + k] })),
      );
      return gateTurn(of.flat(), gates, ({ value }) =>
        of.flatMap((_, l) => [
          `store<i16>(z, sigmoidQ16(${value(`z${l}`)}, ${TABLE})${place(l)});`,
          `store<i16>(kept, keptState(sigmoidQ16(${value(`r${l}`)}, ${TABLE}), load<i16>(old${place(l)}))${place(l)});`,
        ]),
      );
    },
  };
}

function candidatePass({ layer, candidates, widened }: Shape, direction: Direction, name: string): Pass {
  const rows = candidates.rows[direction.index];
  return {
    name: `${name}_step`,
    title: `Candidates and next states of one step of ${layer.name}.`,
    units: layer.hidden,
    lanes: 4,
    ...vectorsOf(layer, candidates, 'kept'),
    parameters: ['now'],
    walks: [
      { name: 'next', bytes: 2 },
      { name: 'z', bytes: 2 },
      { name: 'old', bytes: 2, from: 'now' },
    ],
    turn: (lanes) => {
      const of = ['a', 'b', 'c', 'd']
        .slice(0, lanes)
        .map((name, l): TurnGate => ({ name, row: (u) => rows[u + l] }));
      return gateTurn(of, candidates, ({ value }) =>
        of.map(
          ({ name: sum }, l) =>
            `store<i16>(next, blend(load<u16>(z${place(l)}), tanhQ15(${value(sum)}, ${TABLE}), ` +
            `load<i16>(old${place(l)}), ${widened})${place(l)});`,
        ),
      );
    },
  };
}

function integerCell({ layer, gates, candidates, widened }: Shape, direction: Direction): IntegerCell {
  const { hidden } = layer;
  const gateRows = gates.rows[direction.index];
  const rows = candidates.rows[direction.index];
  const z = new Int32Array(hidden);
  const kept = new Int16Array(hidden);
  return {
    step(x, at, h) {
      const value = (row: number): number => {
        const { input, state } = gateRows[row];
        return gateValue(gateRows[row], gates, product(input, x, at), product(state, h, 0));
      };
      for (let u = 0; u < hidden; u++) {
        z[u] = sigmoidQ16(value(2 * u), tanhTable);
        kept[u] = (Math.imul(sigmoidQ16(value(2 * u + 1), tanhTable), h[u]) + 32768) >> 16;
      }
      rows.forEach((row, u) => {
        const n = gateValue(row, candidates, product(row.input, x, at), product(row.state, kept, 0));
        h[u] = blend(z[u], tanhQ15(n, tanhTable), h[u], widened);
      });
    },
  };
}
