/** Cortex-M4 with zero wait states: ARM DDI 0439D (r0p1 technical reference manual), tables 3-1 and 3-2. */
import { cyclesFrom, type Core, type SingleIssueTiming } from './core.ts';

const table = cyclesFrom('datasheet', 'ARM DDI 0439D, table 3-1');
const notes = cyclesFrom('datasheet', 'ARM DDI 0439D, section 3.3.2 and table 3-2');

export const cortexM4Timing: SingleIssueTiming = {
  kind: 'single-issue',
  load: table(2),
  storeImmediate: table(1),
  storeRegisterOffset: table(2),
  multiply: table(1),
  // 2 to 12 with early termination; the middle for quotients of a few bits to a dozen.
  divide: table(6, { low: 2, high: 12 }),
  addressStall: notes(1),
  // 1 to 3, depending on alignment and width of the target.
  branchRefill: table(1, { low: 1, high: 3 }),
  tableBranch: table(6),
  floats: 'single',
};

export const cortexM4: Core = {
  id: 'cortex-m4',
  name: 'Arm Cortex-M4',
  timing: cortexM4Timing,
  positionIndependent: false,
  shiftAdds: 2,
  doublings: 1,
  cheapBranches: true,
  spillCost: 24,
  extendCost: 4,
  scheduler: {
    description: 'cortex-m4',
    load: 2,
    multiply: 1,
    divide: 1,
    shift: 1,
    alu: 1,
    issue: 1,
    floats: 'single',
    source: 'GCC cortex-m4.md',
  },
  skipped: 2,
};
