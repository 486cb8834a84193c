import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { firmware } from '../build.ts';
import { hottest, listing } from '../listing.ts';

const compiled = (body: Op[], params: 1 | 2 | 3 = 1): string[] => {
  const types = Array.from({ length: params }, () => 'i32' as const);
  const code = hottest(
    listing({ params: types, results: ['i32'], body }, [5, 3, 1].slice(0, params), firmware(false)),
  );
  // The function's depth count comes first, its way out last.
  return code
    .slice(code.indexOf('bhi trap') + 1)
    .filter((t) => !/depth|^sub #1$|^(movw\+movt|mov #|mov$)|return|ldm|pop|bx/.test(t));
};

const x: Op = ['local.get', 0];
const y: Op = ['local.get', 1];
const z: Op = ['local.get', 2];
const k = (v: number): Op => ['i32.const', v];

/* Each against gcc 12.2 -O2 -mcpu=cortex-m4 -mthumb of the same C, in the comment before it. */
it.each<[string, 1 | 2 | 3, Op[], string[]]>([
  // x / 7u: umull; subs r0, r0, r3; add r0, r3, r0, lsr #1; lsrs r0, r0, #2
  ['divides by 7', 1, [x, k(7), ['i32.div_u']], ['umull', 'sub', 'add lsr #1', 'lsr #']],
  // x / 14u: lsrs r0, r0, #1; umull; lsrs r0, r0, #2
  ['divides by 14', 1, [x, k(14), ['i32.div_u']], ['lsr #', 'umull', 'lsr #']],
  // x / 641u: umull
  ['divides by 641', 1, [x, k(641), ['i32.div_u']], ['umull']],
  // x / 7: smull; add r3, r3, r0; asrs r0, r0, #31; rsb r0, r0, r3, asr #2
  ['divides a signed number by 7', 1, [x, k(7), ['i32.div_s']], ['smull', 'add', 'asr #31', 'rsb asr']],
  // x / 3: smull; sub r0, r3, r0, asr #31
  ['divides a signed number by 3', 1, [x, k(3), ['i32.div_s']], ['smull', 'sub asr #31']],
  // a > b ? c + 1 : c + 2: cmp; ite gt; addgt r0, r2, #1; addle r0, r2, #2
  [
    'computes both arms under the condition',
    3,
    [z, k(1), ['i32.add'], z, k(2), ['i32.add'], x, y, ['i32.gt_s'], ['select']],
    ['cmp reg', 'it x2', 'add #1', 'add #2'],
  ],
  // k == 63 ? 0 : k + 1: cmp r0, #63; ite ne; addne r0, r0, #1; moveq r0, #0
  [
    'computes one arm and sets the other',
    1,
    [k(0), x, k(1), ['i32.add'], x, k(63), ['i32.eq'], ['select']],
    ['cmp #63', 'it x2', 'add #1', 'mov<cc> #'],
  ],
  // (a ^ b) < 0 ? c + 1 : c: teq r0, r1; it mi; addmi r2, r2, #1
  [
    'compares signs',
    3,
    [z, k(1), ['i32.add'], z, x, y, ['i32.xor'], k(0), ['i32.lt_s'], ['select']],
    ['teq', 'it x1', 'add #1'],
  ],
  // (a & b) + (c & ~a): bic r2, r2, r0; ands r0, r0, r1; add r0, r0, r2
  [
    'clears bits',
    3,
    [x, y, ['i32.and'], z, x, k(-1), ['i32.xor'], ['i32.and'], ['i32.add']],
    ['and reg', 'bic', 'add reg'],
  ],
  // x * y + 16384: mul r0, r1, r0; add r0, r0, #16384, which only products of 16-bit numbers take into an mla
  ['adds an immediate to a product', 2, [x, y, ['i32.mul'], k(16384), ['i32.add']], ['mul', 'add #16384']],
  // clz(x | 1): orr r0, r0, #1; clz r0, r0
  ['counts zeros of what is not zero', 1, [x, k(1), ['i32.or'], ['i32.clz']], ['or #1', 'clz']],
  // ((x >> 1) & 0x55555555) | ((x & 0x55555555) << 1): lsrs; lsls; and; and #0xaaaaaaaa; orrs
  [
    'shifts before it masks',
    1,
    [
      x,
      k(1),
      ['i32.shr_u'],
      k(0x55555555),
      ['i32.and'],
      x,
      k(0x55555555),
      ['i32.and'],
      k(1),
      ['i32.shl'],
      ['i32.or'],
    ],
    ['shr_u #1', 'shl #1', 'and #1431655765', 'and #-1431655766', 'or reg'],
  ],
  // the bytes of x in the opposite order: rev r0, r0
  [
    'swaps bytes',
    1,
    [
      ...[x, k(24), ['i32.shl'], x, k(8), ['i32.shl'], k(0xff0000), ['i32.and'], ['i32.or']],
      ...[x, k(8), ['i32.shr_u'], k(0xff00), ['i32.and'], ['i32.or'], x, k(24), ['i32.shr_u'], ['i32.or']],
    ] as Op[],
    ['rev'],
  ],
])('%s', (_, params, body, expected) => {
  expect(compiled(body, params).toSorted()).toEqual(expected.toSorted());
});
