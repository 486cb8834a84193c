import { exportedGlobal, type WasmModule } from '../../../common/wasm/module.ts';
import type { Finding, LintRule } from '../rule.ts';

const MUTABLE = 'is mutable';

/** Sim-anchors, finding 5: WAMR (wasm_loader.c, 646b5a9b) shrinks to __heap_base; 65536 bytes became 20480. */
export const heapBase: LintRule = {
  name: 'heap-base',
  reason:
    'Without immutable i32 exports __heap_base and __data_end a runtime keeps whole 64 KiB pages of RAM.',
  check(module, runtime) {
    const found: Omit<Finding, 'rule'>[] = [];
    for (const name of ['__data_end', '__heap_base']) {
      const fault = faultOf(module, name);
      if (fault)
        found.push({
          severity: fault === MUTABLE && runtime.startsWith('wamr') ? 'error' : 'warning',
          message: `${name} ${fault}.`,
          next: `Export ${name} as an immutable i32 constant.`,
        });
    }
    if (found.length > 0) return found;
    const [dataEnd, heapBase] = ['__data_end', '__heap_base'].map((n) =>
      Number(exportedGlobal(module, n)!.value),
    );
    const [memory] = module.memories;
    const bytes = memory ? memory.minimum * memory.pageBytes : 0;
    if (dataEnd > heapBase || heapBase > bytes)
      found.push({
        severity: 'error',
        message: `__data_end ${dataEnd}, __heap_base ${heapBase} and the memory of ${bytes} bytes are not in this order.`,
        next: 'Set both to the end of what the module uses.',
      });
    return found;
  },
};

function faultOf(module: WasmModule, name: string): string | undefined {
  const global = exportedGlobal(module, name);
  if (!global) return 'is not exported';
  if (global.mutable) return MUTABLE;
  if (global.type !== 'i32') return `has the type ${global.type}`;
  return global.value === undefined ? 'has no constant initialiser' : undefined;
}
