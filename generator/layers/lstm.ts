/** LSTM, forward, reverse or bidirectional: one stage; per direction its own weights, state and scratch. */
import type { Block, IntegerMemory } from '../emit/program.ts';
import type { LstmLayer } from '../graph/network.ts';
import { tanhBlock, tanhTable } from '../quantize/tables.ts';
import { address, call } from './code.ts';
import { lstm as integerLstm } from './integer/lstm.ts';
import { Q15, type LayerKind, type QuantizeContext } from './layer-kind.ts';
import { evaluateLstm } from './lstm-float.ts';
import { lstmRows, type LstmRows } from './lstm-rows.ts';

export const lstm: LayerKind<LstmLayer> = {
  reads: (layer) => [layer.input],
  writes: ({ sequence, last }) => [sequence, last].filter((view) => view !== undefined),
  macs: (layer) =>
    directionsOf(layer).length * layer.input.steps * 4 * layer.hidden * (layer.input.features + layer.hidden),
  observed: (layer) => directionsOf(layer).map(() => layer.input.features + layer.hidden),
  evaluate: evaluateLstm,
  wish: () => ({ kind: 'fixed', format: Q15 }),

  quantize(layer, context) {
    const directions = directionsOf(layer).map((direction) => quantizeDirection(layer, direction, context));
    const { input, sequence, last } = layer;
    const buffers = [input, sequence, last].flatMap((view) => (view ? [context.blockOf(view.buffer)] : []));
    const blocks = [tanhBlock, ...directions.flatMap((d) => d.blocks)];
    return {
      blocks,
      stage: {
        name: context.name,
        title: layer.name,
        blocks: [...new Set([...buffers, ...blocks.map((b) => b.name)])],
        uses: { lstm: ['lstm'], ...(last ? { elementwise: ['copy'] } : {}) },
        body: directions.flatMap((d) => d.body),
        returns: 'void',
        macs: lstm.macs(layer),
        proofs: directions.flatMap((d) => d.rows.proofs),
        parallel: layer.parallel,
        run: (memory) => directions.forEach((d) => d.run(memory)),
      },
    };
  },
};

interface Direction {
  /** Place in the weights and in the output rows: 0 or 1. */
  index: number;
  name: 'forward' | 'reverse';
}

const directionsOf = ({ direction }: LstmLayer): Direction[] =>
  direction === 'bidirectional'
    ? [
        { index: 0, name: 'forward' },
        { index: 1, name: 'reverse' },
      ]
    : [{ index: 0, name: direction }];

interface QuantizedDirection {
  blocks: Block[];
  rows: LstmRows;
  body: string[];
  run(memory: IntegerMemory): void;
}

function quantizeDirection(
  layer: LstmLayer,
  direction: Direction,
  { name: layerName, formatOf, blockOf, compensationOf }: QuantizeContext,
): QuantizedDirection {
  const { input, sequence, last, hidden: units } = layer;
  const { steps, features: inputs } = input;
  const name = layer.direction === 'bidirectional' ? `${layerName}_${direction.name}` : layerName;
  const inputScale = formatOf(input.buffer).scale;
  const compensation = compensationOf(direction.index);
  const rows = lstmRows(layer, direction.index, inputScale, `lstm ${direction.name}`, compensation);
  const { gateShift, cellBits } = rows;
  const block = blocksOf(name, units, inputs, rows);

  // Rows of a step, in elements: where the first step's row starts and how far the next one is.
  const walk = (start: number, width: number) =>
    direction.name === 'forward'
      ? { start, stride: width }
      : { start: start + (steps - 1) * width, stride: -width };
  const rowWidth = (layer.direction === 'bidirectional' ? 2 : 1) * units;
  const from = { block: blockOf(input.buffer), ...walk(input.offset, inputs) };
  const to = sequence && {
    block: blockOf(sequence.buffer),
    ...walk(sequence.offset + direction.index * units, rowWidth),
  };
  const final = last && { block: blockOf(last.buffer), start: last.offset + direction.index * units };
  const finalState = (steps & 1) * units;

  return {
    blocks: Object.values(block),
    rows,
    body: [
      `// ${direction.name}: ${steps} steps, ${inputs} inputs, ${units} units`,
      ...call('lstm', [
        [steps, inputs, units],
        [address(from.block, from.start), 2 * from.stride],
        [`$${block.inputWeights.name}`, `$${block.recurrentWeights.name}`, `$${block.rows.name}`, gateShift],
        [`$${tanhBlock.name}`],
        [`$${block.state.name}`, `$${block.cells.name}`, cellBits, `$${block.sums.name}`],
        to ? [address(to.block, to.start), 2 * to.stride] : [0, 0],
      ]),
      ...(final
        ? [`copy(${units}, ${address(block.state.name, finalState)}, ${address(final.block, final.start)});`]
        : []),
    ],
    run(memory) {
      const state = memory.i16(block.state.name);
      integerLstm({
        steps,
        inputs,
        units,
        input: memory.i16(from.block),
        inputStart: from.start,
        inputStride: from.stride,
        inputWeights: memory.i8(block.inputWeights.name),
        recurrentWeights: memory.i8(block.recurrentWeights.name),
        rows: memory.i32(block.rows.name),
        gateShift,
        table: tanhTable,
        state,
        cells: memory.i32(block.cells.name),
        cellBits,
        sums: memory.i32(block.sums.name),
        sequence: to && { cells: memory.i16(to.block), start: to.start, stride: to.stride },
      });
      if (final) memory.i16(final.block).set(state.subarray(finalState, finalState + units), final.start);
    },
  };
}

function blocksOf(name: string, units: number, inputs: number, rows: LstmRows) {
  return {
    inputWeights: {
      name: `${name}_input_weights`,
      type: 'i8',
      length: rows.inputWeights.length,
      kind: 'constant',
      data: rows.inputWeights,
      note: `[${units} units][${inputs} inputs][gates i o f c]`,
    },
    recurrentWeights: {
      name: `${name}_recurrent_weights`,
      type: 'i8',
      length: rows.recurrentWeights.length,
      kind: 'constant',
      data: rows.recurrentWeights,
      note: `[${units} units][${units} units of the last step][gates i o f c]`,
    },
    rows: {
      name: `${name}_rows`,
      type: 'i32',
      length: rows.rows.length,
      kind: 'constant',
      data: rows.rows,
      note: `[${units} units][input multipliers, recurrent multipliers, biases][gates], / 2^${rows.gateShift}`,
    },
    state: {
      name: `${name}_state`,
      type: 'i16',
      length: 2 * units,
      kind: 'buffer',
      note: `h of two steps, Q15`,
      scale: Q15.scale,
    },
    cells: {
      name: `${name}_cells`,
      type: 'i32',
      length: units,
      kind: 'buffer',
      note: `c, ${rows.cellBits} fraction bits`,
      scale: 2 ** -rows.cellBits,
    },
    sums: {
      name: `${name}_sums`,
      type: 'i32',
      length: 8,
      kind: 'buffer',
      note: 'accumulators of one unit, input part and recurrent part',
    },
  } satisfies Record<string, Block>;
}
