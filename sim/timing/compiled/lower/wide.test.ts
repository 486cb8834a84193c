import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';

type Case = [what: string, body: Op[], m4: string, a7?: string];
const x: Op = ['local.get', 0];
const y: Op = ['local.get', 1];
const word: Op = ['i32.wrap_i64'];
const i64 = (v: bigint): Op => ['i64.const', v];

// gcc 12.2 -O2 of the same in C: mnemonics in any order, moves between registers and constants left out.
const cases: Case[] = [
  ['rotl 7', [x, i64(7n), ['i64.rotl']], 'lsl lsl orr orr'],
  ['rotl 40', [x, i64(40n), ['i64.rotl']], 'lsr lsr orr orr'],
  ['rotl 32', [x, i64(32n), ['i64.rotl']], ''],
  ['x << 1', [x, i64(1n), ['i64.shl']], 'adds adc'],
  ['x << 2', [x, i64(2n), ['i64.shl']], 'lsl lsr orr', 'adds adc adds adc'],
  ['x << 3', [x, i64(3n), ['i64.shl']], 'lsl lsr orr'],
  // adcs r1, r1, r2, asr #31
  ['x + sign extended', [x, y, word, ['i64.extend_i32_s'], ['i64.add']], 'adds adc'],
  ['x - sign extended', [x, y, word, ['i64.extend_i32_s'], ['i64.sub']], 'subs sbc'],
  // adc r1, r1, #0
  ['x + zero extended', [x, y, word, ['i64.extend_i32_u'], ['i64.add']], 'adds adc'],
  // lsrs, orr, eors; eor r1, r1, r1, lsr #30
  ['x ^ x >> 30', [x, x, i64(30n), ['i64.shr_u'], ['i64.xor']], 'lsr orr xor xor'],
  ['x * x', [x, x, ['i64.mul']], 'mul umull add'],
  // umull r0, r3, r2, r0; mla r1, r2, r1, r3
  ['x * zero extended', [x, y, word, ['i64.extend_i32_u'], ['i64.mul']], 'umull mla'],
  // umull r0, r2, r0, r1; asrs r1, r1, #31; mla r1, r3, r1, r2
  [
    'sign extended * zero extended',
    [x, word, ['i64.extend_i32_s'], y, word, ['i64.extend_i32_u'], ['i64.mul']],
    'umull asr mla',
  ],
  // ldrb r0, [r0]; smull r0, r1, r0, r2
  [
    'sign extended * zero extended byte',
    [x, word, ['i64.load8_u', 0], y, word, ['i64.extend_i32_s'], ['i64.mul']],
    'smull',
  ],
  ['x & 0xffffffff00', [x, i64(0xffffffff00n), ['i64.and']], 'and uxtb'],
  ['~x', [x, i64(-1n), ['i64.xor']], 'mvn mvn'],
  // bic r0, r2, r0; bic r1, r3, r1
  ['y & ~x', [y, x, i64(-1n), ['i64.xor'], ['i64.and']], 'bic bic'],
  // orn r0, r2, r0; orn r1, r3, r1
  ['y | ~x', [y, x, i64(-1n), ['i64.xor'], ['i64.or']], 'orn orn'],
  ['x < 0', [x, i64(0n), ['i64.lt_s'], ['i64.extend_i32_u']], 'lsr'],
  // cmp r0, #5; sbcs r1, r1, #0
  ['x < 5', [x, i64(5n), ['i64.lt_s'], ['i64.extend_i32_u']], 'cmp sbcs it'],
  // cmp r1, #0; ge
  ['x > -1', [x, i64(-1n), ['i64.gt_s'], ['i64.extend_i32_u']], 'cmp it'],
  // adds r0, r0, r0; adcs r1, r1, r1; cmp r2, ip; sbcs r3, r3, r2; it cs; orrcs r0, r0, #1
  [
    '(x << 1) | (x >= y)',
    [x, i64(1n), ['i64.shl'], x, y, ['i64.ge_u'], ['i64.extend_i32_u'], ['i64.or']],
    'adds adc cmp sbcs it or',
  ],
  // ubfx r0, r0, #15, #1
  ['x >> 15 & 1', [x, i64(15n), ['i64.shr_u'], i64(1n), ['i64.and']], 'ubfx'],
  // sbfx r0, r0, #9, #16
  [
    'lower half of x >> 9',
    [x, i64(9n), ['i64.shr_u'], word, ['i32.extend16_s'], ['i64.extend_i32_s']],
    'sbfx asr',
  ],
  // subs r0, r0, #5; orrs r0, r0, r1
  ['x == 5', [x, i64(5n), ['i64.eq'], ['i64.extend_i32_u']], 'sub orrs it'],
  // bl __popcountdi2; asrs r1, r0, #31: the built-in gives an int
  ['ones of x', [x, ['i64.popcnt']], '__popcountdi2 asr'],
  // ubfx and bl __paritysi2, of kernel gold
  [
    'lowest bit of ones',
    [x, word, ['i32.popcnt'], ['i32.const', 1], ['i32.and'], ['i64.extend_i32_u']],
    '__paritysi2',
  ],
  [
    'lowest bit of ones, shifted',
    [
      x,
      word,
      ['i32.popcnt'],
      ['i32.const', 9],
      ['i32.shl'],
      ['i32.const', 512],
      ['i32.and'],
      ['i64.extend_i32_u'],
    ],
    '__paritysi2 shl',
  ],
  ['x >> y & 63', [x, y, ['i64.shr_u']], 'and rsb sub lsl lsr lsr lsr orr orr'],
  // and r2, #63; sub r1, r2, #32; rsb r3, r2, #32; lsr r3, r0, r3; lsl r1, r0, r1; orrs r1, r3; lsls r0, r2
  ['lower word of x << y', [x, word, ['i64.extend_i32_u'], y, ['i64.shl']], 'and sub rsb lsr lsl orr lsl'],
  // and r2, #63; lsrs r0, r2; movs r1, #0
  ['lower word of x >> y', [x, word, ['i64.extend_i32_u'], y, ['i64.shr_u']], 'and lsr'],
  // mul r0, r2, r0; rsb r0, r0, #31
  [
    'lower word of 31 - xy',
    [i64(31n), x, y, ['i64.mul'], ['i64.sub'], word, ['i64.extend_i32_u']],
    'mul rsb',
  ],
];

const mnemonics = (body: Op[], core: 'cortex-m4' | 'cortex-a7'): string[] =>
  listing({ params: ['i64', 'i64'], results: ['i64'], body }, [1n, 2n], buildFor(cores[core], false))
    .flatMap((b) => b.code)
    .map((t) => t.split(/[ <]/)[0]!)
    .filter((t) => !/^(mov|bx|push|pop|ldr)/.test(t));

/** What a function consists of beside its frame, which is all of one that returns its parameter. */
const own = (body: Op[], core: 'cortex-m4' | 'cortex-a7'): string => {
  const frame = mnemonics([x], core);
  return mnemonics(body, core)
    .filter((t) => {
      const at = frame.indexOf(t);
      if (at >= 0) frame.splice(at, 1);
      return at < 0;
    })
    .sort()
    .join(' ');
};

it.each(cases)('makes %s of the words that gcc makes it of', (_, body, m4, a7 = m4) => {
  const sorted = (s: string) => s.split(' ').sort().join(' ');
  expect(own(body, 'cortex-m4')).toBe(sorted(m4));
  expect(own(body, 'cortex-a7')).toBe(sorted(a7));
});
