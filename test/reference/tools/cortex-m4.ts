/**
 * Cortex-M4 cycles of a trace: Arm DDI 0439 (r0p1), table 3-1 "instruction set summary", table 3-2 "load and store timings" and, for floating point, table 7-1 with its
 * notes (as GCC's cortex-m4-fpu.md has them); zero wait states. Taken branches refill in 1 cycle to a 16-bit or word-aligned target, 2 otherwise and through a register; a division takes 6 of 2 to
 * 12.
 */
import type { ArmInstruction } from './arm-instruction.ts';
import { isTaken, type Trace } from './trace.ts';

const division = 6;
/** A quotient or root keeps the unit; instructions of the core go on meanwhile. */
const vectorDivision = 14;

export function cortexM4Cycles({ blocks, order }: Trace): number {
  // A block's cycles depend on the block before, the one after, and how long the floating-point unit is still at a quotient.
  const none = blocks.length;
  const size = none + 1;
  const known = new Map<number, { cycles: number; busy: number }>();
  let total = 0;
  let busy = 0;
  for (let k = 0; k < order.length; k++) {
    const before = k > 0 ? order[k - 1] : none;
    const after = k + 1 < order.length ? order[k + 1] : none;
    const key = ((before * size + order[k]) * size + after) * vectorDivision + busy;
    let run = known.get(key);
    if (!run)
      known.set(key, (run = runBlock(blocks[order[k]], blocks[before] ?? null, blocks[after] ?? null, busy)));
    total += run.cycles;
    busy = run.busy;
  }
  return total;
}

function runBlock(
  block: readonly ArmInstruction[],
  before: readonly ArmInstruction[] | null,
  after: readonly ArmInstruction[] | null,
  busyBefore: number,
): { cycles: number; busy: number } {
  const last = before?.at(-1);
  let previous = last && !last.branch ? last : null;
  let cycles = 0;
  let free = busyBefore;
  block.forEach((i, at) => {
    const final = at === block.length - 1;
    if (i.vector) cycles = Math.max(cycles, free);
    cycles += instructionCycles(i, previous, final && after && isTaken(block, after) ? after[0] : null);
    if (i.base === 'vdiv' || i.base === 'vsqrt') free = cycles - 1 + vectorDivision;
    previous = i.branch && final ? null : i;
  });
  return { cycles, busy: Math.max(0, free - cycles) };
}

/**
 * Table 7-1: one cycle, three to multiply and accumulate, one for each word between the core and the unit. What is computed takes one more where the next instruction consumes
 * it, but not as the addend of an accumulation.
 */
function vectorCycles(i: ArmInstruction, previous: ArmInstruction | null): number {
  const coreWords = [...i.defs, ...i.uses].filter((r) => r < 16).length;
  const base = /^v(fn?m|n?ml)[as]$/.test(i.base) ? 3 : Math.max(1, coreWords);
  const computes = previous && /^v(add|sub|n?mul|f?n?m[la]?[as]|cvt|abs|neg)/.test(previous.base);
  const consumes = computes && [...previous.defs].some((r) => i.uses.has(r) && !i.accumulators.includes(r));
  return base + (consumes ? 1 : 0);
}

function instructionCycles(
  i: ArmInstruction,
  previous: ArmInstruction | null,
  target: ArmInstruction | null,
): number {
  if (i.base === 'it') return previous && previous.bytes === 2 ? 0 : 1;
  if (i.base === 'tbb' || i.base === 'tbh') return 6;
  if (i.branch && !i.jumpsByLoad) {
    if (!target) return 1;
    if (/^(bx|blx)$/.test(i.base) && i.uses.size) return 3;
    return target.bytes === 2 || target.address % 4 === 0 ? 2 : 3;
  }
  if (i.multiple) return 1 + i.words + (i.jumpsByLoad ? 3 : 0);
  if (i.vector && !i.load && !i.store) return vectorCycles(i, previous);
  let cycles = 1;
  if (i.jumpsByLoad) cycles = 5;
  else if (i.vector) return i.double ? 3 : 2;
  else if (i.load) cycles = 2;
  else if (i.store) cycles = i.registerOffset ? 2 : 1;
  else if (i.divide) cycles = division;
  if (!previous || !(i.load || i.store)) return cycles;
  const feeds = i.addressRegisters.some((r) => previous.defs.has(r));
  if (previous.load && !previous.multiple && !feeds) return Math.max(1, cycles - 1);
  if (feeds && !previous.load && !previous.store && !previous.branch) return cycles + 1;
  return cycles;
}
