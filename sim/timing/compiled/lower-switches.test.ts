import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

/** switch (x) { case 0: return y + 3; case 1: return y * 5; ...; default: return y } with as many cases. */
const cases = (n: number): Op[] => [
  ...Array.from({ length: n + 1 }, (): Op => ['block', 'void']),
  ['local.get', 0],
  ['br_table', ...Array.from({ length: n + 1 }, (_, i) => i)],
  ['end'],
  ...Array.from({ length: n }, (_, i): Op[] => [
    ['local.get', 1],
    ['i32.const', 1000 + i],
    ['i32.mul'],
    ['i32.const', i],
    ['i32.xor'],
    ['return'],
    ['end'],
  ]).flat(),
  ['local.get', 1],
];
const branches = (n: number) =>
  listing({ params: ['i32', 'i32'], results: ['i32'], body: cases(n) }, [99, 1], firmware(false))
    .flatMap((b) => b.code)
    .filter((t) => /^(cmp|cbz|tbb|b<cc>)/.test(t) && !t.includes('500'));

/* wasm2c, gcc 12.2 -O2 -mcpu=cortex-m4:
 *   2 cases: cbz r1; cmp r1, #1; bne     3: cmp r1, #1; beq; cmp r1, #2; beq; cbnz r1     4: cmp r1, #3; bhi; tbb
 */
it.each([
  [2, 0],
  [3, 0],
  [4, 1],
])('of %i cases takes %i tables', (n, tables) => {
  const text = branches(n);
  expect(text.filter((t) => t === 'tbb')).toHaveLength(tables);
  expect(text.filter((t) => /^(b<cc>|cbz)/.test(t))).toHaveLength(tables ? 1 : n);
});
