/**
 * Cycles of __aeabi_ldivmod and __aeabi_uldivmod, from entry to return, by what they divide: libgcc of Debian 12's compilers, bare-metal for the Cortex-M4, where
 * __udivmoddi4 divides halves of words with udiv, and armhf, where it finds a bit a round without a divider. Each was traced over dividends and divisors of all
 * lengths and timed as the reference is: on armhf the sums are exact but for two signs at once, on the Cortex-M4 what a half's digit needs to be put right is a mean.
 */
import type { Division, DivisionCounter } from '../../wasm/index.ts';
import type { CLibrary } from './c-library.ts';

/** Counters of one run, on average. */
export type DivisionRun = { signed: boolean } & Readonly<Record<DivisionCounter, number>>;

export interface DivisionCycles {
  cycles: number;
  /** Mispredicted branches, on a core that predicts them. */
  missed: number;
}

/** What nobody counted: 16 rounds, half of them ones, of a divisor of one word. */
const assumedCounters: Record<DivisionCounter, number> = {
  negativeDividends: 0,
  negativeDivisors: 0,
  wide: 0,
  short: 0,
  zero: 0,
  long: 0,
  low: 0,
  rounds: 16,
  level: 0,
  top: 0.5,
  ones: 8,
  changes: 7.5,
};

export function divisionRun(signed: boolean, counted?: Division): DivisionRun {
  if (!counted || counted.runs <= 0) return { signed, ...assumedCounters };
  const means = Object.keys(assumedCounters).map((name) => [
    name,
    counted[name as DivisionCounter] / counted.runs,
  ]);
  return { signed, ...(Object.fromEntries(means) as Record<DivisionCounter, number>) };
}

export const longDivision = (library: CLibrary, run: DivisionRun): DivisionCycles =>
  library === 'newlib' ? byHalves(run) : byBits(run);

/** A zero, one digit of the divisor's length, two of them, or one with a divisor of two words. */
function byHalves(run: DivisionRun): DivisionCycles {
  const { wide, short, long } = run;
  const digits = short * 55 + (wide - short) * 113.5 + long * 133 + (1 - wide - long) * 95;
  const signs = run.signed ? 3 + 2 * wide + 7 * run.negativeDividends + 4 * run.negativeDivisors : 0;
  return { cycles: digits + signs, missed: 0 };
}

const oneBit = 8;
const zeroBit = 5;

function byBits(run: DivisionRun): DivisionCycles {
  const { zero, wide, short, rounds, level, top, ones } = run;
  const divides = 1 - zero;
  const narrow = 1 - wide;
  const around = 24 * zero + 61 * divides + narrow + (narrow - zero + short) + 3 * run.low + 7 * top;
  const signs = run.signed ? 2 + 6 * run.negativeDividends + 3 * run.negativeDivisors : 0;
  const looping = oneBit * ones + zeroBit * (rounds - ones) - 21 * level;
  // The end of the rounds is seen by nothing that goes before.
  const ends = Math.max(0, divides - level);
  const asked = [zero, run.negativeDividends, run.negativeDivisors, wide, run.low, top];
  const missed = asked.reduce((sum, share) => sum + missedOf(share, 1 - share), missedBits(run) + ends);
  return { cycles: around + signs + looping, missed };
}

/** Each bit is guessed from the one before. */
function missedBits({ rounds, ones, changes }: DivisionRun): number {
  const turns = changes / 2;
  const zeros = rounds - ones;
  return missedOf(turns, Math.max(0, ones - turns)) + missedOf(turns, Math.max(0, zeros - turns));
}

/** How often a counter of two bits is wrong where `a` times one way and `b` times the other come independently: p q / (p^2 + q^2) of the times. */
function missedOf(a: number, b: number): number {
  const both = a * a + b * b;
  return both > 0 ? ((a + b) * a * b) / both : 0;
}

/** What no division takes more than: every digit put right twice; 63 rounds of ones, each and every test missed. */
export const longestDivision = (library: CLibrary): DivisionCycles =>
  library === 'newlib' ? { cycles: 165, missed: 0 } : { cycles: 81 + 63 * oneBit, missed: 63 + 7 };
