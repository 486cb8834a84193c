/** WAMR fast interpreter: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wamrFast: Runtime = {
  id: 'wamr-fast',
  name: 'WAMR fast interpreter',
  kind: 'interpreter',
  execution: { kind: 'interpreted' },
  builds: {
    value: 1,
    low: 0.92,
    high: 1.2,
    unit: 'ratio',
    kind: 'measured',
    source:
      'k1 under other builds of 646b5a9b: 0.93 of the cycles on a Cortex-A7 (arm-truth), 1.19 times the instructions on a Cortex-M4 with reference types',
  },
  memory: {
    codeFlash: {
      value: 84369,
      low: 58900,
      high: 97300,
      unit: 'byte',
      kind: 'measured',
      source:
        'text, constants and data of 646b5a9b at -O3, as its cycles are; 58.9 K with the smallest settings (WAMR README); 13 KB of C library more if nothing else uses it',
    },
    fixedRam: {
      value: 1938,
      unit: 'byte',
      kind: 'measured',
      source:
        'static data and execution environment without its stack, heap on an emulated Cortex-M4 over 67 modules (test/reference/measured-memory.json)',
    },
    structures: {
      module: {
        value: 600,
        low: 500,
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
        value: 1100,
        low: 800,
        high: 1500,
        unit: 'byte',
        kind: 'model',
        source: 'frame of the interpreter 720 bytes (gcc 12.2 -O3, Cortex-M4) and of its callers',
      },
      eachCall: { value: 0, unit: 'byte', kind: 'model', source: 'calls do not nest on the native stack' },
      eachLoop: { value: 0, unit: 'byte', kind: 'model', source: 'loops do not nest on the native stack' },
    },
    keepsModule: true,
    pages: 'heap-base',
  },
};
