import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { Op } from '../../wasm/assemble.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];
const set = (i: number): Op => ['local.set', i];

/** Counts changes of sign among 300 halves; `before` takes over what goes before the previous one, too. */
const code = (load: Op, before: Op[] = []) =>
  hottest(
    listing(
      {
        params: ['i32'],
        results: ['i32'],
        locals: ['i32', 'i32', 'i32', 'i32'],
        body: [
          ['loop', 'void'],
          ...[get(0), load, set(1), ...before],
          ...[get(3), ['i32.const', 1] as Op, ['i32.add'] as Op, get(3)],
          ...[get(1), get(2), ['i32.xor'] as Op, ['i32.const', 0] as Op, ['i32.lt_s'] as Op],
          ...[['select'] as Op, set(3), get(1), set(2)],
          ...[get(0), ['i32.const', 4] as Op, ['i32.add'] as Op, ['local.tee', 0] as Op],
          ...[['i32.const', 1200] as Op, ['i32.ne'] as Op, ['br_if', 0] as Op],
          ['end'],
          ...[get(3), get(4), ['i32.add'] as Op],
        ],
      },
      [0],
      buildFor(cores['cortex-m4'], false),
    ),
  ).filter((t) => t.startsWith('mov') && !t.includes('<cc>'));

/*
 * Kernel zerocross, gcc 12.2 -O2 -mcpu=cortex-m4, without checks:
 *   ldrsh.w r5, [r2];  mov r7, r1;  teq r5, r7;  add.w r2, r2, #2;  it mi;  addmi r3, #1;  cmp ip, r2;  mov r1, r5;  bne
 */
it('copies the half of the round before aside, and the new one into its place', () => {
  expect(code(['i32.load16_s', 0])).toHaveLength(2);
});

it('loads a word into the place at once', () => {
  expect(code(['i32.load', 0])).toHaveLength(1);
});

/*
 * Kernel fib, gcc 12.2 -O2 -mcpu=cortex-a8, without checks, in the order in which it stands:
 *   mov r6, r3;  subs r2, #1;  add r3, r1;  eor.w r1, r6, r3, asr #3;  bne
 */
it('copies aside what a sum of its own and another replaces, before the sum', () => {
  const number = (value: number): Op => ['i32.const', value];
  const core = cores['cortex-a8'];
  const loop = hottest(
    listing(
      {
        params: ['i32'],
        results: ['i32'],
        locals: ['i32', 'i32', 'i32'],
        body: [
          ...[number(1), set(1)],
          ['loop', 'void'],
          ...[get(0), get(1), ['i32.add'] as Op, set(3)],
          ...[get(1), get(3), number(3), ['i32.shr_s'] as Op, ['i32.xor'] as Op, set(0)],
          ...[get(3), set(1)],
          ...[get(2), number(1), ['i32.add'] as Op, ['local.tee', 2] as Op],
          ...[number(512), ['i32.lt_u'] as Op, ['br_if', 0] as Op],
          ['end'],
          get(0),
        ],
      },
      [7],
      buildFor(core, false),
    ),
  );
  const [copy, sum] = ['mov', 'add reg'].map((t) => loop.findIndex((text) => text.startsWith(t)));
  expect(copy).toBeGreaterThanOrEqual(0);
  expect(copy).toBeLessThan(sum!);
});
