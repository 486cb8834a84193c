/**
 * Cycles of memmove, memcpy and memset, from entry to return, by what they move: newlib 3.3 of Debian 12's bare-metal compiler on the Cortex-M4, glibc 2.36 on
 * the Cortex-A7, each traced over lengths and alignments and timed as the reference is. newlib's memmove goes byte by byte where an address is not aligned or it
 * starts at the end; glibc moves blocks of 64 bytes.
 */
import type { TransferRun } from './ir.ts';

export type CLibrary = 'newlib' | 'glibc';
export type Routine = 'memmove' | 'memcpy' | 'memset';

/** Cycles of a run, and of each byte. */
type Line = readonly [start: number, perByte: number];

interface RoutineCycles {
  /** Runs of less than this many bytes, and their cycles. */
  short: readonly [below: number, ...Line];
  forward: Line;
  forwardUnaligned: Line;
  /** From the end, where the target begins inside the source. */
  backward: Line;
  backwardUnaligned: Line;
}

const forwardOnly = (
  short: RoutineCycles['short'],
  forward: Line,
  forwardUnaligned: Line,
): RoutineCycles => ({
  short,
  forward,
  forwardUnaligned,
  backward: forward,
  backwardUnaligned: forwardUnaligned,
});

const routines: Readonly<Record<CLibrary, Readonly<Record<Routine, RoutineCycles>>>> = {
  newlib: {
    memmove: {
      short: [16, 14, 6],
      forward: [42, 17 / 16],
      forwardUnaligned: [21, 6],
      backward: [11, 6],
      backwardUnaligned: [11, 6],
    },
    memcpy: forwardOnly([16, 14, 1.5], [18, 51 / 64], [26, 51 / 64]),
    memset: forwardOnly([16, 25, 2.4], [42, 8 / 16], [67, 8 / 16]),
  },
  glibc: {
    memmove: {
      short: [64, 31, 0.2],
      forward: [53, 0.27],
      forwardUnaligned: [55, 0.095],
      backward: [61, 0.354],
      backwardUnaligned: [87, 1.04],
    },
    memcpy: forwardOnly([64, 25, 0.2], [44, 0.25], [26, 0.13]),
    memset: forwardOnly([32, 32, 0.8], [43, 0.29], [63, 0.29]),
  },
};

/** What is not counted is taken to be this. */
export const assumedRun: TransferRun = { bytes: 64, unaligned: 0, overlapping: 0 };

export function transferCycles(library: CLibrary, routine: Routine, run: TransferRun): number {
  const { short, ...long } = routines[library][routine];
  const { bytes, unaligned, overlapping } = run;
  const [below, start, perByte] = short;
  if (bytes < below) return start + perByte * bytes;
  const cycles = ([start, perByte]: Line) => start + perByte * bytes;
  const mixed = (aligned: Line, skewed: Line) =>
    (1 - unaligned) * cycles(aligned) + unaligned * cycles(skewed);
  return (
    (1 - overlapping) * mixed(long.forward, long.forwardUnaligned) +
    overlapping * mixed(long.backward, long.backwardUnaligned)
  );
}
