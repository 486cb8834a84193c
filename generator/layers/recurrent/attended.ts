/**
 * A recurrent layer whose sequence only an attention pool reads, and the pool, as one stage: the sequence is never whole.
 *
 * The pool takes rows as they come, in the order of time. A row of a bidirectional layer needs both directions, so the
 * reverse one runs first and its states are kept, half of the sequence; the forward one then hands each state to the pool
 * together with the kept one of the same step. The bits are those of the separate stages, as nothing is added in another
 * order.
 *
 * For long windows the reverse states may be computed twice instead: a first time from the end to the beginning, keeping
 * only what is there at the ends of segments, then segment by segment, each followed by the forward steps that need it.
 *
 *     time          0 ....... S ....... 2S ...... 3S .. T
 *     first         <---------c---------c---------c-----      c: state and cells are kept
 *     segment 0     <---------  then  --------->              kept for one segment: S states
 *     segment 1               <---------  then  --------->
 *
 * A sequence of 8 bits stays what the pool reads: each state is narrowed to a row, and kept as one, while the next step reads its
 * 16 bits.
 */
import type { Block, IntegerMemory } from '../../emit/program.ts';
import type { RecurrentLayer } from '../../graph/network.ts';
import { address, elementBytes } from '../code.ts';
import type { OnlinePool, QuantizeContext, QuantizedLayer, Recomputation } from '../layer-kind.ts';
import type { QuantizedCells } from './cell.ts';
import { directionCode, evenly, move, type DirectionCode } from './direction-code.ts';
import { directionsOf, macsOf } from './directions.ts';

/** Whether rows can go to a pool as they come: in the order of time, and nothing else is asked for. */
export const canBeAttended = (layer: RecurrentLayer): boolean =>
  layer.direction !== 'reverse' &&
  layer.sequence?.steps === layer.input.steps &&
  !layer.last &&
  !(layer.kind === 'lstm' && layer.lastCell);

export function attendedStage(
  layer: RecurrentLayer,
  context: QuantizeContext,
  cells: QuantizedCells,
  alone: QuantizedLayer,
  pool: QuantizedLayer & { online: OnlinePool },
  recomputed?: Recomputation,
): QuantizedLayer {
  const { name, blockOf, droppedBits } = context;
  const { hidden, input } = layer;
  const dropped = droppedBits(layer.sequence!.buffer);
  const inputBytes = elementBytes(droppedBits(input.buffer));
  const [forward, reverse] = directionsOf(layer).map((d) => directionCode(layer, d, context, cells));
  const x = address(blockOf(input.buffer), input.offset, inputBytes);
  const walk: Walk = {
    ...{ name, x, hidden, dropped, pool: pool.online },
    steps: input.steps,
    inputs: input.features,
    stride: inputBytes * input.features,
  };
  const twice = reverse && recomputed && recomputed.segmentSteps < input.steps ? recomputed : undefined;
  const kept = reverse ? keptBlocks(walk, reverse, cells.state.scale, twice) : [];
  const state: Block = {
    name: `${name}_state`,
    type: 'i16',
    length: 2 * hidden,
    kind: 'buffer',
    note: 'h of two steps, taking turns',
    scale: cells.state.scale,
  };
  const row: Block = {
    name: `${name}_row`,
    type: 'i8',
    length: hidden,
    kind: 'buffer',
    note: 'h of the forward direction, for the pool',
    scale: cells.state.scale * 2 ** (dropped ?? 0),
  };
  const body = !reverse
    ? [pool.online.start, ...forwardOnly(walk, forward!), pool.online.finish]
    : twice
      ? reverseTwice(walk, forward!, reverse, twice)
      : [
          ...reverseFirst(walk, reverse),
          pool.online.start,
          ...forwardOver(walk, forward!),
          pool.online.finish,
        ];
  const parts = [forward!, reverse].filter((part) => part !== undefined);
  const sums = parts.find((part) => part.sums)?.sums;
  const blocks = [
    ...cells.constants,
    ...cells.scratch.map(({ block }) => block),
    ...(sums ? [sums] : []),
    state,
    ...(dropped === undefined ? [] : [row]),
    ...kept,
    ...parts.flatMap((part) => part.blocks),
    ...pool.blocks,
  ];
  const sequence = blockOf(layer.sequence!.buffer);
  const outputs = pool.stage.blocks.filter((block) => block !== sequence);
  const extraSteps = twice ? input.steps - twice.segmentSteps : 0;
  return {
    blocks: [...new Set(blocks)],
    stage: {
      name,
      title: `${layer.name}, ${pool.stage.title}`,
      blocks: [...new Set([blockOf(input.buffer), ...outputs, ...blocks.map((block) => block.name)])],
      uses: joined([
        cells.uses,
        ...parts.map((part) => part.uses),
        pool.online.uses,
        { memory: ['zero'], elementwise: ['copy'] },
        ...(dropped === undefined ? [] : [{ narrow: ['narrow'] }]),
      ]),
      functions: forward!.functions,
      body,
      returns: 'void',
      macs: alone.stage.macs + pool.stage.macs,
      ...(twice
        ? {
            recomputed: {
              segmentSteps: twice.segmentSteps,
              macs: (extraSteps * macsOf(layer)) / (2 * input.steps),
              savedBytes: elementBytes(dropped) * input.steps * hidden - bytesOf(kept),
            },
          }
        : {}),
      proofs: [...alone.stage.proofs, ...pool.stage.proofs],
      parallel: layer.parallel,
      run: (memory) => {
        const length = input.steps * directionsOf(layer).length * hidden;
        const whole = dropped === undefined ? new Int16Array(length) : new Int8Array(length);
        const beside = withBlock(memory, sequence, whole);
        alone.stage.run(beside);
        pool.stage.run(beside);
      },
    },
  };
}

