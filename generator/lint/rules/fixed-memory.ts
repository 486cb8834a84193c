import type { LintRule } from '../rule.ts';

export const fixedMemory: LintRule = {
  name: 'fixed-memory',
  reason: 'Static buffers hold exactly the declared memory; a maximum above it lets a runtime reserve more.',
  check(module) {
    const [memory] = module.memories;
    if (!memory || memory.maximum === memory.minimum) return [];
    const now = memory.maximum === undefined ? 'no maximum' : `a maximum of ${memory.maximum}`;
    return [
      {
        severity: 'error',
        message: `The memory starts at ${memory.minimum} pages and has ${now}.`,
        next: `Compile with the initial and the maximum size both ${memory.minimum} pages.`,
      },
    ];
  },
};
