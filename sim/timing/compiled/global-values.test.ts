import { firmware } from './build.ts';
import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { hottest, listing } from './listing.ts';

/** run(n): for n times, global 0 grows on the even turns and is not touched on the odd ones; memory is read, and written if asked. */
const loop = (writes: boolean): Op[] => [
  ['loop', 'void'],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.and'],
  ['i32.eqz'],
  ['if', 'void'],
  ['global.get', 0],
  ['local.get', 0],
  ['i32.load', 2, 0],
  ['i32.add'],
  ['global.set', 0],
  ['end'],
  ...((writes
    ? [
        ['local.get', 0],
        ['i32.const', 7],
        ['i32.store', 2, 64],
      ]
    : []) as Op[]),
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['global.get', 0],
];

const loads = (writes: boolean): number =>
  listing({ params: ['i32'], results: ['i32'], body: loop(writes) }, [100], firmware(false), [5])
    .filter((b) => b.weight > 10)
    .flatMap((b) => b.code)
    .filter((t) => t.startsWith('ldr global')).length;

// gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c's C: the loop holds `ldr` of linear memory and `str r, [instance]`, and reads the global only where it stores to memory.
it('keeps a global in a register through a loop that does not store', () => {
  expect(loads(false)).toBe(0);
  expect(loads(true)).toBe(1);
});

it('does not read the base of memory again after an assignment of a global', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ['local.get', 0],
    ['i32.load', 2, 0],
    ['global.set', 0],
    ['local.get', 0],
    ['i32.const', 4],
    ['i32.sub'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
    ['i32.const', 0],
  ];
  const code = hottest(listing({ params: ['i32'], results: ['i32'], body }, [400], firmware(false), [5]));
  expect(code.filter((t) => t === 'ldr base')).toEqual([]);
});

/*
 * do { x = load8(n); if (x > 200) break; if (x < 32) do { g--; x = x << 1 | load8(64 + (g >> 3)) | 1; } while (x < 32); } while (--n): not every way on from the outer loop's start reads the global, so no value of it comes round there,
 * and it is read before the inner loop. gcc 12.2 -O2 -mcpu=cortex-a7: ldr r2, [ip];  subs r2, r2, #1;  1: asrs r3, r2, #3;  str r2, [ip];  lsls;  ldrb;  orr;  subs r2, r2, #1;  orrs;  cmp r0, #31;  bls 1b
 */
it('reads a global before the loop that steps it, behind a join that has no value of it', () => {
  const body: Op[] = [
    ['local.get', 0],
    ['i32.const', 3],
    ['i32.shl'],
    ['global.set', 0],
    ['block', 'void'],
    ['loop', 'void'],
    ['local.get', 0],
    ['i32.load8_u', 0],
    ['local.tee', 1],
    ['i32.const', 200],
    ['i32.gt_u'],
    ['br_if', 1],
    ['local.get', 1],
    ['i32.const', 32],
    ['i32.lt_u'],
    ['if', 'void'],
    ['loop', 'void'],
    ['global.get', 0],
    ['i32.const', 1],
    ['i32.sub'],
    ['global.set', 0],
    ['local.get', 1],
    ['i32.const', 1],
    ['i32.shl'],
    ['global.get', 0],
    ['i32.const', 3],
    ['i32.shr_s'],
    ['i32.load8_u', 0, 64],
    ['i32.const', 1],
    ['i32.or'],
    ['i32.or'],
    ['local.tee', 1],
    ['i32.const', 32],
    ['i32.lt_u'],
    ['br_if', 0],
    ['end'],
    ['end'],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.sub'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
    ['end'],
    ['local.get', 1],
  ];
  const source = { params: ['i32'], results: ['i32'], locals: ['i32'], body };
  const blocks = listing(source, [100], firmware(false), [5]);
  expect(hottest(blocks)).not.toContain('ldr global');
  expect(blocks.filter((b) => b.code.includes('ldr global')).map((b) => b.weight)).toEqual([100]);
});
