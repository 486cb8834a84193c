/**
 * Single-issue cores (Cortex-M4): the published time of each instruction, with the manual's rules for neighbours.
 * Zero wait states. `before` is the instruction that ran just before the block, `busy` how long the floating-point unit is still at a quotient then.
 */
import type { SingleIssueTiming } from '../../cores/core.ts';
import { computes, floatTiming, usesUnit } from './float-cycles.ts';
import type { Machine, MachineBlock } from './machine.ts';

export function singleIssueBlock(
  b: MachineBlock,
  before: Machine | null,
  busy: number,
  targetWide: number,
  t: SingleIssueTiming,
): { cycles: number; busy: number } {
  let cycles = 0;
  let previous = before;
  /** When the unit is done with a quotient: the core goes on meanwhile. */
  let free = busy;
  for (const m of b.code) {
    if (usesUnit(m)) cycles = Math.max(cycles, free);
    if (m.kind === 'vfp') free = Math.max(free, cycles + (floatTiming(m, t.floats).keeps ?? 0));
    cycles += instructionCycles(m, previous, targetWide, t);
    previous = m.kind === 'branch' && m.taken >= 1 ? null : m;
  }
  return { cycles, busy: Math.max(0, free - cycles) };
}

/** Whether an instruction takes what the one before computes in the unit, but not as an addend. */
const consumes = (m: Machine, previous: Machine | null): boolean =>
  previous?.kind === 'vfp' &&
  computes(previous.text) &&
  previous.defs.some((d) => m.uses.includes(d) && m.accumulator !== d);

function instructionCycles(
  m: Machine,
  previous: Machine | null,
  targetWide: number,
  t: SingleIssueTiming,
): number {
  const feeds = previous ? previous.defs.some((d) => m.address.includes(d)) : false;
  // A load or store right behind a load overlaps it; an address from the instruction before costs a cycle.
  const memory = (base: number) => {
    if (previous?.kind === 'load' && previous.words === 1 && !feeds) return Math.max(1, base - 1);
    if (
      previous &&
      feeds &&
      previous.kind !== 'load' &&
      previous.kind !== 'store' &&
      previous.kind !== 'branch'
    )
      return base + t.addressStall.value;
    return base;
  };
  switch (m.kind) {
    case 'load':
      if (m.words > 1) return 1 + m.words + (m.returns ? 3 : 0);
      return memory(t.load.value);
    case 'store':
      if (m.words > 1) return 1 + m.words;
      return memory(m.registerOffset ? t.storeRegisterOffset.value : t.storeImmediate.value);
    case 'multiply':
      return t.multiply.value;
    case 'divide':
      return t.divide.value;
    case 'if-then':
      // Free behind a 16-bit instruction.
      return previous ? previous.wide : 1;
    case 'branch': {
      // Refill: one cycle for a 16-bit or word-aligned target, two for a 32-bit target that is not.
      const refill = t.branchRefill.value + 0.5 * targetWide;
      if (m.text === 'tbb') return t.tableBranch.value;
      if (m.text === 'bx lr') return 3;
      return 1 + m.taken * refill;
    }
    case 'call':
      return 2.5;
    case 'library':
      return m.cycles;
    case 'vfp':
      return floatTiming(m, t.floats).busy + (consumes(m, previous) ? 1 : 0);
    case 'move':
      return m.words;
    default:
      return 1;
  }
}
