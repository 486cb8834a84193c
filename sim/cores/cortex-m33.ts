/** Cortex-M33: Arm publishes no cycle table; borrowed from the Cortex-M4. */
import type { Core } from './core.ts';

export const cortexM33: Core = {
  id: 'cortex-m33',
  name: 'Arm Cortex-M33',
  borrows: {
    core: 'cortex-m4',
    factor: {
      value: 1 / 1.18,
      low: 0.75,
      high: 1,
      unit: 'ratio',
      kind: 'assumed',
      source:
        'CoreMark/MHz 4.02 against 3.40 of the Cortex-M4 (NXP AN12284); no instruction timing is published',
    },
  },
};