interface Walk {
  name: string;
  /** Expression that points to the inputs of step 0. */
  x: string;
  hidden: number;
  steps: number;
  inputs: number;
  /** Bytes from the inputs of a step to those of the next one. */
  stride: number;
  /** Bits that rows for the pool drop; undefined: they are states as they are. */
  dropped?: number;
  pool: OnlinePool;
}

/** Bytes of a row that is kept. */
const rowBytes = ({ hidden, dropped }: Walk): number => elementBytes(dropped) * hidden;

/** What the pool reads of the state that `state` points to: the state, or a row of 8 bits made from it. */
function rowFor({ name, hidden, dropped }: Walk, state: string): { lines: string[]; row: string } {
  if (dropped === undefined) return { lines: [], row: state };
  return { lines: [`narrow(${hidden}, ${state}, $${name}_row, ${dropped});`], row: `$${name}_row` };
}

/** Statements that hand a state to the pool, alone or with the kept row of the same step. */
function attend(walk: Walk, state: string, kept?: string): string[] {
  const { lines, row } = rowFor(walk, state);
  return [...lines, ...walk.pool.attend(row, walk.hidden, kept ?? row, kept === undefined ? 0 : walk.hidden)];
}

const bytesOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { type, length }) => sum + length * (type === 'i16' ? 2 : 1), 0);

/** Bytes of a checkpoint: the state, then the cells. */
function checkpoint({ hidden }: Walk, { cells }: DirectionCode): { stateBytes: number; bytes: number } {
  const stateBytes = evenly(2 * hidden);
  return { stateBytes, bytes: stateBytes + (cells ? evenly(4 * hidden) : 0) };
}

/** The segment length that keeps checkpoints and states of one segment, of `stateBytes` each, smallest together. */
export function segmentStepsFor({ hidden, input, kind }: RecurrentLayer, stateBytes = 2): number {
  const bytes = evenly(2 * hidden) + (kind === 'lstm' ? evenly(4 * hidden) : 0);
  return Math.max(1, Math.round(Math.sqrt((input.steps * bytes) / (stateBytes * hidden))));
}

