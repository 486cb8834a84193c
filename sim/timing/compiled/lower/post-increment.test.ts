import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { hottest, listing } from '../listing.ts';

const get = (n: number): Op => ['local.get', n];
const add = (n: number): Op[] => [['i32.const', n], ['i32.add']];

/** A loop that adds up what it makes of a difference of what two pointers read. */
const summed = (made: Op[]): string[] => {
  const body: Op[] = [
    ['i32.const', 1024],
    ['local.set', 1],
    ['loop', 'void'],
    ...[get(1), ['i32.load16_s', 0, 1] as Op, ['local.set', 2] as Op],
    ...[get(0), ['i32.load16_s', 7168, 1] as Op, ['local.set', 5] as Op],
    ...[get(2), get(5), ['i32.sub'] as Op, ['local.set', 4] as Op],
    ...made,
    ...[get(3), ['i32.add'] as Op, ['local.set', 3] as Op],
    ...[get(0), ...add(34), ['local.set', 0] as Op],
    ...[get(1), ...add(2), ['local.tee', 1] as Op],
    ...[['i32.const', 1152] as Op, ['i32.ne'] as Op, ['br_if', 0] as Op],
    ['end'],
    get(3),
  ];
  const source = { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32', 'i32', 'i32'], body };
  return hottest(listing(source as Parameters<typeof listing>[0], [64], buildFor(cores['cortex-m4'], false)));
};

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4, kernel mvn without checks: the negated difference is the other difference, whose arm ends the block, so the pointer of the first load steps by itself.
 *   ldrsh.w r4, [lr]; add.w r5, lr, #4096; ldrsh.w r5, [r5, #3072]; subs.w fp, r4, r5; it mi; submi.w fp, r5, r4; add.w lr, lr, #2
 */
it('steps no pointer across a choice that computes an arm', () => {
  const magnitude: Op[] = [
    ...[['i32.const', 0] as Op, get(4), ['i32.sub'] as Op, get(4)],
    ...[get(4), ['i32.const', 0] as Op, ['i32.lt_s'] as Op, ['select'] as Op],
  ];
  const made = summed(magnitude);
  expect(made).not.toContain('ldrh signed post');
  expect(made.filter((t) => t.startsWith('sub'))).toHaveLength(2);
  expect(made.filter((t) => t.startsWith('rsb'))).toHaveLength(0);
  expect(summed([get(4)])).toContain('ldrh signed post');
});
