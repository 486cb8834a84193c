import { findInstruction } from '../find-instruction.ts';
import type { LintRule } from '../rule.ts';

export const noIndirectCalls: LintRule = {
  name: 'no-indirect-calls',
  reason: 'A table costs RAM and checks, and the stack depth of a call through it cannot be bounded.',
  check(module) {
    const calls = findInstruction(module, (i) => /^(return_)?call_(indirect|ref)$/.test(i.name));
    return calls.map(({ function: f, instruction }) => ({
      severity: 'warning',
      message: `${f.name} calls through a table.`,
      next: 'Call functions by name.',
      offset: instruction.offset,
    }));
  },
};
