import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

/** for (i = 0; i < 800; i += 4) store(4096 + i, load(1024 + i) / divisor) */
const divided = (core: 'cortex-m4' | 'cortex-a7', divisor: Op[]): string[] =>
  hottest(
    listing(
      {
        params: ['i32', 'i32'],
        body: [
          ['i32.const', 0],
          ['local.set', 0],
          ['block', 'void'],
          ['loop', 'void'],
          ['local.get', 0],
          ['i32.const', 800],
          ['i32.ge_u'],
          ['br_if', 1],
          ['local.get', 0],
          ['local.get', 0],
          ['i32.load', 1024],
          ...divisor,
          ['i32.div_s'],
          ['i32.store', 4096],
          ['local.get', 0],
          ['i32.const', 4],
          ['i32.add'],
          ['local.set', 0],
          ['br', 0],
          ['end'],
          ['end'],
        ] as Op[],
      },
      [0, 7],
      buildFor(cores[core], false),
    ),
  );
const same: Op[] = [['local.get', 1]];
const read: Op[] = [
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.or'],
  ['i32.const', 3],
  ['i32.shl'],
  ['local.get', 1],
  ['i32.xor'],
];

describe('traps of signed divisions in a loop, gcc 12.2 -O2 without checks', () => {
  // cbz r2 before the loop; ldr r3, [r3, #1024]; cmp r3, #-2147483648; bne; (cmp r2, #-1) .. sdiv r3, r3, r2
  it('look at a divisor that stays the same for zero before it', () => {
    expect(divided('cortex-m4', same)).not.toContain('cbz trap');
    expect(divided('cortex-m4', read)).toContain('cbz trap');
  });

  // cmp r3, #-2147483648; ite ne; movne r4, #0; andeq r4, lr, #1; cmp r4, #0; beq, with lr from before the loop; of hamrot: cmp.w sl, #2147483648; it eq; cmpeq.w r5, #-1; beq
  it('compare both operands in one block on the Cortex-A7', () => {
    expect(divided('cortex-a7', same)).toEqual(expect.arrayContaining(['cmp #min', 'and<cc> #1', 'cmp #0']));
    expect(divided('cortex-a7', read)).toEqual(expect.arrayContaining(['cmp #min', 'cmp<cc> #-1']));
    expect(divided('cortex-m4', read)).not.toContain('cmp<cc> #-1');
  });

  // adpcm_dec of TACLeBench: add.w r1, lr, #-1; mul.w r1, lr, r1; mul.w r2, r6, r2; cmp r1, #0; bne; sdiv r2, r2, r1
  it('need no look at a dividend where the divisor is even', () => {
    const odd: Op[] = [['local.get', 0], ['i32.const', 1], ['i32.or']];
    const even: Op[] = [...odd, ...odd, ['i32.const', 1], ['i32.add'], ['i32.mul']];
    expect(divided('cortex-a7', even)).not.toContain('cmp #min');
  });
});
