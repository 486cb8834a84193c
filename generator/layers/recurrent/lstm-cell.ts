/**
 * LSTM cells as integers (docs/numbers.md, section 5).
 *
 *     i, o, f = sigmoid(W x + R h + b)      g = tanh(W x + R h + b)      c = f c + i g      h = o tanh(c)
 */
import type { LstmLayer } from '../../graph/network.ts';
import type { Block } from '../../emit/program.ts';
import type { Pass } from '../../emit/pass.ts';
import { prove } from '../../quantize/prove.ts';
import { chordBlock } from '../../emit/profiles/host-chords.ts';
import { tanhBlock, tanhTable } from '../../quantize/tables.ts';
import { sigmoidQ16, tanhQ15 } from '../integer/activations.ts';
import { SIGMOID_INPUT_ONE, TABLE_OFFSET, TANH_INPUT_ONE, type QuantizeContext } from '../layer-kind.ts';
import { operandOf } from '../operand.ts';
import type { IntegerCell, QuantizedCell, QuantizedCells } from './cell.ts';
import { directionsOf, realRows, type Direction } from './directions.ts';
import { gateSymbols, gateTurn, stepOf } from './gate-turn.ts';
import { gateValue, product, proveGates, quantizeGates, type Gates, type RealGate } from './gates.ts';
import { CHORDS, squashed, squashSymbol } from './host-tail.ts';
import { bitsOfCell, boundOfCell, squashedState, widenedBits } from './state.ts';

const GATES = ['i', 'o', 'f', 'g'] as const;
const TABLE = `$${tanhBlock.name}`;

export function quantizeLstm(layer: LstmLayer, context: QuantizeContext): QuantizedCells {
  const { hidden, input } = layer;
  const state = squashedState(layer);
  const directions = directionsOf(layer);
  const gates = quantizeGates(
    directions.map((direction) => realGates(layer, direction, context)),
    input.features,
    { input: operandOf(input.buffer, context), state: state.scale },
    context,
  );
  const cellBits = bitsOfCell(input.steps, layer.initialCell);
  const cells: Block = {
    name: `${context.name}_cells`,
    type: 'i32',
    length: hidden,
    kind: 'buffer',
    note: `c, ${cellBits} fraction bits`,
    scale: 2 ** -cellBits,
  };
  const shape: Shape = { layer, gates, cellBits, hiddenShift: 16 + widenedBits(layer) };
  return {
    state,
    uses: {
      activations: ['sigmoidQ16', 'tanhQ15'],
      gates: gateSymbols(gates),
      lstm: ['hidden', 'nextCell'],
    },
    scratch: [{ parameter: 'c', block: cells }],
    constants: [tanhBlock, ...(context.profile === 'host' ? [chordBlock] : [])],
    directions: directions.map((direction) => cellOf(shape, direction, context.name)),
    cellBits,
  };
}

interface Shape {
  layer: LstmLayer;
  gates: Gates;
  cellBits: number;
  hiddenShift: number;
}

/** Row 4u + g is gate g of unit u. */
function realGates(layer: LstmLayer, direction: Direction, { compensationOf }: QuantizeContext): RealGate[] {
  const rowAt = realRows(layer, direction, GATES.length);
  const rounding = compensationOf(direction.index);
  return Array.from({ length: 4 * layer.hidden }, (_, row) => ({
    ...rowAt(row & 3, row >> 2),
    one: (row & 3) === 3 ? TANH_INPUT_ONE : SIGMOID_INPUT_ONE,
    rounding,
  }));
}

function cellOf(shape: Shape, direction: Direction, name: string): QuantizedCell {
  const { layer, gates, cellBits } = shape;
  const { steps } = layer.input;
  const where = `lstm ${direction.name}`;
  const nameOf = (row: number): string => `gate ${GATES[row & 3]} of unit ${row >> 2}`;
  return {
    passes: [passOf(shape, direction, name)],
    proofs: [
      ...proveGates(layer.name, where, gates, direction.index, nameOf),
      prove(layer.name, `${where}, cell after ${steps} steps`, [
        boundOfCell(steps, cellBits, layer.initialCell),
      ]),
      prove(layer.name, `${where}, cell before its table`, [
        boundOfCell(steps, cellBits, layer.initialCell) * 2 ** (16 - cellBits) + TABLE_OFFSET,
      ]),
    ],
    start: () => integerCell(shape, direction),
  };
}

function passOf({ layer, gates, cellBits, hiddenShift }: Shape, direction: Direction, name: string): Pass {
  const rows = gates.rows[direction.index];
  return {
    ...stepOf(layer, gates, name, 1),
    walks: [
      { name: 'next', bytes: 2 },
      { name: 'c', bytes: 4 },
    ],
    vector: {
      uses: { 'host-gates': [squashSymbol(gates)], 'host-lstm': ['cellsAndStates'] },
      call: (where) => {
        const { units, scratch } = where;
        const { line, values } = squashed(4 * units, gates, where);
        return [
          line,
          `cellsAndStates(${units}, ${values}, c, next, ${cellBits}, ${hiddenShift}, ${CHORDS}, ${scratch});`,
        ];
      },
    },
    turn: () =>
      gateTurn(
        GATES.map((name, g) => ({ name, row: (unit) => rows[4 * unit + g] })),
        gates,
        ({ value }) => [
          `const input = sigmoidQ16(${value('i')}, ${TABLE});`,
          `const output = sigmoidQ16(${value('o')}, ${TABLE});`,
          `const forget = sigmoidQ16(${value('f')}, ${TABLE});`,
          `const candidate = tanhQ15(${value('g')}, ${TABLE});`,
          `const cell = nextCell(load<i32>(c), input, forget, candidate, ${cellBits});`,
          `store<i32>(c, cell);`,
          `store<i16>(next, hidden(output, cell, ${cellBits}, ${hiddenShift}, ${TABLE}));`,
        ],
      ),
  };
}

function integerCell({ layer, gates, cellBits, hiddenShift }: Shape, direction: Direction): IntegerCell {
  const { hidden, initialCell } = layer;
  const rows = gates.rows[direction.index];
  const cells = quantizedCells(initialCell?.subarray(direction.index * hidden), hidden, cellBits);
  const next = new Int16Array(hidden);
  const half = 2 ** (hiddenShift - 1);
  return {
    cells,
    step(x, at, h) {
      const value = (row: number): number =>
        gateValue(rows[row], gates, product(rows[row].input, x, at), product(rows[row].state, h, 0));
      for (let u = 0; u < hidden; u++) {
        const i = sigmoidQ16(value(4 * u), tanhTable);
        const o = sigmoidQ16(value(4 * u + 1), tanhTable);
        const f = sigmoidQ16(value(4 * u + 2), tanhTable);
        const g = tanhQ15(value(4 * u + 3), tanhTable);
        // Products below 2^47 are exact in doubles.
        const cell = Math.floor((f * cells[u] + 65536) / 65536) + (Math.imul(i, g) >> (31 - cellBits));
        cells[u] = cell;
        next[u] = (Math.imul(o, tanhQ15(cell >> (cellBits - 16), tanhTable)) + half) >> hiddenShift;
      }
      h.set(next);
    },
  };
}

export const quantizedCells = (
  initial: Float64Array | undefined,
  hidden: number,
  bits: number,
): Int32Array<ArrayBuffer> =>
  Int32Array.from({ length: hidden }, (_, u) => Math.round((initial?.[u] ?? 0) * 2 ** bits));
