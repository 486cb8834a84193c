/** What both ways to run a direction share: its constants, and the statements of one step. */
import type { Block, StageFunction } from '../../emit/program.ts';
import { shapePass } from '../../emit/shape-pass.ts';
import type { RecurrentLayer } from '../../graph/network.ts';
import type { QuantizeContext } from '../layer-kind.ts';
import type { QuantizedCells } from './cell.ts';
import { directionsOf, type Direction } from './directions.ts';
import { quantizedCells } from './lstm-cell.ts';
import { toState } from './state.ts';

export interface DirectionCode {
  /** Records, words, and what is there before the first step. */
  blocks: Block[];
  /** Scratch of the host profile. */
  sums?: Block;
  uses: Record<string, string[]>;
  /** The same ones for both directions. */
  functions: StageFunction[];
  /** Cells of an LSTM. */
  cells?: Block;
  initial: { state?: Block & { data: Int16Array }; cells?: Block };
  /** One step: expressions that point to its inputs, the state before it, the state after it, and the cells. */
  step(at: { x?: string; now: string; next: string; c?: string }): string[];
  /** Puts the cells before the first step to `place`. */
  startCells(place?: string): string[];
  /** Puts the state before the first step to `place`. */
  startState(place: string): string;
}

export function directionCode(
  layer: RecurrentLayer,
  direction: Direction,
  { name, profile }: QuantizeContext,
  cells: QuantizedCells,
): DirectionCode {
  const { hidden } = layer;
  const own = directionsOf(layer).length > 1 ? `${name}_${direction.name}` : name;
  const initial = initialBlocks(layer, direction, own, cells);
  const { passes } = cells.directions[direction.index]!;
  const shaped = passes.map((pass) => ({ pass, ...shapePass(pass, profile) }));
  const records = shaped.map(({ records: data }, p): Block => ({
    name: `${own}_${p === 0 ? 'units' : 'candidates'}`,
    type: 'i8',
    length: data.length,
    kind: 'constant',
    data,
    note: 'unit by unit: biases, multipliers, weights of inputs, weights of states',
  }));
  const words = shaped.flatMap((shape) => [...shape.words].map(([word, value]) => wordBlock(word, value)));
  const mostSums = Math.max(...shaped.map((shape) => shape.sums ?? 0));
  const cellBlock = cells.scratch.find(({ parameter }) => parameter === 'c')?.block;
  return {
    blocks: [...records, ...words, ...Object.values(initial).filter((block) => block !== undefined)],
    sums:
      mostSums > 0
        ? { name: `${name}_sums`, type: 'i32', length: mostSums, kind: 'buffer', note: 'sums of one step' }
        : undefined,
    uses: Object.assign({}, ...shaped.map((shape) => shape.uses)),
    functions: shaped.map(({ pass, lines }) => ({ name: pass.name, lines })),
    cells: cellBlock,
    initial,
    step: (at) =>
      shaped.map(({ pass, parameters }, p) => {
        const values = new Map([
          ['x', at.x ?? 'x'],
          ['now', at.now],
          ['next', at.next],
          ['unit', `$${records[p]!.name}`],
          ['sums', `$${name}_sums`],
          ...cells.scratch.map(({ parameter, block }): [string, string] => [
            parameter,
            (parameter === 'c' && at.c) || `$${block.name}`,
          ]),
        ]);
        return `${pass.name}(${parameters.map((parameter) => values.get(parameter)!).join(', ')});`;
      }),
    startCells: (place = cellBlock && `$${cellBlock.name}`) => {
      if (!place) return [];
      return initial.cells
        ? [`copy(${2 * hidden}, $${initial.cells.name}, ${place});`]
        : [`zero(${place}, ${evenly(4 * hidden)});`];
    },
    startState: (place) =>
      initial.state
        ? `copy(${hidden}, $${initial.state.name}, ${place});`
        : `zero(${place}, ${evenly(2 * hidden)});`,
  };
}

/** Moves a pointer of the generated code. */
export const move = (pointer: string, bytes: number): string =>
  bytes < 0 ? `${pointer} -= ${-bytes};` : `${pointer} += ${bytes};`;

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
export const evenly = (bytes: number): number => Math.ceil(bytes / 8) * 8;

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
