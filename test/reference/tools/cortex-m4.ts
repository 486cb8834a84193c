/**
 * Cortex-M4 cycles of a trace: Arm DDI 0439 (r0p1), table 3-1 "instruction set summary" and table 3-2 "load and store timings"; zero wait
 * states. Taken branches refill in 1 cycle to a 16-bit or word-aligned target, 2 otherwise and through a register; a division takes 6 of 2 to
 * 12.
 */
import type { ArmInstruction } from './arm-instruction.ts';
import { isTaken, type Trace } from './trace.ts';

const division = 6;

export function cortexM4Cycles({ blocks, order }: Trace): number {
  // A block's cycles depend on the block before and the one after: count the triples.
  const none = blocks.length;
  const size = none + 1;
  const triples = new Map<number, number>();
  for (let k = 0; k < order.length; k++) {
    const before = k > 0 ? order[k - 1] : none;
    const after = k + 1 < order.length ? order[k + 1] : none;
    const key = (before * size + order[k]) * size + after;
    triples.set(key, (triples.get(key) ?? 0) + 1);
  }
  let total = 0;
  for (const [key, times] of triples) {
    const after = key % size;
    const current = Math.floor(key / size) % size;
    const before = Math.floor(key / size / size);
    total += times * blockCycles(blocks[current], blocks[before] ?? null, blocks[after] ?? null);
  }
  return total;
}

function blockCycles(
  block: readonly ArmInstruction[],
  before: readonly ArmInstruction[] | null,
  after: readonly ArmInstruction[] | null,
): number {
  const last = before?.at(-1);
  let previous = last && !last.branch ? last : null;
  let cycles = 0;
  block.forEach((i, at) => {
    const final = at === block.length - 1;
    cycles += instructionCycles(i, previous, final && after && isTaken(block, after) ? after[0] : null);
    previous = i.branch && final ? null : i;
  });
  return cycles;
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
  let cycles = 1;
  if (i.jumpsByLoad) cycles = 5;
  else if (i.load) cycles = 2;
  else if (i.store) cycles = i.registerOffset ? 2 : 1;
  else if (i.divide) cycles = division;
  if (!previous || !(i.load || i.store)) return cycles;
  const feeds = i.addressRegisters.some((r) => previous.defs.has(r));
  if (previous.load && !previous.multiple && !feeds) return Math.max(1, cycles - 1);
  if (feeds && !previous.load && !previous.store && !previous.branch) return cycles + 1;
  return cycles;
}
