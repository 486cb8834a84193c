import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';

const get = (i: number): Op => ['local.get', i];
const shifted = (value: Op[], by: number): Op[] => [...value, ['i32.const', by], ['i32.shr_s']];
const load: Op[] = [get(0), ['i32.load16_s', 0]];
const product: Op[] = [get(1), get(2), ['i32.mul']];

/*
 * goertzel, gcc 12.2 -O2 -mcpu=cortex-a7, load >> 6 and l1 * c >> 14: the product's shift assigns the variable that the product is in, so it stands at its own place (tree-ssa-ter), before the other one, and
 * combine takes the first:
 *   ldrsh.w r3, [r3, #-2];  mul.w fp, lr, r1;  asrs r3, r3, #6;  add.w r3, r3, fp, asr #14
 */
it('takes the shift along that is made first', () => {
  const body = [...shifted(load, 6), ...shifted(product, 14), ['i32.add']] as Op[];
  const code = listing(
    { params: ['i32', 'i32', 'i32'], results: ['i32'], locals: [], body },
    [1024, 2, 3],
    buildFor(cores['cortex-a7'], true),
  ).flatMap((block) => block.code);
  expect(code.filter((t) => /shr_s/.test(t))).toEqual(['shr_s #6', 'add shr_s #14']);
});

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4: u64 f(short *p, u64 s) { return s + (s64)p[0] * p[1]; }
 *   ldrh r0, [r0];  ldrh r1, [r1, #2];  smlalbb r2, r3, r0, r1
 */
it('adds a product of halves to a sum that stays whole', () => {
  const half = (offset: number): Op[] => [get(0), ['i64.load16_s', offset]];
  const code = listing(
    {
      params: ['i32', 'i64'],
      results: ['i64'],
      locals: [],
      body: [get(1), ...half(0), ...half(2), ['i64.mul'], ['i64.add']],
    },
    [1024, 5n],
    buildFor(cores['cortex-m4'], false),
  ).flatMap((block) => block.code);
  expect(code.filter((t) => t.startsWith('smlal'))).toEqual(['smlalbb']);
});
