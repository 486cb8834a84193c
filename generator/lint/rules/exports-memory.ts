import type { LintRule } from '../rule.ts';

export const exportsMemory: LintRule = {
  name: 'exports-memory',
  reason: 'The host passes samples and reads scores through the exported memory.',
  check(module) {
    if (module.exports.some((e) => e.kind === 'memory')) return [];
    return [
      {
        severity: 'error',
        message: 'The module exports no memory.',
        next: 'Export it under the name "memory".',
      },
    ];
  },
};
