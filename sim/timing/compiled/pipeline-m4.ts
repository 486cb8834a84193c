/**
 * Cortex-M4: single issue, Arm's published instruction timing (DDI 0439D, tables 3-1 and 3-2), zero wait states.
 * Sums a block's cycles; `before` is the instruction that ran just before it.
 */
import type { Machine, MachineBlock } from './machine.ts';

export interface M4Timing {
  load: number;
  storeImmediate: number;
  storeRegister: number;
  multiply: number;
  divide: number;
  addressStall: number;
}

export const m4Timing: M4Timing = {
  load: 2,
  storeImmediate: 1,
  storeRegister: 2,
  multiply: 1,
  divide: 6,
  addressStall: 1,
};

export function m4Block(b: MachineBlock, before: Machine | null, targetWide: number, t: M4Timing): number {
  let cycles = 0;
  let previous = before;
  for (const m of b.code) {
    cycles += m4Instruction(m, previous, targetWide, t);
    previous = m.kind === 'branch' && m.taken >= 1 ? null : m;
  }
  return cycles;
}

function m4Instruction(m: Machine, previous: Machine | null, targetWide: number, t: M4Timing): number {
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
      return base + t.addressStall;
    return base;
  };
  switch (m.kind) {
    case 'load':
      if (m.words > 1) return 1 + m.words + (m.returns ? 3 : 0);
      return memory(t.load);
    case 'store':
      if (m.words > 1) return 1 + m.words;
      return memory(m.registerOffset ? t.storeRegister : t.storeImmediate);
    case 'multiply':
      return t.multiply;
    case 'divide':
      return t.divide;
    case 'if-then':
      // Free behind a 16-bit instruction.
      return previous ? previous.wide : 1;
    case 'branch': {
      // Refill: one cycle for a 16-bit or word-aligned target, two for a 32-bit target that is not.
      const refill = 1 + 0.5 * targetWide;
      if (m.text === 'tbb') return 6;
      if (m.text === 'bx lr') return 3;
      return 1 + m.taken * refill;
    }
    case 'call':
      return 2.5;
    case 'library':
    case 'vfp':
      return m.cycles;
    case 'move':
      return m.words;
    default:
      return 1;
  }
}
