/** RNN cells as integers: h = tanh(W x + R h + b), or max(0, ...) in a calibrated format (docs/numbers.md, section 5). */
import type { RnnLayer } from '../../graph/network.ts';
import type { Pass, PassConstant, PassSum } from '../../emit/pass.ts';
import type { Format } from '../../quantize/format.ts';
import { tanhBlock, tanhTable } from '../../quantize/tables.ts';
import { tanhQ15 } from '../integer/activations.ts';
import { saturate16 } from '../integer/fixed.ts';
import { TANH_INPUT_ONE, type QuantizeContext } from '../layer-kind.ts';
import type { IntegerCell, QuantizedCell, QuantizedCells } from './cell.ts';
import { directionsOf, rowsOf, type Direction } from './directions.ts';
import { gateValue, product, proveGates, quantizeGates, type Gates, type RealGate } from './gates.ts';
import { widenedBits } from './state.ts';

/** Units in a turn: four rows share each input. */
const LANES = 4;
const TABLE = `$${tanhBlock.name}`;

/** `state`: the format of what the layer writes. */
export function quantizeRnn(layer: RnnLayer, context: QuantizeContext, state: Format): QuantizedCells {
  const { hidden, input, activation } = layer;
  const directions = directionsOf(layer);
  const one = activation === 'tanh' ? TANH_INPUT_ONE : 1 / state.scale;
  const gates = quantizeGates(
    // Gates round down: half a step more in the bias makes that nearest where nothing finer follows.
    directions.map((direction) =>
      realGates(layer, direction, one, activation === 'relu' ? state.scale / 2 : 0, context),
    ),
    input.features,
    { input: context.formatOf(input.buffer).scale, state: state.scale },
    context,
  );
  const shape: Shape = { layer, gates, widened: widenedBits(layer) };
  const joins = gates.shared ? ['gate'] : ['gateOfBoth', 'part'];
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
    constants: activation === 'tanh' ? [tanhBlock] : [],
    directions: directions.map((direction): QuantizedCell => ({
      passes: [passOf(shape, direction, context.name, hidden)],
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
  const { hidden, input } = layer;
  const inputs = input.features;
  const wx = rowsOf(layer.inputWeights, direction, hidden, inputs);
  const wh = rowsOf(layer.recurrentWeights, direction, hidden, hidden);
  const bias = rowsOf(layer.bias, direction, hidden, 1);
  const rounding = compensationOf(direction.index);
  return Array.from(bias, (b, u) => ({
    input: wx.subarray(u * inputs, (u + 1) * inputs),
    state: wh.subarray(u * hidden, (u + 1) * hidden),
    bias: b + raise,
    one,
    rounding,
  }));
}

function passOf({ layer, gates, widened }: Shape, direction: Direction, name: string, units: number): Pass {
  const { hidden, input, activation } = layer;
  const { shared, shift } = gates;
  const rows = gates.rows[direction.index];
  return {
    name: `${name}_step`,
    title: `One step of ${layer.name}: ${hidden} units, ${input.features} input${input.features > 1 ? 's' : ''}.`,
    units,
    lanes: LANES,
    first: { pointer: 'x', count: input.features, weights: gates.weights.input },
    second: { pointer: 'now', count: hidden, weights: gates.weights.state },
    walks: [{ name: 'next', bytes: 2 }],
    turn: (lanes) => {
      const sum = ['a', 'b', 'c', 'd'].slice(0, lanes);
      const constants = (prefix: string, value: (row: (typeof rows)[0]) => number): PassConstant[] =>
        sum.map((lane, l) => ({ name: `${prefix}_${lane}`, value: (u) => value(rows[u + l]) }));
      const both: PassSum[] = sum.map((lane, l) => ({
        name: lane,
        start: `bias_${lane}`,
        ...(shared ? { first: (u: number) => rows[u + l].input!.weights } : {}),
        second: (u) => rows[u + l].state!.weights,
      }));
      return {
        constants: [
          ...constants('bias', (row) => row.bias),
          ...constants('m', (row) => row.stateMultiplier),
          ...(shared ? [] : constants('mx', (row) => row.inputMultiplier)),
        ],
        sums: shared
          ? both
          : [
              ...sum.map((lane, l) => ({
                name: `${lane}x`,
                first: (u: number) => rows[u + l].input!.weights,
              })),
              ...both,
            ],
        between: shared
          ? undefined
          : (constant) => sum.map((lane) => `const ${lane}X = part(${lane}x, ${constant(`mx_${lane}`)});`),
        after: (constant) =>
          sum.map((lane, l) => {
            const m = constant(`m_${lane}`);
            const z = shared
              ? `gate(${lane}, ${m}, ${shift})`
              : `gateOfBoth(${lane}X, ${lane}, ${m}, ${shift})`;
            return `store<i16>(next, ${activated(activation, z, widened)}${l > 0 ? `, ${2 * l}` : ''});`;
          }),
      };
    },
  };
}

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
