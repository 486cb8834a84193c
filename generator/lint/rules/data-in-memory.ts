import { exportedGlobal } from '../../../common/wasm/module.ts';
import type { Finding, LintRule } from '../rule.ts';

export const dataInMemory: LintRule = {
  name: 'data-in-memory',
  reason:
    'A segment beyond the (shrunk) memory traps while the module is instantiated on the device, and only there.',
  check(module) {
    const [memory] = module.memories;
    const declared = memory ? memory.minimum * memory.pageBytes : 0;
    const end = Number(exportedGlobal(module, '__data_end')?.value ?? declared);
    const limit = Math.min(end, declared);
    return module.data.flatMap(({ address, bytes }, i): Omit<Finding, 'rule'>[] => {
      if (address === undefined || address + bytes.length <= limit) return [];
      return [
        {
          severity: 'error',
          message: `Data segment ${i} covers ${address} to ${address + bytes.length}, beyond ${limit}.`,
          next: 'Move it down, or set __data_end behind it.',
        },
      ];
    });
  },
};
