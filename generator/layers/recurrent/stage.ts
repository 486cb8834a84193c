/**
 * One stage for a whole recurrent layer: direction after direction, step after step (docs/numbers.md, section 5).
 *
 * A step reads the state before it and writes the state after it. Where the layer writes its sequence, the rows of the
 * sequence are the states; otherwise two halves of a small block take turns.
 */
import type { Block, IntegerMemory, Stage, StageFunction } from '../../emit/program.ts';
import { shapePass } from '../../emit/shape-pass.ts';
import type { RecurrentLayer } from '../../graph/network.ts';
import { multiplier } from '../../quantize/multiplier.ts';
import { address } from '../code.ts';
import { saturate16, multiplyShift } from '../integer/fixed.ts';
import type { QuantizeContext, QuantizedLayer } from '../layer-kind.ts';
import type { QuantizedCell, QuantizedCells } from './cell.ts';
import { directionsOf, macsOf, walkOf, writesOf, type Direction } from './directions.ts';
import { quantizedCells } from './lstm-cell.ts';
import { toState } from './state.ts';

export function recurrentStage(
  layer: RecurrentLayer,
  context: QuantizeContext,
  cells: QuantizedCells,
): QuantizedLayer {
  const { name } = context;
  const state = stateBlock(layer, name, cells);
  const parts = directionsOf(layer).map((direction, d) =>
    directionPart(layer, direction, context, cells, cells.directions[d]!, state),
  );
  const sums = parts.find((part) => part.sums)?.sums;
  const shared = [
    ...cells.constants,
    ...cells.scratch.map(({ block }) => block),
    ...(sums ? [sums] : []),
    state,
  ];
  const blocks = [...new Set([...shared, ...parts.flatMap((part) => part.blocks)])];
  const buffers = [layer.input, ...writesOf(layer)].map((view) => context.blockOf(view.buffer));
  const uses: Record<string, string[]> = {
    ...cells.uses,
    ...parts[0].uses,
    memory: ['zero'],
    elementwise: ['copy'],
    ...(layer.kind === 'lstm' && layer.lastCell ? { lstm: [...cells.uses.lstm, 'finalCells'] } : {}),
  };
  const stage: Stage = {
    name,
    title: layer.name,
    blocks: [...new Set([...buffers, ...blocks.map((b) => b.name)])],
    uses,
    functions: parts[0].functions,
    body: parts.flatMap((part) => part.body),
    returns: 'void',
    macs: macsOf(layer),
    proofs: cells.directions.flatMap((cell) => cell.proofs),
    parallel: layer.parallel,
    run: (memory) => parts.forEach((part) => part.run(memory)),
  };
  return { blocks, stage };
}

/** The state before the first step, beside a sequence; or both halves of the state. */
function stateBlock(layer: RecurrentLayer, name: string, { state }: QuantizedCells): Block {
  const { hidden, sequence } = layer;
  return {
    name: sequence ? `${name}_start` : `${name}_state`,
    type: 'i16',
    length: sequence ? hidden : 2 * hidden,
    kind: 'buffer',
    note: sequence ? 'h before the first step' : 'h of two steps, taking turns',
    scale: state.scale,
  };
}

interface Part {
  blocks: Block[];
  /** Scratch of the host profile. */
  sums?: Block;
  uses: Record<string, string[]>;
  functions: StageFunction[];
  body: string[];
  run(memory: IntegerMemory): void;
}