function keptBlocks(walk: Walk, reverse: DirectionCode, scale: number, twice?: Recomputation): Block[] {
  const { name, steps, hidden, dropped } = walk;
  const rows = twice?.segmentSteps ?? steps;
  const states: Block = {
    name: `${name}_states`,
    type: dropped === undefined ? 'i16' : 'i8',
    length: rows * hidden,
    kind: 'buffer',
    note:
      `${rows} x ${hidden}${dropped === undefined ? '' : ' of 8 bits'}, ` +
      `h of the reverse direction${twice ? ', one segment' : ''}`,
    scale: scale * 2 ** (dropped ?? 0),
  };
  if (!twice) return [states];
  const back: Block = {
    name: `${name}_back`,
    type: 'i16',
    length: 2 * hidden,
    kind: 'buffer',
    note: 'h of two steps of the reverse direction, taking turns',
    scale,
  };
  const segments = Math.ceil(steps / rows);
  const checkpoints: Block = {
    name: `${name}_checkpoints`,
    type: 'i8',
    length: segments * checkpoint(walk, reverse).bytes,
    kind: 'buffer',
    note: `${segments} x h${reverse.cells ? ' and c' : ''} of the reverse direction at the ends of segments`,
  };
  return dropped === undefined ? [states, checkpoints] : [states, back, checkpoints];
}

const inner = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** Swaps the halves of the state block. */
const SWAP = ['const swap = now;', 'now = next;', 'next = swap;'];

const beginInTurns = ({ name, hidden }: Walk, code: DirectionCode): string[] => [
  code.startState(`$${name}_state`),
  ...code.startCells(),
  `let now: usize = $${name}_state;`,
  `let next: usize = ${address(`${name}_state`, hidden)};`,
];

function forwardOnly(walk: Walk, forward: DirectionCode): string[] {
  const { x, steps, inputs, stride, hidden } = walk;
  return [
    `// forward: ${steps} steps, ${inputs} input${inputs > 1 ? 's' : ''}, ${hidden} units; each state goes to the pool`,
    `let x: usize = ${x};`,
    ...beginInTurns(walk, forward),
    `for (let step = 0; step < ${steps}; step++) {`,
    ...inner([
      ...forward.step({ now: 'now', next: 'next' }),
      ...attend(walk, 'next'),
      ...SWAP,
      move('x', stride),
    ]),
    '}',
  ];
}

function reverseFirst(walk: Walk, reverse: DirectionCode): string[] {
  const { name, x, steps, inputs, stride, hidden, dropped } = walk;
  const lastRow = address(`${name}_states`, hidden * (steps - 1), elementBytes(dropped));
  const each = (lines: readonly string[]): string[] => [
    `for (let step = 0; step < ${steps}; step++) {`,
    ...inner([...reverse.step({ now: 'now', next: 'next' }), ...lines, move('x', -stride)]),
    '}',
  ];
  return [
    `// reverse: ${steps} steps, ${inputs} input${inputs > 1 ? 's' : ''}, ${hidden} units; its states are kept`,
    '{',
    ...inner([
      `let x: usize = ${x} + ${stride * (steps - 1)};`,
      ...(dropped === undefined
        ? [
            reverse.startState(`$${name}_state`),
            ...reverse.startCells(),
            `let now: usize = $${name}_state;`,
            `let next: usize = ${lastRow};`,
            ...each(['now = next;', move('next', -2 * hidden)]),
          ]
        : [
            ...beginInTurns(walk, reverse),
            `let kept: usize = ${lastRow};`,
            ...each([`narrow(${hidden}, next, kept, ${dropped});`, move('kept', -hidden), ...SWAP]),
          ]),
    ]),
    '}',
  ];
}

function forwardOver(walk: Walk, forward: DirectionCode): string[] {
  const { name, x, steps } = walk;
  return [
    `// forward: each state goes to the pool with the reverse one of its step`,
    `let x: usize = ${x};`,
    ...beginInTurns(walk, forward),
    `let kept: usize = $${name}_states;`,
    ...forwardSteps(walk, forward, steps),
  ];
}

/** From `x` and `kept` on. `count`: an expression. */
const forwardSteps = (walk: Walk, forward: DirectionCode, count: number | string): string[] => [
  `for (let step = 0; step < ${count}; step++) {`,
  ...inner([
    ...forward.step({ now: 'now', next: 'next' }),
    ...attend(walk, 'next', 'kept'),
    ...SWAP,
    move('kept', rowBytes(walk)),
    move('x', walk.stride),
  ]),
  '}',
];

