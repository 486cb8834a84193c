/** Bytes of linear memory that a runtime allocates for a module, by its page rule. */
import type { WasmModule } from '../wasm/index.ts';

const page = 65536;

export interface LinearMemory {
  bytes: number;
  /** Which rule gave the size. */
  rule: string;
}

export function linearMemoryBytes(
  module: WasmModule,
  rule: 'heap-base' | 'custom-page-size' | 'exact',
): LinearMemory {
  const pages = (module.memories[0]?.minimum ?? 0) * page;
  const whole = { bytes: pages, rule: 'whole 64 KiB pages' };
  if (pages === 0 || resizes(module)) return whole;
  const heapBase = immutableGlobal(module, '__heap_base');
  if (heapBase === undefined || heapBase > pages) return whole;
  const shrunk = Math.ceil(heapBase / 8) * 8;
  switch (rule) {
    case 'heap-base':
      if (immutableGlobal(module, '__data_end') === undefined) return whole;
      return { bytes: shrunk, rule: 'WAMR shrinks memory to __heap_base, rounded up to 8 bytes' };
    case 'custom-page-size':
      return {
        bytes: heapBase,
        rule: 'variant with a custom page size of 1 byte (wasm3 0.9), up to __heap_base',
      };
    case 'exact':
      return { bytes: shrunk, rule: 'the embedder allocates up to __heap_base' };
  }
}

const resizes = (module: WasmModule) =>
  module.functions.some((f) => f.body.some((i) => i.name === 'memory.grow' || i.name === 'memory.size'));

function immutableGlobal(module: WasmModule, name: string): number | undefined {
  const index = module.exports.find((e) => e.kind === 'global' && e.name === name)?.index;
  const global = index === undefined ? undefined : module.globals[index];
  return global && !global.mutable && global.type === 'i32' && global.value !== undefined
    ? Number(global.value) >>> 0
    : undefined;
}
