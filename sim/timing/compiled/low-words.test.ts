import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
/** store(c + offset, ((u32)(a * b >> by) & mask) + c), and what `more` does with the shifted word. */
const compiled = (by: number, mask: number, more: Op[] = []): string[] => {
  const product: Op[] = [get(0), ['i64.extend_i32_s'], get(1), ['i64.extend_i32_s'], ['i64.mul']];
  const word: Op[] = [...product, ['i64.const', by], ['i64.shr_u'], ['i32.wrap_i64'], ['local.set', 3]];
  const sum: Op[] = [
    get(2),
    get(3),
    ['i32.const', mask],
    ['i32.and'],
    get(2),
    ['i32.add'],
    ['i32.store', 2, 0],
  ];
  const source = { params: ['i32', 'i32', 'i32'], locals: ['i32'], body: [...word, ...more, ...sum] };
  const code = hottest(listing(source, [5, 3, 64], firmware(false)));
  return code
    .slice(code.indexOf('smull') + 1)
    .filter((t) => /^(lsr|lsl|shl|orr|and|bic|add (shl|lsl|reg))/.test(t));
};

/* ((u32)((u64)((i64)a * b) >> by) & mask) + c, gcc 12.2 -O2, Cortex-M4 and Cortex-A7 alike. */
it('takes what a mask leaves of the upper word from there', () => {
  // by 31, mask -2: smull r0, r1, r0, r1;  add r0, r2, r1, lsl #1
  expect(compiled(31, -2).toSorted()).toEqual(['add reg', 'add shl #1']);
  // by 28, mask -256: smull r0, r1, r0, r1;  lsls r1, r1, #4;  bic r1, r1, #255
  expect(compiled(28, -256).filter((t) => /^(shl|and|lsr|orr)/.test(t))).toEqual(['shl #4', 'and #-256']);
});

/* u32 x = (u64)((i64)a * b) >> 31;  *c = x;  return x & -2;  smull r0, r1, r0, r1;  lsrs r0, r0, #31;  orr r0, r0, r1, lsl #1;  str r0, [r2];  bic r0, r0, #1 */
it('leaves a word that something else reads', () => {
  const both = compiled(31, -2, [get(2), get(3), ['i32.store', 2, 8]]);
  expect(both.slice(0, 2)).toEqual(['lsr #', 'orr lsl']);
});

/* With by 31 and mask 3, bit 0 is of the lower word: lsrs, orr, and the mask. */
it('needs both words where the mask has bits of both', () => {
  expect(compiled(31, 3).slice(0, 2)).toEqual(['lsr #', 'orr lsl']);
});