function reverseTwice(
  walk: Walk,
  forward: DirectionCode,
  reverse: DirectionCode,
  { segmentSteps }: Recomputation,
): string[] {
  const { name, x, steps, inputs, stride, hidden, dropped, pool } = walk;
  const segments = Math.ceil(steps / segmentSteps);
  const lastSteps = steps - (segments - 1) * segmentSteps;
  const { stateBytes, bytes } = checkpoint(walk, reverse);
  const place = (index: number): string =>
    index === 0 ? `$${name}_checkpoints` : `$${name}_checkpoints + ${index * bytes}`;
  const cellsOf = (at: string): string | undefined => (reverse.cells ? `${at} + ${stateBytes}` : undefined);
  return [
    `// reverse, first time: ${steps} steps, ${inputs} input${inputs > 1 ? 's' : ''}, ${hidden} units; kept at the ends of ${segments} segments`,
    '{',
    ...inner([
      `let x: usize = ${x} + ${stride * (steps - 1)};`,
      reverse.startState(place(segments - 1)),
      ...(reverse.cells ? reverse.startCells(cellsOf(place(segments - 1))) : []),
      ...beginInTurns(walk, reverse),
      `let checkpoint: usize = ${place(segments - 2)};`,
      `for (let segment = ${segments - 1}; segment > 0; segment--) {`,
      ...inner([
        `const count = segment == ${segments - 1} ? ${lastSteps} : ${segmentSteps};`,
        'for (let step = 0; step < count; step++) {',
        ...inner([...reverse.step({ now: 'now', next: 'next' }), ...SWAP, move('x', -stride)]),
        '}',
        `copy(${hidden}, now, checkpoint);`,
        ...(reverse.cells ? [`copy(${2 * hidden}, $${reverse.cells.name}, ${cellsOf('checkpoint')});`] : []),
        `checkpoint -= ${bytes};`,
      ]),
      '}',
    ]),
    '}',
    pool.start,
    `let x: usize = ${x};`,
    ...beginInTurns(walk, forward),
    `let checkpoint: usize = ${place(0)};`,
    `for (let segment = 0; segment < ${segments}; segment++) {`,
    ...inner([
      `const count = segment == ${segments - 1} ? ${lastSteps} : ${segmentSteps};`,
      '// reverse, second time',
      `let back: usize = x + ${stride} * (count - 1);`,
      'let before: usize = checkpoint;',
      ...(dropped === undefined
        ? []
        : [`let after: usize = $${name}_back;`, `let spare: usize = ${address(`${name}_back`, hidden)};`]),
      `let kept: usize = $${name}_states + ${rowBytes(walk)} * (count - 1);`,
      'for (let step = 0; step < count; step++) {',
      ...inner([
        ...reverse.step({
          ...{ x: 'back', now: 'before', next: dropped === undefined ? 'kept' : 'after' },
          c: cellsOf('checkpoint'),
        }),
        ...(dropped === undefined
          ? ['before = kept;']
          : [
              `narrow(${hidden}, after, kept, ${dropped});`,
              ...['before = after;', 'after = spare;', 'spare = before;'],
            ]),
        move('kept', -rowBytes(walk)),
        move('back', -stride),
      ]),
      '}',
      '// forward: each state goes to the pool with the reverse one of its step',
      `kept = $${name}_states;`,
      ...forwardSteps(walk, forward, 'count'),
      `checkpoint += ${bytes};`,
    ]),
    '}',
    pool.finish,
  ];
}

function joined(maps: readonly Record<string, string[]>[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const uses of maps)
    for (const [file, names] of Object.entries(uses))
      all[file] = [...new Set([...(all[file] ?? []), ...names])];
  return all;
}

/** The memory of the reference with one more block. */
const withBlock = (memory: IntegerMemory, name: string, cells: Int16Array | Int8Array): IntegerMemory => ({
  i8: (block) => (block === name ? (cells as Int8Array) : memory.i8(block)),
  i16: (block) => (block === name ? (cells as Int16Array) : memory.i16(block)),
  i32: (block) => memory.i32(block),
  i64: (block) => memory.i64(block),
});
