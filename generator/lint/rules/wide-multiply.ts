import { findInstruction, times } from '../find-instruction.ts';
import type { LintRule } from '../rule.ts';

/** Sim-anchors 3.3: `asc` merges <i64>load<i16> into a 64-bit load, and the product becomes a 64-bit multiplication. */
export const wideMultiply: LintRule = {
  name: 'wide-multiply',
  reason:
    'On 32-bit cores a product of two widened 8- or 16-bit loads costs a 64-bit multiplication where a 32-bit one would do.',
  check(module) {
    const narrow = /^i64\.load(8|16)_[su]$/;
    return module.functions.flatMap((f) => {
      const products = findInstruction({ ...module, functions: [f] }, (i) => i.name === 'i64.mul');
      const loads = findInstruction({ ...module, functions: [f] }, (i) => narrow.test(i.name));
      if (products.length === 0 || loads.length === 0) return [];
      return [
        {
          severity: 'note' as const,
          message: `${f.name} multiplies in 64 bits beside ${times(loads[0].count, loads[0].instruction.name)}.`,
          next: 'Multiply in 32 bits and widen the sum.',
          offset: products[0].instruction.offset,
        },
      ];
    });
  },
};
