/**
 * Instructions under a condition, once registers are given: each is ordered by itself, and an it stands before as many as follow each other in the end
 * (thumb2_final_prescan_insn of gcc's arm.cc).
 */
import { instruction, type Machine } from './machine.ts';

/** What an it of the architecture covers. */
const LONGEST = 4;

/** What an it announces is several instructions to gcc by now, unless it makes a condition of its own or is the unit's. */
export const isSplit = (announced: readonly Machine[]): boolean =>
  announced.every((m) => !m.setsFlags && m.kind !== 'vfp' && m.kind !== 'compare');

/** Puts an it before every run of what `guarded` says runs under the condition in the flags. */
export function announce(code: readonly Machine[], guarded: ReadonlySet<Machine>): Machine[] {
  const result: Machine[] = [];
  for (let i = 0; i < code.length;) {
    let end = i;
    while (end < code.length && end < i + LONGEST && guarded.has(code[end]!)) end++;
    if (end > i) result.push(instruction('if-then', `it x${end - i}`, code[i]!.origin, { wide: 0 }));
    else end = i + 1;
    result.push(...code.slice(i, end));
    i = end;
  }
  return result;
}
