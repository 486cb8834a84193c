/**
 * What every kind of layer brings along: its float meaning, its cost, and its integer form.
 * One kind = one file in this folder and one line in `registry.ts`.
 */
import type { Layer, View } from '../graph/network.ts';
import type { Profile } from '../emit/profile.ts';
import type { Block, Stage } from '../emit/program.ts';
import type { WeightBits } from '../emit/weight-type.ts';
import type { Compensation } from '../quantize/compensation.ts';
import type { Format } from '../quantize/format.ts';

/** Float values by buffer name, [steps * features] each. */
export type FloatBuffers = Readonly<Record<string, Float64Array>>;

export interface LayerKind<L extends Layer = Layer> {
  reads(layer: L): readonly View[];
  writes(layer: L): readonly View[];
  /** Multiply-accumulates of one call: true ones of the model, nothing for padding (there is none). */
  macs(layer: L): number;
  /**
   * The float reference, in float64: reads and writes the buffers. Kinds with weights show `observe` every vector
   * that their rows are multiplied with.
   */
  evaluate(layer: L, buffers: FloatBuffers, observe?: Observe): void;
  /** Lengths of the vectors shown to `observe`, without their final 1, by weight matrix. */
  observed?(layer: L): readonly number[];
  /** What the layer asks of the format of a buffer that it writes. */
  wish(layer: L, formatOf: FormatOf, asked: AskedFormat): FormatWish;
  /** Whether it can read and write this buffer with 8 bits; absent: never. */
  narrows?(layer: L, buffer: string): boolean;
  /** Integer form: constants, scratch, the kernel's code and the reference that gives the same bits. */
  quantize(layer: L, context: QuantizeContext): QuantizedLayer;
}

/** `sample`: the inputs of weight matrix `matrix` and a final 1 for the bias. Reused: do not keep it. */
export type Observe = (matrix: number, sample: Float64Array) => void;

export type FormatOf = (buffer: string) => Format;

/** For which buffer a wish is asked, and what calibration saw. */
export interface AskedFormat {
  buffer: string;
  /** Largest magnitude in a buffer. */
  largestIn(buffer: string): number;
  /** Largest magnitude of each entry of the vectors shown to `observe`. */
  largestShown(matrix: number): ArrayLike<number>;
}

/**
 * fixed: the layer can produce this format only (Q15 of an LSTM, the input's format of a pool).
 * calibrated: the scale comes from the values seen in calibration. It is never finer than `finest`, at which the
 * worst case that the weights allow would leave 32 bits before saturation; it is `widest` / 32767 where
 * calibration saw nothing but zeros. `seen` adds magnitudes that the buffer itself does not show.
 */
export type FormatWish =
  { kind: 'fixed'; format: Format } | { kind: 'calibrated'; finest: number; widest: number; seen?: number };

export interface QuantizeContext {
  /** Name of the stage, unique in the network; blocks of the layer begin with it. */
  name: string;
  /** The format of 16 bits, whatever the buffer keeps of it. */
  formatOf: FormatOf;
  /** How many bits a buffer of 8 bits drops of that format (quantize/narrow.ts); undefined: it has 16. */
  droppedBits(buffer: string): number | undefined;
  /** How to round the rows of weight matrix `matrix`; undefined: to nearest. */
  compensationOf(matrix: number): Compensation | undefined;
  /** Bits of the weights of a matrix, where they were chosen (`tune`); undefined: as the kind of layer has them. */
  bitsOf?(matrix: WeightMatrix): WeightBits | undefined;
  /** Name of the block that holds a buffer. */
  blockOf(buffer: string): string;
  /** For whom the code is shaped. */
  profile: Profile;
}

/** Matrices whose width can be chosen: of a dense layer, and both of a recurrent one. */
export type WeightMatrix = 'weights' | 'input' | 'recurrent';

export interface QuantizedLayer {
  /** Constants and scratch of this layer. Tables that layers share come with each of them. */
  blocks: Block[];
  stage: Stage;
  /** A pool over time that can take its rows as they come. */
  online?: OnlinePool;
  /** A recurrent layer that can hand its rows to such a pool instead of keeping them: see recurrent/attended.ts. */
  attended?(pool: QuantizedLayer & { online: OnlinePool }, recomputed?: Recomputation): QuantizedLayer;
}

/** Statements of a pool that reads one row a step, in the order of time. */
export interface OnlinePool {
  uses: Record<string, string[]>;
  start: string;
  /** The row is [a, b], expressions that point to values as the pool's input has them; b may have none. */
  attend(a: string, aCount: number, b: string, bCount: number): string[];
  finish: string;
}

/** States of the reverse direction are kept for so many steps at a time, and computed twice. */
export interface Recomputation {
  segmentSteps: number;
}

/** Real value of one step of a Q15 number. */
export const Q15: Format = { type: 'i16', scale: 1 / 32768 };
/** Steps to 1 in the formats that tanh and sigmoid take: Q16 (ends at -8 .. 8) and Q15 (ends at -16 .. 16). */
export const TANH_INPUT_ONE = 65536;
export const SIGMOID_INPUT_ONE = 32768;
/** What the table adds to its input: sums that go there must leave this much room in 32 bits. */
export const TABLE_OFFSET = 2 ** 19;
