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
