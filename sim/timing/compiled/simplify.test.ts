import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4: u64 j = (u64)a + b; *p = (u32)j; return j >> 32;
 *   adds r2, r2, r1;  adc ...;  str r2, [r3]: the low word has another use, so it is no sum of its own
 */
it('leaves the low word of a sum that is wanted whole', () => {
  const body: Op[] = [
    ...[get(1), ['i64.extend_i32_u'], get(2), ['i64.extend_i32_u'], ['i64.add'], ['local.set', 3]],
    ...[get(0), get(3), ['i32.wrap_i64'], ['i32.store', 0]],
    ...[get(3), ['i64.const', 32], ['i64.shr_u'], ['i32.wrap_i64']],
  ] as Op[];
  const code = listing(
    { params: ['i32', 'i32', 'i32'], results: ['i32'], locals: ['i64'], body },
    [1024, 2, 3],
    firmware(false),
  ).flatMap((block) => block.code);
  expect(code.filter((t) => t.startsWith('add') && !t.includes('#'))).toEqual(['adds']);
});
