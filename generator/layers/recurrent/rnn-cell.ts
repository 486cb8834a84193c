/** RNN cells as integers: h = tanh(W x + R h + b), or max(0, ...) in a calibrated format (docs/numbers.md, section 5). */
import type { RnnLayer } from '../../graph/network.ts';
import type { Pass, VectorTail } from '../../emit/pass.ts';
import { chordBlock } from '../../emit/profiles/host-chords.ts';
import type { Format } from '../../quantize/format.ts';
import { tanhBlock, tanhTable } from '../../quantize/tables.ts';
import { tanhQ15 } from '../integer/activations.ts';
import { saturate16 } from '../integer/fixed.ts';
import { TANH_INPUT_ONE, type QuantizeContext } from '../layer-kind.ts';
import { operandOf } from '../operand.ts';
import type { IntegerCell, QuantizedCell, QuantizedCells } from './cell.ts';
import { directionsOf, realRows, type Direction } from './directions.ts';
import { gateSymbols, gateTurn, stepOf } from './gate-turn.ts';
import { gateValue, product, proveGates, quantizeGates, type Gates, type RealGate } from './gates.ts';
import { squashed, squashSymbol } from './host-tail.ts';
import { widenedBits } from './state.ts';

/** Units in a turn: four rows share each input. */
const LANES = 4;
const TABLE = `$${tanhBlock.name}`;

/** `state`: the format of what the layer writes. */
export function quantizeRnn(layer: RnnLayer, context: QuantizeContext, state: Format): QuantizedCells {
  const { input, activation } = layer;
  const directions = directionsOf(layer);
  const one = activation === 'tanh' ? TANH_INPUT_ONE : 1 / state.scale;
  const gates = quantizeGates(
    // Gates round down: half a step more in the bias makes that nearest where nothing finer follows.
    directions.map((direction) =>
      realGates(layer, direction, one, activation === 'relu' ? state.scale / 2 : 0, context),
    ),
    input.features,
    { input: operandOf(input.buffer, context), state: state.scale },
    context,
  );
  const shape: Shape = { layer, gates, widened: widenedBits(layer) };
  const joins = gateSymbols(gates);
  return {
    state,
    uses:
      activation === 'tanh'
        ? {
            activations: ['tanhQ15'],
            gates: joins,
            ...(shape.widened > 0 ? { fixed: ['roundShift32'] } : {}),
          }
        : { gates: joins, fixed: ['saturate16'] },
    scratch: [],
    constants: activation === 'tanh' ? [tanhBlock, ...(context.profile === 'host' ? [chordBlock] : [])] : [],
    directions: directions.map((direction): QuantizedCell => ({
      passes: [passOf(shape, direction, context.name)],
      proofs: proveGates(
        layer.name,
        `rnn ${direction.name}`,
        gates,
        direction.index,
        (row) => `unit ${row}`,
        activation === 'tanh' ? undefined : 0,
      ),
      start: () => integerCell(shape, direction),
    })),
  };
}

interface Shape {
  layer: RnnLayer;
  gates: Gates;
  widened: number;
}

function realGates(
  layer: RnnLayer,
  direction: Direction,
  one: number,
  raise: number,
  { compensationOf }: QuantizeContext,
): RealGate[] {
  const rowAt = realRows(layer, direction, 1);
  const rounding = compensationOf(direction.index);
  return Array.from({ length: layer.hidden }, (_, u) => {
    const row = rowAt(0, u);
    return { ...row, bias: row.bias + raise, one, rounding };
  });
}

function passOf({ layer, gates, widened }: Shape, direction: Direction, name: string): Pass {
  const { activation } = layer;
  const rows = gates.rows[direction.index];
  return {
    ...stepOf(layer, gates, name, LANES),
    walks: [{ name: 'next', bytes: 2 }],
    ...(activation === 'tanh' ? { vector: vectorTail(gates, widened) } : {}),
    turn: (lanes) =>
      gateTurn(
        ['a', 'b', 'c', 'd'].slice(0, lanes).map((sum, l) => ({ name: sum, row: (unit) => rows[unit + l] })),
        gates,
        ({ value }) =>
          ['a', 'b', 'c', 'd']
            .slice(0, lanes)
            .map(
              (sum, l) =>
                `store<i16>(next, ${activated(activation, value(sum), widened)}${l > 0 ? `, ${2 * l}` : ''});`,
            ),
      ),
  };
}

const vectorTail = (gates: Gates, widened: number): VectorTail => ({
  uses: { 'host-gates': [squashSymbol(gates)], 'host-rnn': ['states'] },
  call: (where) => {
    const { line, values } = squashed(where.units, gates, where);
    return [line, `states(${where.units}, ${values}, next, ${widened});`];
  },
});

function activated(activation: RnnLayer['activation'], z: string, widened: number): string {
  if (activation === 'relu') return `max(saturate16(${z}), 0)`;
  const h = `tanhQ15(${z}, ${TABLE})`;
  return widened > 0 ? `roundShift32(${h}, ${widened})` : h;
}

function integerCell({ layer, gates, widened }: Shape, direction: Direction): IntegerCell {
  const rows = gates.rows[direction.index];
  const next = new Int16Array(layer.hidden);
  const half = (1 << widened) >> 1;
  return {
    step(x, at, h) {
      rows.forEach((row, u) => {
        const z = gateValue(row, gates, product(row.input, x, at), product(row.state, h, 0));
        next[u] =
          layer.activation === 'relu'
            ? Math.max(0, saturate16(z))
            : (tanhQ15(z, tanhTable) + half) >> widened;
      });
      h.set(next);
    },
  };
}
