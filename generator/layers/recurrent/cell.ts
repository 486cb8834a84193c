/** What the kinds of recurrent cells give to the stage that runs them over the steps. */
import type { Block } from '../../emit/program.ts';
import type { Pass } from '../../emit/pass.ts';
import type { Format } from '../../quantize/format.ts';
import type { AccumulatorProof } from '../../../kernel/evidence.ts';

export interface QuantizedCells {
  /** Format of the state: what the layer writes. */
  state: Format;
  /** Symbols that the passes use from the AssemblyScript library. */
  uses: Record<string, string[]>;
  /** Tables and scratch that both directions share; names are those of the pass parameters that point to them. */
  scratch: { parameter: string; block: Block }[];
  /** Tables. */
  constants: Block[];
  /** One a direction. */
  directions: QuantizedCell[];
  /** Fraction bits of an LSTM's cells, which `scratch` holds under the parameter `c`. */
  cellBits?: number;
}

export interface QuantizedCell {
  /** In order; all directions of a layer have the same ones, up to the records. */
  passes: Pass[];
  proofs: AccumulatorProof[];
  /** A fresh cell of the integer reference. */
  start(): IntegerCell;
}

export interface IntegerCell {
  /** x: inputs of one step from `at` on; h: the state, which is replaced. */
  step(x: Int16Array | Int8Array, at: number, h: Int16Array): void;
  /** Cells of an LSTM. */
  cells?: Int32Array;
}
