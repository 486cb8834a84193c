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
