import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { Op } from '../../wasm/assemble.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const set = (i: number): Op => ['local.set', i];
const shifted = (i: number): Op[] => [get(i), get(0), ['i32.shr_s']];

/*
 * A step of cordic, gcc 12.2 -O2 -mcpu=cortex-a7 and -mcpu=cortex-m4: both arms need x >> i and y >> i.
 *   cmp r2, #0;  asr.w r8, r2, r1;  asr.w lr, r3, r1;  add.w r1, r1, #1;  ittte gt;  addgt r3, r8;  subgt.w r2, r2, lr;  ...;  suble.w r3, r3, r8;  addle r2, lr;  ...
 */
const arms = (first: Op[]): Op[] => [
  ['loop', 'void'],
  ...[get(2), ['i32.const', 0] as Op, ['i32.gt_s'] as Op],
  ['if', 'void'],
  ...[get(1), ...first, ['i32.add'] as Op, get(2), ...shifted(1), ['i32.sub'] as Op, set(2), set(1)],
  ['else'],
  ...[get(1), ...shifted(2), ['i32.sub'] as Op, get(2), ...shifted(1), ['i32.add'] as Op, set(2), set(1)],
  ['end'],
  ...[get(0), ['i32.const', 1] as Op, ['i32.add'] as Op, ['local.tee', 0] as Op],
  ...[['i32.const', 14] as Op, ['i32.ne'] as Op, ['br_if', 0] as Op],
  ['end'],
  ...[get(1), get(2), ['i32.add'] as Op],
];
const code = (body: Op[], core: 'cortex-a7' | 'cortex-m4') =>
  hottest(
    listing(
      { params: ['i32', 'i32', 'i32'], results: ['i32'], locals: [], body },
      [0, 1000, 77],
      buildFor(cores[core], false),
    ),
  );

it.each(['cortex-a7', 'cortex-m4'] as const)('works out once what both arms need, %s', (core) => {
  const made = code(arms(shifted(2)), core);
  expect(made.filter((t) => t === 'shr_s reg')).toHaveLength(2);
  expect(made.filter((t) => t.startsWith('b<cc>'))).toHaveLength(1);
});

it('leaves what one arm alone needs', () => {
  const made = code(arms([get(2), get(0), ['i32.shr_u']]), 'cortex-a7');
  expect(made.filter((t) => t === 'shr_s reg').length + made.filter((t) => t === 'shr_u reg').length).toBe(3);
});
