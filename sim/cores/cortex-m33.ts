/** Cortex-M33: Arm publishes no instruction timing; what was measured on silicon is. Compiled code without floating point has a reference (docs/decisions/0280). */
import { cyclesFrom, type Core } from './core.ts';
import { cortexM4 } from './cortex-m4.ts';

const measured = cyclesFrom(
  'measured',
  'github.com/jnk0le/random, "pipeline cycle test", doc/cortex_m33.md: counted by the core itself on an RP2350 (Cortex-M33 r1p0)',
);
const likeM4 = cyclesFrom('assumed', 'not described for this core: as ARM DDI 0439D says of the Cortex-M4');
const likeOthers = cyclesFrom('assumed', 'not described apart from other stores and products of this core');

export const cortexM33: Core = {
  ...cortexM4,
  id: 'cortex-m33',
  name: 'Arm Cortex-M33',
  timing: {
    kind: 'single-issue',
    load: measured(1),
    storeImmediate: measured(1),
    storeRegisterOffset: likeOthers(1, { low: 1, high: 2 }),
    multiply: likeOthers(1, { low: 1, high: 2 }),
    divide: likeM4(6, { low: 2, high: 12 }),
    addressStall: measured(0),
    branchRefill: measured(1),
    tableBranch: likeM4(6),
    secondStage: { result: measured(2), takenBeside: measured(1), taken: measured(2) },
    floats: 'single',
  },
  // No pipeline of its own in gcc: the general one, of a core whose loads are scheduled for; copies are among what it takes for slow.
  scheduler: {
    description: 'plain',
    load: 2,
    multiply: 4,
    divide: 32,
    shift: 1,
    alu: 1,
    move: 32,
    blocks: true,
    issue: 1,
    floats: 'single',
    source: 'GCC arm-generic.md',
  },
  unconfirmed: {
    value: 1 / 1.18,
    low: 0.75,
    high: 1,
    unit: 'ratio',
    kind: 'assumed',
    source:
      'no reference of such code for this core; CoreMark/MHz is 4.02 against 3.40 of the Cortex-M4 (NXP AN12284), whose cycles these are',
  },
};
