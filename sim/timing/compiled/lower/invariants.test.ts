import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { firmware } from '../build.ts';
import { hottest, listing } from '../listing.ts';

/*
 * do { for (k = 0; k < loads; k++) sum = load8(p + sum); sum *= 60034; } while (--n);
 *   gcc 12.2 -O2 -mcpu=cortex-m4, one load     movw r7, #60034 before the loop
 *   eight, each behind a check                 bcc.n; movw ip, #60034; subs r2, #1; mul r0, ip, r0: less than half of the turns are expected to come there
 */
it.each([
  { loads: 1, inside: 0 },
  { loads: 8, inside: 1 },
])('leaves a constant inside of a loop behind $loads checks: $inside', ({ loads, inside }) => {
  const load: Op[] = [
    ['local.get', 0],
    ['local.get', 2],
    ['i32.add'],
    ['i32.load8_u', 0, 0],
    ['local.set', 2],
  ];
  const body: Op[] = [
    ['loop', 'void'],
    ...Array.from({ length: loads }, () => load).flat(),
    ['local.get', 2],
    ['i32.const', 60034],
    ['i32.mul'],
    ['local.set', 2],
    ['local.get', 1],
    ['i32.const', -1],
    ['i32.add'],
    ['local.tee', 1],
    ['br_if', 0],
    ['end'],
    ['local.get', 2],
  ];

  const code = hottest(
    listing({ params: ['i32', 'i32'], results: ['i32'], locals: ['i32'], body }, [1024, 9], firmware(true)),
  );
  expect(code.filter((t) => t === 'mov #60034')).toHaveLength(inside);
});
