/** Bytes of linear memory that a runtime allocates for a module, by its page rule. */
import type { WasmModule } from '../wasm/index.ts';

const page = 65536;
/** What WAMR's platform layer rounds memory up to; seen on an emulated Cortex-M4 too (test/reference/measured-memory.json). */
const platformPage = 4096;

export interface LinearMemory {
  bytes: number;
  /** On a platform without pages of its own. */
  low: number;
  /** Which rule gave the size. */
  rule: string;
}

export function linearMemoryBytes(
  module: WasmModule,
  rule: 'heap-base' | 'custom-page-size' | 'exact',
): LinearMemory {
  const pages = (module.memories[0]?.minimum ?? 0) * page;
  const whole = { bytes: pages, low: pages, rule: 'whole 64 KiB pages' };
  if (pages === 0 || resizes(module)) return whole;
  const heapBase = immutableGlobal(module, '__heap_base');
  if (heapBase === undefined || heapBase > pages) return whole;
  const shrunk = Math.ceil(heapBase / 8) * 8;
  switch (rule) {
    case 'heap-base':
      if (immutableGlobal(module, '__data_end') === undefined) return whole;
      return {
        bytes: Math.min(pages, Math.ceil(heapBase / platformPage) * platformPage),
        low: shrunk,
        rule: 'WAMR shrinks memory to __heap_base, rounded up to 4 KiB as on Zephyr (8 bytes on a platform without pages)',
      };
    case 'custom-page-size':
      return {
        bytes: heapBase,
        low: heapBase,
        rule: 'variant with a custom page size of 1 byte (wasm3 0.9), up to __heap_base',
      };
    case 'exact':
      return { bytes: shrunk, low: shrunk, rule: 'the embedder allocates up to __heap_base' };
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
