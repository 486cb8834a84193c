import type { LintRule } from '../rule.ts';

export const noStart: LintRule = {
  name: 'no-start',
  reason: 'A start function runs while the module loads, outside of every latency that was simulated.',
  check(module) {
    if (module.start === undefined) return [];
    const offset = module.sections.find((s) => s.id === 8)?.offset;
    return [
      {
        severity: 'error',
        message: `Function ${module.start} runs at start.`,
        next: 'Export it (AssemblyScript: --exportStart) or let constants be data.',
        ...(offset === undefined ? {} : { offset }),
      },
    ];
  },
};
