/** wasm3: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wasm3: Runtime = {
  id: 'wasm3',
  name: 'wasm3',
  kind: 'interpreter',
  execution: { kind: 'interpreted' },
  builds: {
    value: 1,
    low: 1,
    high: 1.07,
    unit: 'ratio',
    kind: 'measured',
    source:
      'micro-loops under another build of c9b579d8 (arm-truth, section 6) take 0 to 7 % longer on a Cortex-M4, the same on a Cortex-A7',
  },
  memory: {
    codeFlash: {
      value: 83533,
      low: 50000,
      high: 94700,
      unit: 'byte',
      kind: 'measured',
      source:
        'text, constants and data of wasm3 0.9.0 c9b579d8 at -O3, as its cycles are; 50 KB at -O2 without floats (sim-anchors 3.1); 11 KB of C library more if nothing else uses it',
    },
    fixedRam: {
      value: 3744,
      unit: 'byte',
      kind: 'measured',
      source:
        'environment and runtime, heap on an emulated Cortex-M4 over 67 modules (test/reference/measured-memory.json)',
    },
    structures: {
      module: {
        value: 233,
        low: 208,
        high: 330,
        unit: 'byte',
        kind: 'measured',
        source: 'heap on an emulated Cortex-M4 over 67 modules (test/reference/measured-memory.json)',
      },
      eachFunction: {
        value: 90,
        low: 88,
        high: 115,
        unit: 'byte',
        kind: 'measured',
        source: 'heap on an emulated Cortex-M4 over 67 modules (test/reference/measured-memory.json)',
      },
    },
    wasmStack: { value: 2048, unit: 'byte', kind: 'model', source: 'what the firmware bundle configures' },
    nativeStack: {
      base: {
        value: 400,
        low: 200,
        high: 800,
        unit: 'byte',
        kind: 'assumed',
        source: 'm3_Call and the function that calls it',
      },
      eachCall: {
        value: 56,
        unit: 'byte',
        kind: 'measured',
        source: 'frame of op_Call, gcc 12.2 -O3, Cortex-M4',
      },
      eachLoop: {
        value: 48,
        unit: 'byte',
        kind: 'measured',
        source: 'frame of op_Loop, gcc 12.2 -O3, Cortex-M4; it stays until the function returns',
      },
    },
    keepsModule: true,
    pages: 'custom-page-size',
  },
};
