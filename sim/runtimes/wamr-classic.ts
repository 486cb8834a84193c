/** WAMR classic interpreter: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wamrClassic: Runtime = {
  id: 'wamr-classic',
  name: 'WAMR classic interpreter',
  kind: 'interpreter',
  execution: {
    kind: 'interpreted',
    operatorCycles: {
      'cortex-m4': {
        get: 16,
        set: 27,
        const: 26,
        alu: 17,
        compare: 23,
        multiply: 19,
        load: 42,
        store: 57,
        branch: 84,
        select: 26,
        call: 266,
        divide: 30,
        global: 42,
        float: 68,
        bulk: 1064,
      },
      'cortex-a7': {
        get: 8,
        set: 31,
        const: 19,
        alu: 33,
        compare: 52,
        multiply: 40,
        load: 44,
        store: 78,
        branch: 87,
        select: 55,
        call: 264,
        divide: 51,
        global: 44,
        float: 132,
        bulk: 1056,
      },
    },
  },
  memory: {
    codeFlash: {
      value: 57651,
      low: 56300,
      high: 68000,
      unit: 'byte',
      kind: 'measured',
      source:
        'text about 56.3 K on Cortex-M4F (WAMR README, 646b5a9b); 68 KB in another configuration (sim-anchors 3.1)',
    },
    fixedRam: {
      value: 7000,
      low: 7000,
      high: 19000,
      unit: 'byte',
      kind: 'measured',
      source: '7.0 KB pool high-water beside linear memory, kernel of 619 bytes (sim-anchors 3.1)',
    },
    keepsModule: true,
    pages: 'heap-base',
  },
};
