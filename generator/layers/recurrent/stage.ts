/**
 * One stage for a whole recurrent layer: direction after direction, step after step (docs/numbers.md, section 5).
 *
 * A step reads the state before it and writes the state after it. Where the layer writes its sequence, the rows of the
 * sequence are the states; otherwise two halves of a small block take turns.
 */
import type { Block, IntegerMemory, Stage } from '../../emit/program.ts';
import type { RecurrentLayer } from '../../graph/network.ts';
import { multiplier } from '../../quantize/multiplier.ts';
import { address } from '../code.ts';
import { saturate16, multiplyShift } from '../integer/fixed.ts';
import type { QuantizeContext, QuantizedLayer } from '../layer-kind.ts';
import { attendedStage, canBeAttended } from './attended.ts';
import type { QuantizedCells } from './cell.ts';
import { directionsOf, macsOf, walkOf, writesOf, type Direction } from './directions.ts';
import { directionCode, move, type DirectionCode } from './direction-code.ts';

export function recurrentStage(
  layer: RecurrentLayer,
  context: QuantizeContext,
  cells: QuantizedCells,
): QuantizedLayer {
  const { name } = context;
  const state = stateBlock(layer, name, cells);
  const parts = directionsOf(layer).map((direction) =>
    directionPart(layer, direction, context, cells, state),
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
  const alone = { blocks, stage };
  if (!canBeAttended(layer)) return alone;
  return {
    ...alone,
    attended: (pool, recomputed) => attendedStage(layer, context, cells, alone, pool, recomputed),
  };
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

interface Part extends Pick<DirectionCode, 'blocks' | 'sums' | 'uses' | 'functions'> {
  body: string[];
  run(memory: IntegerMemory): void;
}

function directionPart(
  layer: RecurrentLayer,
  direction: Direction,
  context: QuantizeContext,
  cells: QuantizedCells,
  state: Block,
): Part {
  const { blockOf, formatOf } = context;
  const { input, sequence, last, hidden } = layer;
  const { steps, features } = input;
  const lastCell = layer.kind === 'lstm' ? layer.lastCell : undefined;
  const { index } = direction;
  const width = directionsOf(layer).length * hidden;
  const x = { block: blockOf(input.buffer), ...walkOf(direction, steps, input.offset, features) };
  const y = sequence && {
    block: blockOf(sequence.buffer),
    ...walkOf(direction, steps, sequence.offset + index * hidden, width),
  };
  const code = directionCode(layer, direction, context, cells);
  const toLastCell = lastCell && multiplier(2 ** -cells.cellBits! / formatOf(lastCell.buffer).scale);
  const padding = sequence ? (sequence.steps - steps) * width : 0;
  // Beside a sequence the state before the first step is read where it lies.
  const start = y && code.initial.state ? code.initial.state.name : state.name;
  const finalState = y
    ? address(y.block, y.start + (steps - 1) * y.stride)
    : address(state.name, (steps & 1) * hidden);
  const body = [
    `// ${direction.name}: ${steps} steps, ${features} input${features > 1 ? 's' : ''}, ${hidden} units`,
    '{',
    ...[
      `let x: usize = ${address(x.block, x.start)};`,
      ...(start === state.name ? [code.startState(`$${state.name}`)] : []),
      ...code.startCells(),
      `let now: usize = $${start};`,
      `let next: usize = ${y ? address(y.block, y.start) : address(state.name, hidden)};`,
      `for (let step = 0; step < ${steps}; step++) {`,
      ...code.step({ now: 'now', next: 'next' }).map((line) => `  ${line}`),
      ...(y
        ? ['  now = next;', `  ${move('next', 2 * y.stride)}`]
        : ['  const swap = now;', '  now = next;', '  next = swap;']),
      `  ${move('x', 2 * x.stride)}`,
      '}',
      ...(last
        ? [`copy(${hidden}, ${finalState}, ${address(blockOf(last.buffer), last.offset + index * hidden)});`]
        : []),
      ...(lastCell
        ? [
            `finalCells(${hidden}, $${code.cells!.name}, ` +
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

  const { initial } = code;
  return {
    ...code,
    body,
    run(memory) {
      const inputs = memory.i16(x.block);
      const outputs = y && memory.i16(y.block);
      const h = Int16Array.from(initial.state?.data ?? new Int16Array(hidden));
      const running = cells.directions[index]!.start();
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
