import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

/*
 * gcc 12.2 without checks, Cortex-M4. What a comparison bounds is stored as it was loaded, kernel isort:
 *   ldrh.w lr, [ip];  sxth.w ip, lr;  cmp r7, ip;  blt.n;  (there) strh.w lr, [r6, r1]
 * and what nothing bounds as it was widened, the copy before it:
 *   ldrsh.w r2, [r2];  strh r2, [r0, r1]
 */
const store: Op[] = [
  ['local.get', 0],
  ['local.get', 1],
  ['i32.store16', 1, 64],
];
const body = (compares: boolean): Op[] => [
  ['loop', 'void'],
  ['local.get', 0],
  ['i32.load16_s', 1, 0],
  ['local.set', 1],
  ...((compares
    ? [
        ['local.get', 1],
        ['local.get', 2],
        ['i32.load16_s', 1, 32],
        ['i32.gt_s'],
        ['if', 'void'],
        ...store,
        ['end'],
      ]
    : store) as Op[]),
  ['local.get', 0],
  ['i32.const', 2],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['i32.const', 0],
];

it('loads what it stores without sign where a comparison bounds it', () => {
  const code = (compares: boolean) =>
    listing(
      { params: ['i32', 'i32', 'i32'], results: ['i32'], body: body(compares) },
      [400, 0, 2],
      firmware(false),
    )
      .filter((b) => b.weight > 10)
      .flatMap((b) => b.code)
      .filter((t) => /^(ldrh|sxth)/.test(t))
      .map((t) => t.split(' ').slice(0, 2).join(' '));
  expect(code(false)).toEqual(['ldrh signed']);
  expect(code(true).toSorted()).toEqual(['ldrh', 'ldrh signed', 'sxth']);
});
