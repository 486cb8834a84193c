/** Cortex-A8: stages of the reference manual. Compiled code without floating point has a reference (docs/decisions/0200); interpreters have none here. */
import { cyclesFrom, type Core } from './core.ts';

const gcc = cyclesFrom('model', 'GCC config/arm/cortex-a8.md');
const manual = cyclesFrom('datasheet', 'ARM DDI 0344E, section 5.1');
const stage = cyclesFrom(
  'datasheet',
  "ARM DDI 0344, chapter 16, as LLVM's ARMScheduleA8.td and GCC's cortex-a8.md repeat it",
);
const call = cyclesFrom(
  'model',
  'libgcc of Debian 12 (armhf) in a loop over positive numbers of all lengths, traced and timed as the reference is, less the loop (test/reference/division-calls.test.ts): the mean; its range is added up from the instructions: a divisor of 1, and 32 bits of quotient with five branches missed',
);
const anyLength = { low: 12, high: 200 };

export const cortexA8: Core = {
  id: 'cortex-a8',
  name: 'Arm Cortex-A8',
  timing: {
    kind: 'dual-issue',
    loadLatency: gcc(3, { low: 2, high: 3 }),
    multiplyLatency: gcc(6),
    divideIssue: call(59, anyLength),
    divideLatency: call(59, anyLength),
    shiftLatency: gcc(2),
    mispredict: manual(13),
    predictor: {
      targets: 512,
      historyBits: 10,
      source: 'ARM DDI 0344E, 5.1: 512-entry BTB, 10 branches of history',
    },
    stages: {
      needs: {
        address: stage(1),
        multiplied: stage(1),
        shifted: stage(1),
        operand: stage(2),
        stored: stage(3),
        added: stage(5),
      },
      gives: { move: stage(1), operation: stage(2), base: stage(2), loaded: stage(3), product: stage(5) },
      productIssue: { half: stage(1), word: stage(2), long: stage(3) },
    },
    floats: 'vfplite',
  },
  positionIndependent: true,
  shiftAdds: 1,
  doublings: 2,
  cheapBranches: false,
  spillCost: 16,
  extendCost: 4,
  scheduler: {
    description: 'cortex-a8',
    load: 3,
    multiply: 6,
    divide: 6,
    shift: 1,
    alu: 1,
    issue: 2,
    floats: 'vfplite',
    source: 'GCC cortex-a8.md',
  },
  divisionCalls: {
    div_s: call(38, anyLength),
    div_u: call(59, anyLength),
    rem_s: call(50, anyLength),
    rem_u: call(83, anyLength),
  },
  skipped: 5,
  unconfirmed: {
    value: 1,
    low: 0.7,
    high: 1.5,
    unit: 'ratio',
    kind: 'assumed',
    source:
      'no reference of such code for this core; in-order models of one core differ by up to 1.5 (arm-truth, section 7)',
  },
};
