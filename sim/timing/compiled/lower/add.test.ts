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

/*
 * (-(x & 1) & p) ^ (x >> 1), (-(x >> 5 & 1) & p) ^ (x >> 1), -(x >> 31) & p and -(x & 2) & p, gcc 12.2 -O2 on both cores:
 *   sbfx r3, r0, #0, #1;  ands r3, r1;  eor r0, r3, r0, lsr #1      sbfx r3, r0, #5, #1 before the same      and r0, r1, r0, asr #31      and r3, r0, #2;  rsbs r3, r3, #0;  ands r0, r3, r1
 */
const shifted = (n: number): Op[] => [a, ['i32.const', n], ['i32.shr_u']];
const one: Op[] = [['i32.const', 1], ['i32.and']];
it.each<[string, Op[], Op[], string[]]>([
  ['the lowest bit', [a, ...one], [...shifted(1), ['i32.xor']], ['sbfx #0,#1', 'and reg', 'xor shr_u #1']],
  [
    'another',
    [...shifted(5), ...one],
    [...shifted(1), ['i32.xor']],
    ['sbfx #5,#1', 'and reg', 'xor shr_u #1'],
  ],
  ['the sign', shifted(31), [], ['and shr_s #31']],
  ['no bit of its own', [a, ['i32.const', 2], ['i32.and']], [], ['and #2', 'rsb #0', 'and reg']],
])('makes all bits of one: %s', (_, bit, rest, wanted) => {
  const body: Op[] = [['i32.const', 0], ...bit, ['i32.sub'], b, ['i32.and'], ...rest];
  for (const core of ['cortex-a7', 'cortex-m4'] as const) {
    const code = listing(
      { params: ['i32', 'i32'], results: ['i32'], body },
      [1, 2],
      buildFor(cores[core], false),
    );
    expect(code.flatMap((block) => block.code).filter((t) => /^(sbfx|and|rsb|xor|shr)/.test(t))).toEqual(
      wanted,
    );
  }
});
