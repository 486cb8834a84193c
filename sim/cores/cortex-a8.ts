/** Cortex-A8: borrowed from the Cortex-A7, with a wide band. */
import type { Core } from './core.ts';

export const cortexA8: Core = {
  id: 'cortex-a8',
  name: 'Arm Cortex-A8',
  borrows: {
    core: 'cortex-a7',
    factor: {
      value: 1,
      low: 0.7,
      high: 1.5,
      unit: 'ratio',
      kind: 'assumed',
      source:
        '2.0 against 1.9 DMIPS/MHz; longer multiply and mispredict latencies (ARM DDI 0344E) pull the other way',
    },
  },
};
