/** WAMR classic interpreter: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wamrClassic: Runtime = {
  id: 'wamr-classic',
  name: 'WAMR classic interpreter',
  kind: 'interpreter',
  execution: { kind: 'interpreted' },
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
