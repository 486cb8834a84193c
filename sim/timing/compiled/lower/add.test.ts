import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';

const [a, b, c, d] = [0, 1, 2, 3].map((i): Op => ['local.get', i]) as [Op, Op, Op, Op];

/*
 * wasm2c's code without checks, where d comes on the stack: gcc 12.2 -O2 -mcpu=cortex-a7
 *   a * b + c * d               mul r3, r4, r3;  mla r0, r2, r1, r3     (r4 is d)
 *   t = c * d;  a * b + t       mul r1, r2, r1;  mla r0, r2, r3, r1     (r2 is d by then)
 */
it.each<[string, Op[], string[]]>([
  ['first', [a, b, ['i32.mul'], c, d, ['i32.mul'], ['i32.add']], ['ldr [sp]', 'mul', 'mla']],
  [
    'last',
    [c, d, ['i32.mul'], ['local.set', 4], a, b, ['i32.mul'], ['local.get', 4], ['i32.add']],
    ['mul', 'ldr [sp]', 'mla'],
  ],
])('takes the older of two products along, which stands %s', (_, body, wanted) => {
  const code = listing(
    { params: ['i32', 'i32', 'i32', 'i32'], results: ['i32'], locals: ['i32'], body },
    [1, 2, 3, 4],
    buildFor(cores['cortex-a7'], false),
  ).flatMap((block) => block.code);
  expect(code.filter((t) => /^(mul|mla|ldr \[sp\])/.test(t))).toEqual(wanted);
});
