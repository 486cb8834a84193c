import { findInstruction } from '../find-instruction.ts';
import type { LintRule } from '../rule.ts';

export const noMemorySize: LintRule = {
  name: 'no-memory-size',
  reason:
    'A kernel that asks for the size behaves differently where the memory is shrunk; WAMR does not shrink it then (its issue 357).',
  check(module, runtime) {
    return findInstruction(module, (i) => i.name === 'memory.size').map(({ function: f, instruction }) => ({
      severity: runtime === 'wasm2c' ? 'warning' : 'error',
      message: `${f.name} asks for the memory's size.`,
      next: 'Use constants for the layout.',
      offset: instruction.offset,
    }));
  },
};
