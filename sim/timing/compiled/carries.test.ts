import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

const code = (params: ('i32' | 'i64')[], body: Op[]) =>
  listing(
    { params, results: ['i32'], body },
    params.map((type) => (type === 'i64' ? 1n : 1)),
    buildFor(cores['cortex-m4'], false),
  )
    .flatMap((b) => b.code)
    .map((t) => t.split(' ').slice(0, 2).join(' '));
const get = (k: number): Op => ['local.get', k];
const at = (address: number): Op => ['i32.const', address];

/*
 * s = a + b; *p = s; return s < a;      gcc 12.2 -O2 -mcpu=cortex-m4, as in a sum of words:
 *   adds r3, r2, r3;  ite cs;  movcs ip, #1;  movcc ip, #0
 */
it('asks for the carry of a sum as a value', () => {
  const sum: Op[] = [at(64), get(0), get(1), ['i32.add'], ['local.tee', 2], ['i32.store', 2, 0]];
  const text = code(['i32', 'i32', 'i32'], [...sum, get(2), get(0), ['i32.lt_u']]);
  expect(text.filter((t) => /^(adds|cmp reg|it|mov<cc>)/.test(t))).toEqual([
    'adds',
    'it x2',
    'mov<cc> #1',
    'mov<cc> #0',
  ]);
});

/*
 * if (++counter[0] == 0) ++counter[1], ChaCha20's, compared by clang as a sum below its operand:      adds r3, r3, #1;  str r3, [r1, r7];  bcc
 */
it('branches on the carry behind a store', () => {
  const text = code(
    ['i32', 'i32', 'i32'],
    [
      ...[at(64), get(0), get(1), ['i32.add'] as Op, ['local.tee', 2] as Op, ['i32.store', 2, 0] as Op],
      ...[get(2), get(0), ['i32.ge_u'] as Op, ['if', 'void'] as Op],
      ...[at(96), get(0), ['i32.store', 2, 0] as Op, at(100), get(1), ['i32.store', 2, 0] as Op],
      ...[at(104), get(0), ['i32.store', 2, 0] as Op, at(108), get(1), ['i32.store', 2, 0] as Op],
      ['end'] as Op,
      get(2),
    ],
  );
  expect(text).toContain('adds');
  expect(text).toContain('b<cc>');
  expect(text.filter((t) => /^(cmp|mov<cc>)/.test(t) && t !== 'cmp #500')).toEqual([]);
});

/*
 * acc += (unsigned long long)x * y, compared with the product, of a product of 256-bit numbers:
 *   umull r0, r1, r0, r1;  adds r3, r3, r0;  adcs r2, r2, r1;  mov.w r5, #0;  it cs;  movcs r5, #1
 * Compared with what was there before, the product goes along:      umlal r3, ip, r7, r5;  cmp r3, fp;  sbcs r2, ip, r2
 */
it.each([
  [3, ['umull', 'adds', 'adcs', 'it x1', 'mov<cc> #1']],
  [2, ['umlal', 'cmp', 'sbcs', 'it x2', 'mov<cc> #1', 'mov<cc> #0']],
])('of 64 bits, unless a product goes along', (compared: number, expected: string[]) => {
  const product: Op[] = [get(0), ['i64.extend_i32_u'], get(1), ['i64.extend_i32_u'], ['i64.mul']];
  const text = code(
    ['i32', 'i32', 'i64', 'i64', 'i64'],
    [
      ...[at(64), ...product, ['local.tee', 3] as Op, get(2), ['i64.add'] as Op, ['local.tee', 4] as Op],
      ...[['i64.store', 3, 0] as Op, get(4), get(compared), ['i64.lt_u'] as Op],
    ],
  );
  const kept = text.filter((t) => /^(umull|umlal|adds|adcs|cmp$|sbcs|it|mov<cc>)/.test(t));
  expect(kept).toEqual(expected);
});
