/** wasm3: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wasm3: Runtime = {
  id: 'wasm3',
  name: 'wasm3',
  kind: 'interpreter',
  execution: {
    kind: 'interpreted',
    operatorCycles: {
      'cortex-m4': {
        get: 11,
        set: 11,
        const: 11,
        alu: 7,
        compare: 7,
        multiply: 8,
        load: 49,
        store: 23,
        branch: 8,
        select: 0,
        call: 209,
        divide: 19,
        global: 49,
        float: 28,
        bulk: 836,
      },
      'cortex-a7': {
        get: 6,
        set: 7,
        const: 11,
        alu: 13,
        compare: 11,
        multiply: 19,
        load: 43,
        store: 22,
        branch: 9,
        select: 6,
        call: 149,
        divide: 30,
        global: 43,
        float: 52,
        bulk: 596,
      },
    },
  },
  memory: {
    codeFlash: {
      value: 71000,
      low: 50000,
      high: 71000,
      unit: 'byte',
      kind: 'measured',
      source:
        'text of wasm3 0.9.0 c9b579d8, -O2, Cortex-M4: 71 KB, 50 KB without float operations (research/sim-anchors 3.1); README says about 64 KB',
    },
    fixedRam: {
      value: 7400,
      low: 5400,
      high: 34000,
      unit: 'byte',
      kind: 'measured',
      source:
        '5.4 KB beside linear memory with 1 KB code pages (sim-anchors 3.1) and 2 KB wasm stack; 34 KB in wasm3-arduino with default code pages',
    },
    keepsModule: true,
    pages: 'custom-page-size',
  },
};
