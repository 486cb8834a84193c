import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { firmware } from '../build.ts';
import { listing } from '../listing.ts';

/*
 * for (k = 0; k < n; k++) { for (p = a, sum = 0; p != a + 32; p += 2) sum += load16(p) * load16(p + 7168); store16(a + 31744, sum); a += 2; }
 *   gcc 12.2 -O2, unchecked   adds r6, r3, r2 (base + a) before the inner loop, add.w r6, r6, #31744; strh behind it: the sum is made once
 */
const rows: Op[] = [
  ['loop', 'void'],
  ['local.get', 1],
  ['local.set', 3],
  ['i32.const', 0],
  ['local.set', 2],
  ['loop', 'void'],
  ['local.get', 2],
  ['local.get', 3],
  ['i32.load16_s', 0, 0],
  ['local.get', 3],
  ['i32.load16_s', 0, 7168],
  ['i32.mul'],
  ['i32.add'],
  ['local.set', 2],
  ['local.get', 3],
  ['i32.const', 2],
  ['i32.add'],
  ['local.tee', 3],
  ['local.get', 1],
  ['i32.const', 32],
  ['i32.add'],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
  ['local.get', 1],
  ['i32.const', 31744],
  ['i32.add'],
  ['local.get', 2],
  ['i32.store16', 0, 0],
  ['local.get', 1],
  ['i32.const', 2],
  ['i32.add'],
  ['local.tee', 1],
  ['i32.const', 64],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
  ['local.get', 2],
] as Op[];

it('makes the sum of base and index once for a pointer and the store behind its loop', () => {
  const blocks = listing(
    { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body: rows },
    [0],
    firmware(false),
  );
  const outer = blocks.filter((b) => b.weight === 32).map((b) => b.code);
  expect(outer).toHaveLength(2);
  // base + a, which the inner loop's pointer starts from, and (a + 32) + base, where it ends.
  expect(outer[0]!.filter((t) => t === 'add reg')).toHaveLength(2);
  expect(outer[1]!.filter((t) => t === 'add reg')).toEqual([]);
  expect(outer[1]).toContain('strh');
});

/*
 * do { for (i = 1024, sum = 0; i < 1216 - lag; i += 2) sum += load16(i) * load16(i + lag) >> 6; store(..., sum); lag += 2; } while (--n)
 *   gcc 12.2 -O2 -mcpu=cortex-a7, kernel autocorr without checks: ldrsh r7, [r2, r7];  add.w lr, r7, r2;  ldrsh lr, [lr, r4]: the first load adds the two itself, and leaves nothing to the second.
 */
const lags: Op[] = [
  ['loop', 'void'],
  ['i32.const', 1024],
  ['local.set', 2],
  ['i32.const', 0],
  ['local.set', 3],
  ['loop', 'void'],
  ['local.get', 3],
  ['local.get', 2],
  ['i32.load16_s', 0, 0],
  ['local.get', 2],
  ['local.get', 1],
  ['i32.add'],
  ['i32.load16_s', 0, 0],
  ['i32.mul'],
  ['i32.const', 6],
  ['i32.shr_s'],
  ['i32.add'],
  ['local.set', 3],
  ['local.get', 2],
  ['i32.const', 2],
  ['i32.add'],
  ['local.tee', 2],
  ['i32.const', 1216],
  ['local.get', 1],
  ['i32.sub'],
  ['i32.lt_u'],
  ['br_if', 0],
  ['end'],
  ['i32.const', 2048],
  ['local.get', 1],
  ['i32.add'],
  ['local.get', 3],
  ['i32.store', 0, 0],
  ['local.get', 1],
  ['i32.const', 2],
  ['i32.add'],
  ['local.tee', 1],
  ['i32.const', 64],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
  ['local.get', 3],
] as Op[];

it('leaves no sum to others that a load makes as its address', () => {
  const blocks = listing(
    { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body: lags },
    [0],
    firmware(false),
  );
  const inner = blocks.toSorted((a, b) => b.weight - a.weight)[0]!.code;
  const first = inner.findIndex((t) => t.startsWith('ldrh'));
  const sum = inner.indexOf('add reg');
  expect(first).toBeGreaterThanOrEqual(0);
  expect(sum).toBeGreaterThan(first);
});
