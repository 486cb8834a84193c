/**
 * WAMR ahead-of-time: no reference figures of its own. Cycles are those of wasm2c with bounds checks, widened by what is
 * published about WAMR AOT on a Cortex-M4.
 */
import type { Runtime } from './runtime.ts';
import { wasm2c } from './wasm2c.ts';

export const wamrAot: Runtime = {
  ...wasm2c,
  id: 'wamr-aot',
  name: 'WAMR ahead-of-time (no reference: wide band)',
  unconfirmed: {
    value: 1.11,
    low: 0.65,
    high: 1.87,
    unit: 'ratio',
    kind: 'assumed',
    source:
      'WAMR AOT takes 1.57, 2.62, 3.97 and 4.48 times native in four programs on a Cortex-M4 (bento-linker README, b6cbdb6b); ' +
      'wasm2c with checks takes 2.4 times native in an LSTM step (sim-anchors 3.1). The quotients of the least, the geometric ' +
      'middle of least and most (2.65), and the most: asymmetric because the programs are',
  },
  memory: {
    codeFlash: {
      value: 30106,
      low: 29400,
      high: 40000,
      unit: 'byte',
      kind: 'measured',
      source: 'AOT runtime text about 29.4 K on Cortex-M4F (WAMR README, 646b5a9b)',
    },
    fixedRam: {
      value: 15300,
      low: 7000,
      high: 20000,
      unit: 'byte',
      kind: 'measured',
      source: 'RAM of "hello" under WAMR AOT 15.3 KB, nRF52840 (bento-linker README, b6cbdb6b)',
    },
    keepsModule: false,
    pages: 'heap-base',
  },
};
