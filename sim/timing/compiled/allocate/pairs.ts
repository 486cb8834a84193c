/**
 * Values of 64 bits that are one pseudo-register in gcc. Most fall apart into words before registers are given out (lower-subreg.cc), but not what an instruction takes whole: the volatile asm behind a
 * load of 64 bits does, and with it each variable that the load goes to. Such a value needs two registers in a row, or none.
 */
import type { Machine, MachineCode } from '../machine.ts';
import { firstSaved, registersInAll } from './registers.ts';

/** The colours of r0 to r12 and lr in the order of their numbers; the stack pointer is between the last two. */
const byNumber = [0, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 4];

/** The register behind each one, -1 for none. */
export const following: readonly number[] = Array.from({ length: registersInAll }, (_, r) =>
  byNumber.includes(r) ? (byNumber[byNumber.indexOf(r) + 1] ?? -1) : -1,
);

/** The register in front of each one, -1 for none. */
export const preceding: readonly number[] = Array.from({ length: registersInAll }, (_, r) =>
  following.indexOf(r),
);

/** Whether a call changes a register or the one behind it. */
export const losesPair = (register: number): boolean =>
  register < firstSaved || (following[register]! >= 0 && following[register]! < firstSaved);

/** Pairs under new names. What became part of two different ones is no pair. */
export function renamePairs(
  pairs: ReadonlyMap<number, number>,
  name: (r: number) => number,
): Map<number, number> {
  const highOf = new Map<number, number>();
  const lowOf = new Map<number, number>();
  const mixed = new Set<number>();
  for (const [low, high] of pairs) {
    const [x, y] = [name(low), name(high)];
    const other = (highOf.get(x) ?? y) !== y || (lowOf.get(y) ?? x) !== x;
    if (x === y || other || lowOf.has(x) || highOf.has(y)) mixed.add(x).add(y);
    highOf.set(x, y);
    lowOf.set(y, x);
  }
  return new Map([...highOf].filter(([low, high]) => !mixed.has(low) && !mixed.has(high)));
}

/**
 * What computes one word of such a value and does not read it leaves the rest as it was, so all of it lives on from before; what moves or loads says first that nothing of it is wanted any more, and what reads
 * the value too is a copy of what was computed elsewhere (df-scan.cc, optabs.cc).
 */
export function keepOtherWords(code: MachineCode): void {
  if (code.pairs.size === 0) return;
  const pairOf = new Map<number, number[]>();
  for (const pair of code.pairs) for (const r of pair) pairOf.set(r, pair);
  for (const b of code.blocks)
    for (const m of b.code) {
      if (clears(m)) continue;
      const changed = m.defs.flatMap((d) => pairOf.get(d) ?? []);
      if (changed.length > 0 && !changed.some((r) => m.uses.includes(r))) m.keeps = changed;
    }
}

const clears = (m: Machine): boolean => ['load', 'move', 'call', 'library'].includes(m.kind);
