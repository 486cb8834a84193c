import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

const [x, y, z, w] = [0, 1, 2, 3].map((i): Op => ['local.get', i]) as [Op, Op, Op, Op];
const k = (v: number): Op => ['i32.const', v];
const compiled = (body: Op[]): string => {
  const source = { params: ['i32', 'i32', 'i32', 'i32'] as 'i32'[], results: ['i32'] as 'i32'[], body };
  // w comes on the stack.
  const code = hottest(listing(source, [5, 3, 1, 2], firmware(false))).filter((t) => t !== 'ldr [sp]');
  return code
    .slice(code.indexOf('bhi trap') + 1)
    .filter((t) => !/depth|^add #-1$|^(movw\+movt|mov$)|return|ldm|pop|bx/.test(t))
    .join('; ');
};

/* wasm2c without checks, gcc 12.2 -O2 -mcpu=cortex-m4 and -mcpu=cortex-a7 alike, in the comment before each. */
it.each<[string, Op[], string]>([
  // x + (z < w ? y : 0): cmp r3, r1;  it cc;  addcc r0, r0, r2
  [
    'adds under a condition',
    [x, y, k(0), z, w, ['i32.lt_u'], ['select'], ['i32.add']],
    'cmp reg; it x1; add reg',
  ],
  // (x >> 1) ^ (z & 1 ? y : 0): lsrs r0, r1, #1;  lsls r3, r3, #31;  it mi;  eormi r0, r0, r2
  [
    'changes bits under a condition',
    [x, k(1), ['i32.shr_u'], y, k(0), z, k(1), ['i32.and'], ['select'], ['i32.xor']],
    'shr_u #1; lsls test; it x1; xor reg',
  ],
  // x + (y < z): cmp r2, r3;  it lt;  addlt r0, r0, #1 (behind ite ge; movge r0, r1 where the sum goes elsewhere)
  ['adds a comparison', [x, y, z, ['i32.lt_s'], ['i32.add']], 'cmp reg; it x1; add #1'],
  // x - (y != 5): cmp r2, #5;  it ne;  subne r0, r0, #1
  ['subtracts a comparison', [x, y, k(5), ['i32.ne'], ['i32.sub']], 'cmp #5; it x1; sub #1'],
  // x == 5: sub r0, r1, #5;  clz r0, r0;  lsrs r0, r0, #5
  ['compares for equality', [x, k(5), ['i32.eq']], 'sub #5; clz; lsr #5'],
  // x == y: subs r0, r1, r2;  clz r0, r0;  lsrs r0, r0, #5
  ['compares two for equality', [x, y, ['i32.eq']], 'sub reg; clz; lsr #5'],
  // x != y: subs r0, r1, r2;  it ne;  movne r0, #1
  ['compares for difference', [x, y, ['i32.ne']], 'sub reg; it x1; mov<cc> #1'],
  // x >= 0: mvns r0, r1;  lsrs r0, r0, #31
  ['asks for a sign', [x, k(0), ['i32.ge_s']], 'mvn; lsr #31'],
  // (y < z) << 3: cmp r2, r3;  ite ge;  movge r2, #0;  movlt r2, #1;  lsls r0, r2, #3
  [
    'makes other comparisons of both constants',
    [y, z, ['i32.lt_s'], k(3), ['i32.shl']],
    'cmp reg; it x2; mov<cc> #1; mov<cc> #0; shl #3',
  ],
])('%s', (_, body, expected) => {
  expect(compiled(body)).toBe(expected);
});
