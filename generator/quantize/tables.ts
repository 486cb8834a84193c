/**
 * The two function tables of a kernel (docs/numbers.md, section 3) and their exact worst errors, found by trying
 * every input that exists.
 */
import type { Block } from '../emit/program.ts';
import { sigmoidQ15, tanhQ15 } from '../layers/integer/activations.ts';
import { exp2Q15 } from '../layers/integer/exp2.ts';

const Q15 = 32768;

/** tanh(k / 64) in Q15 for k = 0 .. 512; the last entry stands twice. */
export const tanhTable: Int16Array<ArrayBuffer> = Int16Array.from({ length: 514 }, (_, k) =>
  Math.min(32767, Math.round(Q15 * Math.tanh(Math.min(k, 512) / 64))),
);

/** 2^(k / 128) - 1 in Q15 for k = 0 .. 128, to be read unsigned. */
export const exp2Table: Int16Array<ArrayBuffer> = Int16Array.from({ length: 129 }, (_, k) =>
  Math.round(Q15 * (2 ** (k / 128) - 1)),
);

export const tanhBlock: Block = {
  name: 'tanh_table',
  type: 'i16',
  length: tanhTable.length,
  kind: 'constant',
  data: tanhTable,
  note: 'tanh(k / 64) in Q15, k = 0 .. 512, last entry twice',
};

export const exp2Block: Block = {
  name: 'exp2_table',
  type: 'i16',
  length: exp2Table.length,
  kind: 'constant',
  data: exp2Table,
  note: '2^(k / 128) - 1 in Q15, k = 0 .. 128, read unsigned',
};

/** Largest distance between an integer function and the real one over all its inputs. */
export interface TableError {
  function: 'tanh' | 'sigmoid' | 'exp2';
  /** Number of inputs tried: all there are. */
  inputs: number;
  /** In real units; one step of Q15 is 2^-15. For exp2 relative to the mantissa in [1, 2). */
  largest: number;
  /** The input at which it occurs, in real units. */
  at: number;
}

let known: readonly TableError[] | undefined;

/** Errors against float64, ends of the range included: what lies beyond +-8 (tanh) or +-16 (sigmoid) saturates. */
export function tableErrors(): readonly TableError[] {
  return (known ??= [
    worst('tanh', -32768, 32767, 4096, (z) => tanhQ15(z, tanhTable), Math.tanh),
    worst(
      'sigmoid',
      -32768,
      32767,
      2048,
      (z) => sigmoidQ15(z, tanhTable),
      (v) => 1 / (1 + Math.exp(-v)),
    ),
    worst(
      'exp2',
      0,
      65535,
      65536,
      (f) => exp2Q15(f, exp2Table),
      (f) => 2 ** f,
    ),
  ]);
}

function worst(
  name: TableError['function'],
  first: number,
  last: number,
  one: number,
  integer: (input: number) => number,
  real: (input: number) => number,
): TableError {
  const found: TableError = { function: name, inputs: last - first + 1, largest: 0, at: 0 };
  for (let input = first; input <= last; input++) {
    const error = Math.abs(integer(input) / Q15 - real(input / one));
    if (error > found.largest) Object.assign(found, { largest: error, at: input / one });
  }
  return found;
}
