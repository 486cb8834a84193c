import type { LintRule } from '../rule.ts';

export const noImports: LintRule = {
  name: 'no-imports',
  reason:
    'A kernel that calls the host cannot be simulated alone, and each import is glue that someone has to write.',
  check(module) {
    return module.imports.map(({ module: from, name, kind, offset }) => ({
      severity: 'error',
      message: `The module imports the ${kind} ${from}.${name}.`,
      next:
        name === 'abort'
          ? 'Compile with --use abort= and without array bounds checks (StaticArray, unchecked).'
          : 'Pass data through linear memory instead.',
      offset,
    }));
  },
};
