/** WAMR classic interpreter: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wamrClassic: Runtime = {
  id: 'wamr-classic',
  name: 'WAMR classic interpreter',
  kind: 'interpreter',
  // BLOCK_ADDR_CACHE_SIZE and BLOCK_ADDR_CONFLICT_SIZE of core/config.h, and block_stack of wasm_loader_find_block_addr, 646b5a9b
  execution: { kind: 'interpreted', ends: { places: 64, each: 2, depths: 16 } },
  builds: {
    value: 1,
    low: 1,
    high: 1.08,
    unit: 'ratio',
    kind: 'measured',
    source:
      'k1 under another build of 646b5a9b (arm-truth, section 5): 1.07 times the cycles on a Cortex-M4, the same on a Cortex-A7',
  },
  memory: {
    codeFlash: {
      value: 69482,
      low: 56300,
      high: 82400,
      unit: 'byte',
      kind: 'measured',
      source:
        'text, constants and data of 646b5a9b at -O3, as its cycles are; 56.3 K with the smallest settings (WAMR README); 13 KB of C library more if nothing else uses it',
    },
    fixedRam: {
      value: 2442,
      unit: 'byte',
      kind: 'measured',
      source:
        'static data and execution environment without its stack, heap on an emulated Cortex-M4 over 67 modules (test/reference/measured-memory.json)',
    },
    structures: {
      module: {
        value: 600,
        low: 450,
        high: 1000,
        unit: 'byte',
        kind: 'measured',
        source: 'heap on an emulated Cortex-M4 over 67 modules (test/reference/measured-memory.json)',
      },
      eachFunction: {
        value: 130,
        low: 75,
        high: 180,
        unit: 'byte',
        kind: 'measured',
        source: 'heap on an emulated Cortex-M4 over 67 modules (test/reference/measured-memory.json)',
      },
    },
    wasmStack: { value: 2048, unit: 'byte', kind: 'model', source: 'what the firmware bundle configures' },
    nativeStack: {
      base: {
        value: 850,
        low: 550,
        high: 1250,
        unit: 'byte',
        kind: 'model',
        source: 'frame of the interpreter 456 bytes (gcc 12.2 -O3, Cortex-M4) and of its callers',
      },
      eachCall: { value: 0, unit: 'byte', kind: 'model', source: 'calls do not nest on the native stack' },
      eachLoop: { value: 0, unit: 'byte', kind: 'model', source: 'loops do not nest on the native stack' },
    },
    keepsModule: true,
    pages: 'heap-base',
  },
};
