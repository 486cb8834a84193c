import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const add = (n: number): Op[] => [['i32.const', n], ['i32.add']];

/*
 * sum += a[i] * ((n - i) * slope) for i from a parameter while i < n as a signed number, without checks:
 *   gcc 12.2 -O2 -mcpu=cortex-m4   ldr r2, [ip], #4; adds r1, r1, #1; cmp lr, r1; mla r0, r3, r2, r0; sub r3, r3, r4; bgt
 */
it('steps a product of what falls and an invariant', () => {
  const blocks = listing(
    {
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32', 'i32'],
      body: [
        ...[['i32.const', 1024] as Op, ['i32.load16_u', 0, 1] as Op, ['local.set', 1] as Op],
        ...[['i32.const', 1028] as Op, ['i32.load', 0, 2] as Op, ['local.set', 3] as Op],
        ...[get(0), get(1), ['i32.lt_s'] as Op, ['if', 'void'] as Op, ['loop', 'void'] as Op],
        ...[get(0), ['i32.const', 2] as Op, ['i32.shl'] as Op, ...add(2048), ['i32.load', 0, 2] as Op],
        ...[get(1), get(0), ['i32.sub'] as Op, get(3), ['i32.mul'] as Op, ['i32.mul'] as Op],
        ...[get(2), ['i32.add'] as Op, ['local.set', 2] as Op],
        ...[get(0), ...add(1), ['local.tee', 0] as Op, get(1), ['i32.lt_s'] as Op, ['br_if', 0] as Op],
        ...[['end'] as Op, ['end'] as Op, get(2)],
      ],
    },
    [-12],
    buildFor(cores['cortex-m4'], false),
  );
  const inside = hottest(blocks.filter((b) => b.weight === 12));
  expect(inside).toContain('ldr post');
  expect(inside.filter((t) => /^(mul|mla)/.test(t))).toEqual(['mla']);
  // The product steps down.
  expect(inside.some((t) => /^(sub|add) reg/.test(t))).toBe(true);
});
