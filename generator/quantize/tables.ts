/**
 * The two function tables of a kernel (docs/numbers.md, section 3) and their exact worst errors, found by trying
 * every input that exists.
 */
import type { TableError } from '../../kernel/evidence.ts';
import type { Block } from '../emit/program.ts';
import { tanhQ15 } from '../layers/integer/activations.ts';
import { exp2Q15 } from '../layers/integer/exp2.ts';

const Q15 = 32768;

const NODES_PER_UNIT = 32;

/**
 * Nodes of tanh at (k - 256) / 32. Between nodes h apart a chord misses the curve by up to h^2 |tanh''| / 8, on one side;
 * nodes moved outward by half of that miss by half as much on either side. Rounded up, because interpolation rounds down.
 */
export const tanhTable: Int16Array<ArrayBuffer> = Int16Array.from({ length: 513 }, (_, k) => {
  const t = Math.tanh((k - 256) / NODES_PER_UNIT);
  const balanced = t + (t * (1 - t * t)) / (8 * NODES_PER_UNIT ** 2);
  return Math.max(-32767, Math.min(32767, Math.ceil(Q15 * balanced)));
});

/** 2^(k / 128) - 1 in Q15 for k = 0 .. 128, to be read unsigned. */
export const exp2Table: Int16Array<ArrayBuffer> = Int16Array.from({ length: 129 }, (_, k) =>
  Math.round(Q15 * (2 ** (k / 128) - 1)),
);

/** The chords that a kernel keeps: all that rise, and a flat one at either end, which serves all beyond it. */
const CHORDS = { first: 76, count: 352 };

/** Low end and rise of each chord, side by side. */
const tanhChords = Int16Array.from({ length: 2 * CHORDS.count }, (_, k) => {
  const low = CHORDS.first + (k >> 1);
  return k & 1 ? tanhTable[low + 1]! - tanhTable[low]! : tanhTable[low]!;
});

export const tanhBlock: Block = {
  name: 'tanh_table',
  type: 'i16',
  length: tanhChords.length,
  kind: 'constant',
  data: tanhChords,
  note: 'tanh((k - 256) / 32) in Q15 and its rise to the next one, k = 76 .. 427',
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
let known: readonly TableError[] | undefined;

/** Errors against float64 over every input there is; what lies beyond +-8 (tanh) or +-16 (sigmoid) gives what the ends give. */
export function tableErrors(): readonly TableError[] {
  return (known ??= [...squashErrors(), exp2Error()]);
}

/**
 * tanh over Q16 from -8 to 8; sigmoid(v) = (1 + tanh(v / 2)) / 2 in both worlds, so its error is half of that of
 * tanh at v / 2.
 */
function squashErrors(): TableError[] {
  const tanh = worst('tanh', -524288, 524287, 65536, (z) => tanhQ15(z, tanhTable) / Q15, Math.tanh);
  return [tanh, { ...tanh, function: 'sigmoid', largest: tanh.largest / 2, at: tanh.at * 2 }];
}

const exp2Error = (): TableError =>
  worst(
    'exp2',
    0,
    65535,
    65536,
    (f) => exp2Q15(f, exp2Table) / Q15,
    (f) => 2 ** f,
  );

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
    const error = Math.abs(integer(input) - real(input / one));
    if (error > found.largest) Object.assign(found, { largest: error, at: input / one });
  }
  return found;
}
