/** WAMR fast interpreter: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wamrFast: Runtime = {
  id: 'wamr-fast',
  name: 'WAMR fast interpreter',
  kind: 'interpreter',
  execution: {
    kind: 'interpreted',
    operatorCycles: {
      'cortex-m4': {
        get: 2,
        set: 7,
        const: 4,
        alu: 11,
        compare: 12,
        multiply: 9,
        load: 31,
        store: 32,
        branch: 20,
        select: 19,
        call: 289,
        divide: 20,
        global: 31,
        float: 44,
        bulk: 1156,
      },
      'cortex-a7': {
        get: 0,
        set: 6,
        const: 4,
        alu: 12,
        compare: 11,
        multiply: 12,
        load: 34,
        store: 35,
        branch: 21,
        select: 20,
        call: 215,
        divide: 23,
        global: 34,
        float: 48,
        bulk: 860,
      },
    },
  },
  memory: {
    codeFlash: {
      value: 60314,
      low: 58900,
      high: 73000,
      unit: 'byte',
      kind: 'measured',
      source:
        'text about 58.9 K on Cortex-M4F (WAMR README, 646b5a9b); 73 KB in another configuration (sim-anchors 3.1)',
    },
    fixedRam: {
      value: 6800,
      low: 6800,
      high: 20000,
      unit: 'byte',
      kind: 'measured',
      source: '6.8 KB pool high-water beside linear memory, kernel of 619 bytes (sim-anchors 3.1)',
    },
    keepsModule: true,
    pages: 'heap-base',
  },
};
