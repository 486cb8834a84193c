import type { LintRule } from '../rule.ts';

export const noCustomSections: LintRule = {
  name: 'no-custom-sections',
  reason: 'Names and debug information take flash and tell a reader of the image how the kernel is built.',
  check(module) {
    const custom = module.sections.filter((s) => s.id === 0);
    return custom.map(({ name, offset, end }) => ({
      severity: 'note',
      message: `The custom section "${name ?? ''}" takes ${end - offset} bytes.`,
      next: 'Strip it from the flashed file (wasm-strip).',
      offset,
    }));
  },
};
