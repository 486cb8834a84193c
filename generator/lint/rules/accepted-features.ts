import type { Feature } from '../../../common/wasm/module.ts';
import type { Finding, LintRule } from '../rule.ts';
import { acceptedFeatures as accepted } from '../runtime.ts';

const remedies: Partial<Record<Feature, string>> = {
  simd: 'Compile the scalar kernel for flashing: SIMD is for the host only',
  'bulk-memory': 'Compile with --disable bulk-memory, or write the loop',
  'extended-const': 'Fold constant initialisers into plain constants',
  'custom-page-sizes': 'Give this runtime the module without a custom page size',
  threads: 'Compile without shared memory and atomics',
};

/** Section 3.3 of sim-anchors: "features accepted by the runtime". */
export const acceptedFeatures: LintRule = {
  name: 'accepted-features',
  reason:
    'A runtime refuses a module, or an interpreter traps, at the first instruction of a proposal it was built without.',
  check(module, runtime) {
    const { features, source } = accepted[runtime];
    const seen = new Map<Feature, { offset: number; what: string }>();
    for (const [feature, offset] of module.features) seen.set(feature, { offset, what: 'a declaration' });
    for (const f of module.functions)
      for (const i of f.body)
        if (!seen.has(i.feature)) seen.set(i.feature, { offset: i.offset, what: `${i.name} in ${f.name}` });
    return [...seen]
      .filter(([feature]) => !features.includes(feature))
      .map(([feature, { offset, what }]): Omit<Finding, 'rule'> => ({
        severity: 'error',
        message: `${runtime} does not accept ${feature}, which ${what} needs (${source}).`,
        next: `${remedies[feature] ?? `Compile without ${feature}`}.`,
        offset,
      }));
  },
};
