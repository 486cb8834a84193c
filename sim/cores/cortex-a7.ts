/** Cortex-A7. Arm publishes no instruction timing: latencies are measured ones, pairing is GCC's description. */
import { cyclesFrom, type Core } from './core.ts';

const measured = cyclesFrom('measured', 'hardwarebug.org, "Cortex-A7 instruction cycle timings", 2014');
const assumed = cyclesFrom('assumed', 'from the depth of the pipeline (8 stages); no figure is published');

export const cortexA7: Core = {
  id: 'cortex-a7',
  name: 'Arm Cortex-A7',
  timing: {
    kind: 'dual-issue',
    loadLatency: measured(3, { low: 2, high: 3 }),
    multiplyLatency: measured(3),
    divideIssue: measured(5),
    divideLatency: measured(7),
    shiftLatency: measured(2),
    mispredict: assumed(8, { low: 5, high: 8 }),
    predictor: {
      targets: 8,
      historyBits: 8,
      source:
        'assumed, as in the reference (arm-truth, section 4): 8-entry BTAC, 8 branches of global history',
    },
    floats: 'double',
  },
  positionIndependent: true,
  shiftAdds: 0,
  doublings: 2,
  cheapBranches: false,
  spillCost: 16,
  extendCost: 8,
  scheduler: {
    description: 'cortex-a7',
    load: 3,
    multiply: 2,
    divide: 5,
    shift: 1,
    alu: 1,
    issue: 2,
    floats: 'double',
    source: 'GCC cortex-a7.md',
  },
  skipped: 5,
};
