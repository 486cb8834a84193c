import type { LintRule } from '../rule.ts';

const WASTE_BYTES = 256;

export const lowData: LintRule = {
  name: 'low-data',
  reason: 'Addresses below the first data segment are RAM that nothing uses; AssemblyScript starts at 1024.',
  check(module) {
    const addresses = module.data.map((d) => d.address).filter((a) => a !== undefined);
    const lowest = Math.min(...addresses);
    if (addresses.length === 0 || lowest < WASTE_BYTES) return [];
    return [
      {
        severity: 'note',
        message: `Data starts at address ${lowest}.`,
        next: 'Move it down, if nothing else lives there (AssemblyScript: --memoryBase 16).',
      },
    ];
  },
};
