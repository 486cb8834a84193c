/**
 * One stage for a whole recurrent layer: direction after direction, step after step (docs/numbers.md, section 5).
 *
 * A step reads the state before it and writes the state after it. Where the layer writes its sequence with 16 bits, the rows of the
 * sequence are the states; otherwise two halves of a small block take turns, and rows of 8 bits are narrowed from there: what the
 * next step reads keeps its 16 bits (docs/decisions/0130-activations-of-8-bits.md).
 */
import type { Block, IntegerMemory, Stage } from '../../emit/program.ts';
import type { RecurrentLayer, View } from '../../graph/network.ts';
import { multiplier } from '../../quantize/multiplier.ts';
import { address, elementBytes, storedWindow } from '../code.ts';
import { saturate16, multiplyShift } from '../integer/fixed.ts';
import { storeNarrowed } from '../integer/narrow.ts';
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
  const inTurns = takesTurns(layer, context);
  const state = stateBlock(layer, name, cells, inTurns);
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
    ...(writesOf(layer).some((view) => context.droppedBits(view.buffer) !== undefined)
      ? { narrow: ['narrow'] }
      : {}),
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

/** Whether states lie in a block of their own, not in rows of the sequence. */
const takesTurns = ({ sequence }: RecurrentLayer, { droppedBits }: QuantizeContext): boolean =>
  !sequence || droppedBits(sequence.buffer) !== undefined;

/** The state before the first step, beside a sequence; or both halves of the state. */
function stateBlock(
  { hidden }: RecurrentLayer,
  name: string,
  { state }: QuantizedCells,
  inTurns: boolean,
): Block {
  return {
    name: inTurns ? `${name}_state` : `${name}_start`,
    type: 'i16',
    length: inTurns ? 2 * hidden : hidden,
    kind: 'buffer',
    note: inTurns ? 'h of two steps, taking turns' : 'h before the first step',
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
  const { blockOf, formatOf, droppedBits } = context;
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
  const [inputBytes, rowDrops] = [
    elementBytes(droppedBits(input.buffer)),
    sequence && droppedBits(sequence.buffer),
  ];
  const rowBytes = elementBytes(rowDrops);
  const toLastCell = lastCell && multiplier(2 ** -cells.cellBits! / formatOf(lastCell.buffer).scale);
  const padding = sequence ? (sequence.steps - steps) * width : 0;
  // Beside a sequence of 16 bits the state before the first step is read where it lies.
  const inTurns = takesTurns(layer, context);
  const start = !inTurns && code.initial.state ? code.initial.state.name : state.name;
  const finalState = inTurns
    ? address(state.name, (steps & 1) * hidden)
    : address(y!.block, y!.start + (steps - 1) * y!.stride);
  const toLast = (view: View): string => {
    const drops = droppedBits(view.buffer);
    const place = address(blockOf(view.buffer), view.offset + index * hidden, elementBytes(drops));
    return drops === undefined
      ? `copy(${hidden}, ${finalState}, ${place});`
      : `narrow(${hidden}, ${finalState}, ${place}, ${drops});`;
  };
  const body = [
    `// ${direction.name}: ${steps} steps, ${features} input${features > 1 ? 's' : ''}, ${hidden} units`,
    '{',
    ...[
      `let x: usize = ${address(x.block, x.start, inputBytes)};`,
      ...(start === state.name ? [code.startState(`$${state.name}`)] : []),
      ...code.startCells(),
      `let now: usize = $${start};`,
      `let next: usize = ${inTurns ? address(state.name, hidden) : address(y!.block, y!.start)};`,
      ...(rowDrops === undefined ? [] : [`let row: usize = ${address(y!.block, y!.start, 1)};`]),
      `for (let step = 0; step < ${steps}; step++) {`,
      ...code.step({ now: 'now', next: 'next' }).map((line) => `  ${line}`),
      ...(rowDrops === undefined
        ? []
        : [`  narrow(${hidden}, next, row, ${rowDrops});`, `  ${move('row', y!.stride)}`]),
      ...(inTurns
        ? ['  const swap = now;', '  now = next;', '  next = swap;']
        : ['  now = next;', `  ${move('next', 2 * y!.stride)}`]),
      `  ${move('x', inputBytes * x.stride)}`,
      '}',
      ...(last ? [toLast(last)] : []),
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
          `for (let k: usize = 0; k < ${rowBytes * padding}; k += ${rowBytes}) ` +
            `store<i${8 * rowBytes}>(${address(y!.block, sequence!.offset + steps * width, rowBytes)} + k, 0);`,
        ]
      : []),
  ];

  const { initial } = code;
  return {
    ...code,
    body,
    run(memory) {
      const inputs = inputBytes === 1 ? memory.i8(x.block) : memory.i16(x.block);
      const outputs = y && (rowBytes === 1 ? memory.i8(y.block) : memory.i16(y.block));
      const h = Int16Array.from(initial.state?.data ?? new Int16Array(hidden));
      const running = cells.directions[index]!.start();
      for (let t = 0; t < steps; t++) {
        running.step(inputs, x.start + t * x.stride, h);
        const at = y && y.start + t * y.stride;
        if (outputs) storeNarrowed(outputs.subarray(at, at! + hidden), h, rowDrops);
      }
      if (padding > 0) {
        const end = sequence!.offset + steps * width;
        outputs!.fill(0, end, end + padding);
      }
      if (last) {
        const drops = droppedBits(last.buffer);
        const own = { ...last, offset: last.offset + index * hidden, features: hidden };
        storeNarrowed(storedWindow(memory, blockOf(last.buffer), own, drops), h, drops);
      }
      if (lastCell)
        memory.i16(blockOf(lastCell.buffer)).set(
          running.cells!.map((c) => saturate16(multiplyShift(c, toLastCell!.m, toLastCell!.shift))),
          lastCell.offset + index * hidden,
        );
    },
  };
}
