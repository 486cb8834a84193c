/** Cortex-M33: Arm publishes no cycle table; LLVM schedules it with its Cortex-M4 model, and so does this file. */
import type { Core } from './core.ts';
import { cortexM4 } from './cortex-m4.ts';

export const cortexM33: Core = {
  ...cortexM4,
  id: 'cortex-m33',
  name: 'Arm Cortex-M33',
  unconfirmed: {
    value: 1 / 1.18,
    low: 0.75,
    high: 1,
    unit: 'ratio',
    kind: 'assumed',
    source:
      'CoreMark/MHz 4.02 against 3.40 of the Cortex-M4 (NXP AN12284); no instruction timing is published',
  },
};
