import { expect, it } from 'vitest';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';
import { wideMultiple } from './wide-multiple.ts';

const code = (multiple: bigint, core: 'cortex-m4' | 'cortex-a7') =>
  listing(
    { params: ['i64'], results: ['i64'], body: [['local.get', 0], ['i64.const', multiple], ['i64.mul']] },
    [5n],
    buildFor(cores[core], false),
  )
    .flatMap((b) => b.code)
    .map((text) => text.split(' ')[0]!);

/*
 * u64 * n, gcc 12.2 -O2, instructions between entry and return without moves:
 *   31 on the Cortex-M4: lsls; lsls; subs; orr; sbc        10 on the Cortex-A7: adds; adc; adds; adcs; adds; adc; adds; adcs
 *   100, both: adds; adc; adds; adc; lsl; lsl; orr; adds; adc; adds; adc
 *   1000 on the Cortex-M4: lsls; lsl; subs; orr; sbc; lsl; lsls; adds; orr; adc; lsls; lsls; orr
 */
it.each([
  [31n, 'cortex-m4', 5],
  [10n, 'cortex-a7', 8],
  [100n, 'cortex-m4', 11],
  [100n, 'cortex-a7', 11],
  [1000n, 'cortex-m4', 13],
] as const)('makes %d times on %s in %d instructions', (multiple, core, instructions) => {
  const made = code(multiple, core);
  expect(made.filter((t) => /^(adds|adc|subs|sbc|lsl|orr)$/.test(t)).length).toBe(instructions);
  expect(made).not.toContain('umull');
});

/* 1000003: umull; mla */
it('multiplies where steps are more than a call', () => {
  expect(wideMultiple(1000003, 1)).toBeNull();
  expect(code(1000003n, 'cortex-m4')).toContain('umull');
});

/* x * 0x100000001b3 (FNV-1a): lsls r3, r0, #8; mla r1, r2, r1, r3; umull r0, ip, r0, r2; add r1, r1, ip */
it('shifts for the upper word of a constant that is a power of two', () => {
  const made = code(0x100000001b3n, 'cortex-m4');
  expect(made.filter((t) => /^(lsl|mul|mla|umull)$/.test(t)).toSorted()).toEqual(['lsl', 'mla', 'umull']);
});

/* gcc takes the steps on the Cortex-M4 and the product on the Cortex-A7, where a shift of two words is dearer. */
it.each([48000, 1000000, 12345, 9999])('knows where %i is multiplied', (multiple) => {
  expect(wideMultiple(multiple, 1)).not.toBeNull();
  expect(wideMultiple(multiple, 2)).toBeNull();
});
