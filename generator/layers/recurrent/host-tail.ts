/** What the vector forms of cells share in the host profile: the call that brings sums of gates through their table. */
import { chordBlock } from '../../emit/profiles/host-chords.ts';
import type { VectorTail } from '../../emit/pass.ts';
import type { Gates } from './gates.ts';

type Where = Parameters<VectorTail['call']>[0];

export const CHORDS = `$${chordBlock.name}`;

/** The symbol of assembly/host-gates.ts. */
export const squashSymbol = ({ shared }: Gates): string => (shared ? 'squash' : 'squashBoth');

/** The statement for `rows` gates, and where their values lie afterwards. */
export function squashed(
  rows: number,
  gates: Gates,
  { sums, multipliers, scratch }: Where,
): { line: string; values: string } {
  const tail = `${gates.shift}, ${CHORDS}, ${scratch});`;
  const { both, first, second } = sums;
  return gates.shared
    ? { line: `squash(${rows}, ${both}, ${multipliers.both}, ${tail}`, values: both! }
    : {
        line: `squashBoth(${rows}, ${first}, ${second}, ${multipliers.first}, ${multipliers.second}, ${tail}`,
        values: second!,
      };
}
