import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import { block, machineCode, make } from '../testing/machine-code.ts';
import { buildAllocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { formRegions } from './regions.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel autocorr without checks, -fdump-rtl-ira-details: before the loops, in code of frequency 1,
 *   (set (reg:SI 227) (const_int 43691));  (set (zero_extract:SI (reg:SI 227) 16 16) (const_int 10922)) {*arm_movtas_ze}
 *   a7(r227,l0) costs: ... MEM:50,80    with three for the use inside; a constant of one word, a6(r220,l0), has MEM:10,140
 * pearson has both in code of frequency 3: r200 MEM:150. The Cortex-M4 loads the constant from a pool of literals instead.
 */
it('makes a constant of two words by two instructions, of which the second reads and writes it', () => {
  const code = [
    make('move', 'mov #12', [0], [], { immediate: true }),
    make('move', 'movw+movt #715827883', [1], [], { immediate: true, words: 2 }),
  ];
  const costs = (frequency: number, pool: boolean): number[] => {
    const all = machineCode([block(0, code, { frequency })], { registers: 2 });
    const tree = formRegions(all);
    const live = liveness(all);
    const { of } = buildAllocnos(all, tree, new Equivalents(all, live), pool);
    return [0, 1].map((v) => of(tree.root, v)!.memory);
  };
  expect(costs(1, false)).toEqual([10, 50]);
  expect(costs(3, false)).toEqual([30, 150]);
  expect(costs(1, true)).toEqual([10, 10]);
});
