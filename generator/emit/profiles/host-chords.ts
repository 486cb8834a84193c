/**
 * The table of tanh as the host profile reads it: what lies between two neighbouring nodes in one load of 32 bits.
 *
 *     rise, lower end of chord 0 | of chord 1 | ...    (i16)
 */
import { tanhTable } from '../../quantize/tables.ts';
import type { Block } from '../program.ts';

const chords = tanhTable.length - 1;

export const chordBlock: Block = {
  name: 'tanh_chords',
  type: 'i16',
  length: 2 * chords,
  kind: 'constant',
  data: Int16Array.from({ length: 2 * chords }, (_, k) => {
    const low = tanhTable[k >> 1]!;
    return k & 1 ? low : tanhTable[(k >> 1) + 1]! - low;
  }),
  note: 'chords of tanh_table: rise and lower end',
};
