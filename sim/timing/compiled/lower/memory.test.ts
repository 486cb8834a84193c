import { expect, it } from 'vitest';
import { addedPart } from './memory.ts';

/*
 * gcc 12.2 -O2, Cortex-M4 and Cortex-A7 alike:
 *   dot16, unchecked   pointer r3 steps     add.w r2, r3, #4096;  ldrsh.w r2, [r2, #3072]
 *   dot16, checked     r4 = base + index    movw r9, #7166 (before the loop);  ldrsh.w r4, [r4, r9]
 *   fir16, checked     r5 = base + index    sub.w r5, r5, #7168;  ldrsh.w r5, [r5, #-2]
 *   ema, unchecked     r3 = base + index    add.w r3, r3, #15360;  strh r1, [r3, #0]
 */
it('splits the constant of an address as the back end does', () => {
  expect(addedPart(7168, true)).toBe(4096);
  expect(addedPart(7166, false)).toBe(7166);
  expect(addedPart(-7170, false)).toBe(-7168);
  expect(addedPart(15360, false)).toBe(15360);
});
