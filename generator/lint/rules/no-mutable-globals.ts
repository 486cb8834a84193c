import type { LintRule } from '../rule.ts';

export const noMutableGlobals: LintRule = {
  name: 'no-mutable-globals',
  reason:
    'WAMR takes the first mutable i32 global at or below __heap_base for the stack pointer and the kernel dies with ' +
    '"wasm auxiliary stack underflow"; state in linear memory can also be saved and zeroed by the host.',
  check(module, runtime) {
    return module.globals
      .map((global, index) => ({ global, index }))
      .filter(({ global }) => global.mutable)
      .map(({ global, index }) => ({
        severity: runtime.startsWith('wamr') ? ('error' as const) : ('warning' as const),
        message: `Global ${index} (${global.type}) is mutable.`,
        next: 'Keep state in linear memory.',
        offset: global.offset,
      }));
  },
};
