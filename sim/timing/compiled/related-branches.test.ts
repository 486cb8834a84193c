import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const set = (i: number): Op => ['local.set', i];
const i32 = (v: number): Op => ['i32.const', v];

/*
 * for (c = 0; c != 9; c += 3) for (p = c * 32 + 1536, e = p + 32, q = c; p < e; p++, q += 2) s += m[p] * m[q];
 *   gcc 12.2, unsigned p < e in front of the turned loop holds for every c: sub r3, ...; add; cmp lr, r3; bne, and no other comparison.
 */
it('drops the test whether a counter lies below its own end', () => {
  const step = (i: number, by: number): Op[] => [get(i), i32(by), ['i32.add'], set(i)] as Op[];
  const start = [get(0), i32(5), ['i32.shl'], i32(1536), ['i32.add'], ['local.tee', 1], i32(32), ['i32.add']];
  const body = [
    ...[['loop', 'void'], ...start, set(2), get(0), set(3), ['block', 'void'], ['loop', 'void']],
    ...[get(1), get(2), ['i32.ge_u'], ['br_if', 1], get(4), get(1), ['i32.load8_u', 0, 0]],
    ...[get(3), ['i32.load8_u', 0, 0], ['i32.mul'], ['i32.add'], set(4)],
    ...[...step(1, 1), ...step(3, 2), ['br', 0], ['end'], ['end']],
    ...[...step(0, 3), get(0), i32(9), ['i32.ne'], ['br_if', 0], ['end'], get(4)],
  ] as Op[];
  const code = listing(
    { results: ['i32'], locals: ['i32', 'i32', 'i32', 'i32', 'i32'], body },
    [],
    firmware(false),
  );
  const tests = code.flatMap((b) => b.code).filter((t) => t.startsWith('cmp') && t !== 'cmp #500');
  expect(tests).toHaveLength(2);
});
