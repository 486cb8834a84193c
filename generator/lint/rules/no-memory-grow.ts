import { findInstruction } from '../find-instruction.ts';
import type { LintRule } from '../rule.ts';

export const noMemoryGrow: LintRule = {
  name: 'no-memory-grow',
  reason:
    'Memory that grows cannot be a static buffer, and WAMR keeps whole 64 KiB pages as soon as the instruction occurs.',
  check(module) {
    return findInstruction(module, (i) => i.name === 'memory.grow').map(({ function: f, instruction }) => ({
      severity: 'error',
      message: `${f.name} grows the memory.`,
      next: 'Place buffers with memory.data instead of allocating them.',
      offset: instruction.offset,
    }));
  },
};
