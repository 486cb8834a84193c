/**
 * Single-issue cores (Cortex-M4): the published time of each instruction, with the manual's rules for neighbours.
 * Zero wait states. `before` is the instruction that ran just before the block.
 */
import type { SingleIssueTiming } from '../../cores/core.ts';
import { floatCost } from './float-cycles.ts';
import type { Machine, MachineBlock } from './machine.ts';

export function singleIssueBlock(
  b: MachineBlock,
  before: Machine | null,
  targetWide: number,
  t: SingleIssueTiming,
): number {
  let cycles = 0;
  let previous = before;
  for (const m of b.code) {
    cycles += instructionCycles(m, previous, targetWide, t);
    previous = m.kind === 'branch' && m.taken >= 1 ? null : m;
  }
  return cycles;
}

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
      return floatCost(m.text, t.floats).busy;
    case 'move':
      return m.words;
    default:
      return 1;
  }
}
