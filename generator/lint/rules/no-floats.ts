import { findInstruction } from '../find-instruction.ts';
import type { LintRule } from '../rule.ts';

export const noFloats: LintRule = {
  name: 'no-floats',
  reason:
    'Without float instructions wasm3 builds 20 KB smaller (d_m3HasFloat=0, sim-anchors 3.1), results are the same bits ' +
    'everywhere, and cores without an FPU need no library.',
  check(module) {
    return findInstruction(module, (i) => /(^|_)f(32|64)\b/.test(i.name)).map((found) => ({
      severity: 'warning',
      message: `${found.function.name} uses floating point (${found.count} instructions, the first is ${found.instruction.name}).`,
      next: 'Use fixed-point arithmetic.',
      offset: found.instruction.offset,
    }));
  },
};