function directionPart(
  layer: RecurrentLayer,
  direction: Direction,
  { name, blockOf, formatOf, profile }: QuantizeContext,
  cells: QuantizedCells,
  cell: QuantizedCell,
  state: Block,
): Part {
  const { input, sequence, last, hidden } = layer;
  const { steps, features } = input;
  const lastCell = layer.kind === 'lstm' ? layer.lastCell : undefined;
  const { index } = direction;
  const own = layer.direction === 'bidirectional' ? `${name}_${direction.name}` : name;
  const width = directionsOf(layer).length * hidden;
  const x = { block: blockOf(input.buffer), ...walkOf(direction, steps, input.offset, features) };
  const y = sequence && {
    block: blockOf(sequence.buffer),
    ...walkOf(direction, steps, sequence.offset + index * hidden, width),
  };
  const initial = initialBlocks(layer, direction, own, cells);
  const shaped = cell.passes.map((pass) => ({ pass, ...shapePass(pass, profile) }));
  const records = shaped.map(({ records: data }, p): Block => ({
    name: `${own}_${p === 0 ? 'units' : 'candidates'}`,
    type: 'i8',
    length: data.length,
    kind: 'constant',
    data,
    note: 'unit by unit: biases, multipliers, weights of inputs, weights of states',
  }));
  const mostSums = Math.max(...shaped.map((shape) => shape.sums ?? 0));
  const sums: Block | undefined =
    mostSums > 0
      ? { name: `${name}_sums`, type: 'i32', length: mostSums, kind: 'buffer', note: 'sums of one step' }
      : undefined;
  const words = shaped.flatMap((shape) => [...shape.words].map(([word, value]) => wordBlock(word, value)));
  const cellBlock = cells.scratch.find(({ parameter }) => parameter === 'c')?.block;
  const toLastCell = lastCell && multiplier(2 ** -cells.cellBits! / formatOf(lastCell.buffer).scale);
  const padding = sequence ? (sequence.steps - steps) * width : 0;

  const step = (now: string, next: string): string[] =>
    shaped.map(({ pass, parameters }, p) => {
      const values = new Map([
        ['x', 'x'],
        ['now', now],
        ['next', next],
        ['unit', `$${records[p].name}`],
        ['sums', `$${name}_sums`],
        ...cells.scratch.map(({ parameter, block }): [string, string] => [parameter, `$${block.name}`]),
      ]);
      return `${pass.name}(${parameters.map((parameter) => values.get(parameter)!).join(', ')});`;
    });
  const move = (pointer: string, bytes: number): string =>
    bytes < 0 ? `${pointer} -= ${-bytes};` : `${pointer} += ${bytes};`;
  const start = initial.state ? `$${initial.state.name}` : `$${state.name}`;
  const copied = (count: number, from: string, to: string): string => `copy(${count}, ${from}, ${to});`;
  const finalState = y
    ? address(y.block, y.start + (steps - 1) * y.stride)
    : address(state.name, (steps & 1) * hidden);
  const body = [
    `// ${direction.name}: ${steps} steps, ${features} inputs, ${hidden} units`,
    '{',
    ...[
      `let x: usize = ${address(x.block, x.start)};`,
      ...(initial.state
        ? y
          ? []
          : [copied(hidden, start, `$${state.name}`)]
        : [`zero($${state.name}, ${evenly(2 * hidden)});`]),
      ...(cellBlock
        ? [
            initial.cells
              ? copied(2 * hidden, `$${initial.cells.name}`, `$${cellBlock.name}`)
              : `zero($${cellBlock.name}, ${evenly(4 * hidden)});`,
          ]
        : []),
      `let now: usize = ${y ? start : `$${state.name}`};`,
      `let next: usize = ${y ? address(y.block, y.start) : address(state.name, hidden)};`,
      `for (let step = 0; step < ${steps}; step++) {`,
      ...step('now', 'next').map((line) => `  ${line}`),
      ...(y
        ? ['  now = next;', `  ${move('next', 2 * y.stride)}`]
        : ['  const swap = now;', '  now = next;', '  next = swap;']),
      `  ${move('x', 2 * x.stride)}`,
      '}',
      ...(last
        ? [copied(hidden, finalState, address(blockOf(last.buffer), last.offset + index * hidden))]
        : []),
      ...(lastCell
        ? [
            `finalCells(${hidden}, $${cellBlock!.name}, ` +
              `${address(blockOf(lastCell.buffer), lastCell.offset + index * hidden)}, ` +
              `${toLastCell!.m}, ${toLastCell!.shift});`,
          ]
        : []),
    ].map((line) => `  ${line}`),
    '}',
    ...(padding > 0 && index === 0
      ? [
          `// rows behind the end of the sequence`,
          `for (let k: usize = 0; k < ${2 * padding}; k += 2) store<i16>(${address(y!.block, sequence!.offset + steps * width)} + k, 0);`,
        ]
      : []),
  ];

  return {
    sums,
    uses: Object.assign({}, ...shaped.map((shape) => shape.uses)),
    blocks: [...records, ...words, ...Object.values(initial).filter((block) => block !== undefined)],
    functions: shaped.map(({ pass, lines }) => ({ name: pass.name, lines })),
    body,
    run(memory) {
      const inputs = memory.i16(x.block);
      const outputs = y && memory.i16(y.block);
      const h = Int16Array.from(initial.state?.data ?? new Int16Array(hidden));
      const running = cell.start();
      for (let t = 0; t < steps; t++) {
        running.step(inputs, x.start + t * x.stride, h);
        outputs?.set(h, y!.start + t * y!.stride);
      }
      if (padding > 0) {
        const end = sequence!.offset + steps * width;
        outputs!.fill(0, end, end + padding);
      }
      if (last) memory.i16(blockOf(last.buffer)).set(h, last.offset + index * hidden);
      if (lastCell)
        memory.i16(blockOf(lastCell.buffer)).set(
          running.cells!.map((c) => saturate16(multiplyShift(c, toLastCell!.m, toLastCell!.shift))),
          lastCell.offset + index * hidden,
        );
    },
  };
}

/** What the state and the cells are before the first step, where that is not zero. */
function initialBlocks(
  layer: RecurrentLayer,
  { index }: Direction,
  name: string,
  { state, cellBits }: QuantizedCells,
): { state?: Block & { data: Int16Array }; cells?: Block } {
  const { hidden, initialHidden } = layer;
  const initialCell = layer.kind === 'lstm' ? layer.initialCell : undefined;
  const own = (values: Float64Array): Float64Array => values.subarray(index * hidden, (index + 1) * hidden);
  return {
    state: initialHidden && {
      name: `${name}_initial`,
      type: 'i16',
      length: hidden,
      kind: 'constant',
      data: toState(own(initialHidden), state),
      note: 'h before the first step',
      scale: state.scale,
    },
    cells: initialCell && {
      name: `${name}_initial_cells`,
      type: 'i32',
      length: hidden,
      kind: 'constant',
      data: quantizedCells(own(initialCell), hidden, cellBits!),
      note: 'c before the first step',
      scale: 2 ** -cellBits!,
    },
  };
}

/** `zero` clears multiples of eight bytes; blocks begin at multiples of eight, so nothing else lies in between. */
const evenly = (bytes: number): number => Math.ceil(bytes / 8) * 8;

const words = new Map<string, Block>();

/** The same block each time, so that a program holds it once. */
function wordBlock(name: string, value: number): Block {
  let block = words.get(name);
  if (!block)
    words.set(
      name,
      (block = {
        name,
        type: 'i32',
        length: 1,
        kind: 'constant',
        data: Int32Array.of(value),
        note: `where turns begin; read from memory, so that compilers leave groups of inputs apart`,
      }),
    );
  return block;
}
