import { expect, it } from 'vitest';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';

const code = (name: string, divisor: bigint, core: 'cortex-m4' | 'cortex-a7') =>
  listing(
    {
      params: ['i64'],
      results: ['i64'],
      body: [['local.get', 0], ['i64.const', divisor], [name]],
    },
    [1000n],
    buildFor(cores[core], false),
  )
    .flatMap((b) => b.code)
    .map((text) => text.split(' ')[0]!);
const count = (list: string[], is: RegExp) => list.filter((t) => is.test(t)).length;

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, s64 / 600: 75 leaves 1 of 2^20.
 *   lsrs; orr lsl #12; ubfx; ubfx; add; ubfx #8; add; add lsr #28;  asr #31; and #133; add;  umull; lsrs #3; mls (75);  bic #73; add
 *   subs; sbc asr #31;  mul; mla; umull; add;  asrs #31; and #7; adds; adc #0;  lsrs #3; orr lsl #29; asrs #3
 */
it('divides the sum of digits of 20 bits', () => {
  const made = code('i64.div_s', 600n, 'cortex-a7');
  expect(count(made, /^bl$/)).toBe(0);
  expect(count(made, /^(ubfx|umull|mls|mul|mla|adc|sbc)$/)).toBe(3 + 2 + 1 + 1 + 1 + 1 + 1);
  expect(count(made, /^(lsr|asr|orr|and|bic)$/)).toBe(3 + 3 + 2 + 3);
});

/*
 * u64 / 3, both cores: adds r3, r0, r1; adc r3, r3, #0; umull; ... subs; sbc #0; mul; mla; umull; add.
 * -mcpu=cortex-m4 takes three times the quotient off with shifts: bic r2, ip, #1; add r2, r2, ip, lsr #1; subs r3, r3, r2
 */
it('adds words with their carry where nothing is negative', () => {
  const made = code('i64.div_u', 3n, 'cortex-m4');
  expect(count(made, /^(ubfx|mls|bl)$/)).toBe(0);
  expect(count(made, /^(adds|adc|umull|mul|mla)$/)).toBe(1 + 1 + 2 + 1 + 1);
  expect(count(code('i64.div_u', 3n, 'cortex-a7'), /^mls$/)).toBe(1);
});

/* -mcpu=cortex-m4 and -mcpu=cortex-a7, each of them: bl __aeabi_ldivmod */
it.each([
  ['i64.div_s', 1000n],
  ['i64.div_s', 641n],
  ['i64.div_s', -10n],
  ['i64.rem_s', 1000000000n],
])('%s by %d calls the library', (name, divisor) => {
  expect(count(code(name, divisor, 'cortex-m4'), /^bl$/)).toBe(1);
});

/* -mcpu=cortex-a7, s64 / 4: asrs r3, r1, #31; and r3, r3, #3; adds r0, r3, r0; adc r1, r1, #0; lsrs; orr; asrs */
it('shifts by powers of two', () => {
  expect(count(code('i64.div_s', 4n, 'cortex-a7'), /^(asr|and|adds|adc|lsr|orr)$/)).toBe(7);
});

/*
 * -mcpu=cortex-a7, s64 / 2^31: asrs r3, r1, #31; bic r3, r3, #0x80000000; adds r0, r3, r0; adc r1, r1, #0; lsrs; orr lsl #1; asrs
 * s64 / 2^40: asrs r3, r1, #31; adds r0, r3, r0; and r3, r3, #255; adc r1, r1, r3; asrs r0, r1, #8; asrs r1, r1, #31
 */
it('shifts by powers of two beyond a word', () => {
  const q31 = code('i64.div_s', 1n << 31n, 'cortex-a7');
  expect(count(q31, /^(asr|and|bic|adds|adc|lsr|orr)$/)).toBe(7);
  const made = code('i64.div_s', 1n << 40n, 'cortex-a7');
  expect(count(made, /^(asr|and|adds|adc)$/)).toBe(6);
  expect(count([...q31, ...made], /^bl$/)).toBe(0);
});

/* x / y and x % y with unknown y: one bl __aeabi_ldivmod. */
it('asks the library once for quotient and remainder', () => {
  const made = listing(
    {
      params: ['i64', 'i64'],
      results: ['i64'],
      body: [
        ...[['local.get', 0] as const, ['local.get', 1] as const, ['i64.div_s'] as const],
        ...[
          ['local.get', 0] as const,
          ['local.get', 1] as const,
          ['i64.rem_s'] as const,
          ['i64.xor'] as const,
        ],
      ].map((op) => [...op]),
    },
    [1000n, 7n],
    buildFor(cores['cortex-m4'], false),
  ).flatMap((b) => b.code);
  expect(count(made, /^bl$/)).toBe(1);
});
