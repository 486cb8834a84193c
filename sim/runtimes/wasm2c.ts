/** wasm2c with bounds checks: cost and memory. */
import type { Runtime } from './runtime.ts';

export const wasm2c: Runtime = {
  id: 'wasm2c',
  name: 'wasm2c with bounds checks',
  kind: 'compiled',
  execution: { kind: 'compiled', checked: true },
  memory: {
    codeFlash: {
      value: 1000,
      low: 500,
      high: 2000,
      unit: 'byte',
      kind: 'measured',
      source: 'embedder shim below 1 KB (sim-anchors 3.1)',
    },
    fixedRam: {
      value: 256,
      low: 64,
      high: 1024,
      unit: 'byte',
      kind: 'assumed',
      source: 'instance structure and call stack of generated C',
    },
    keepsModule: false,
    pages: 'exact',
  },
};
