import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { compileModule } from './compile.ts';

/** Instructions of the innermost loop of a reference kernel, least of their runs a share of the most. */
function hot(kernel: string, share: number): string[] {
  const wasm = readFileSync(new URL(`../../../test/reference/${kernel}.wasm`, import.meta.url));
  const analysis = analyse(new Uint8Array(wasm));
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (n: number) => unknown)(1);
  });
  const { blocks } = compileModule(analysis, counts, firmware(true))[0]!.allocation.code;
  const products = blocks.filter(({ code }) => code.some((m) => m.text === 'mla'));
  const most = Math.max(...products.map((b) => b.weight));
  return blocks
    .filter((b) => b.weight >= share * most && b.weight <= most)
    .flatMap((b) => b.code.map((m) => m.text));
}

const count = (code: readonly string[], text: RegExp): number => code.filter((c) => text.test(c)).length;

/*
 * The two rows of a unit in kernel ugrnn, gcc 12.2 -O2 -mcpu=cortex-m4, with checks: of three checks vrp2 leaves one, of a variable of 64 bits that serves all addresses.
 *   ldrsb.w lr, [ip, r6]; mla; ldrsb.w lr, [r1, r6]; mla; subw r3, r6, #1966; orrs r3, r0; beq; cmp r8, r6; mov.w r3, #0; sbcs r3, r0; bcc; adds r3, r7, r6; ldrsh.w r3, [r3, #-2]; adds r6, #2; adc.w r0, r0, #0; b
 */
it('shares the widened address of two checks, and drops both by what it is known to be below', () => {
  const code = hot('held-out-13/ugrnn', 0.9);
  expect(count(code, / trap$/)).toBe(1);
  expect(count(code, /^sbcs$/)).toBe(1);
  expect(count(code, /^adc$/)).toBe(1);
});

/*
 * Four products a round in kernel gemvq8, gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-tree-ivopts-details, with checks: `_22 = PHI <_75, _73>` is the widened address; the accesses are two groups of four. Final cost 36 (complexity 8): a pointer for each group.
 *   adds r3, #4 (the end of the fourth check); .. add.w r6, r6, #4; ldrsb.w r8, [r4, #4]!; no other address is made
 */
it('makes the addresses of other offsets from the index, where a header is copied', () => {
  const code = hot('held-out-3/gemvq8', 0.9);
  expect(count(code, /^adc$/)).toBe(4);
  expect(count(code, /^add #4$/)).toBe(2);
  expect(count(code, /^mov$/)).toBe(0);
});
