import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

const source = (body: Op[]) => ({
  params: ['i32' as const],
  results: ['i32' as const],
  locals: ['i32' as const, 'i32' as const, 'i32' as const],
  body,
});

/*
 * Kernel rscode, gcc 12.2 -O2 -mcpu=cortex-m4, without checks: clang ends a loop where its counter wraps around, i = -48; do ... while (i + 1 >= i); gcc counts 48 rounds, and then compares the pointer.
 *   ldrb.w r8, [r5, #1]!; cmp r5, ip; eor.w r2, r2, r8; bne
 */
it('knows the end of a counter that wraps around', () => {
  const text = hottest(
    listing(
      source([
        ...([
          ['i32.const', -48],
          ['local.set', 1],
          ['loop', 'void'],
        ] as Op[]),
        ...([['local.get', 1], ['i32.const', 1088], ['i32.add'], ['i32.load8_u', 0]] as Op[]),
        ...([['local.get', 2], ['i32.xor'], ['local.set', 2]] as Op[]),
        ...([['local.get', 1], ['i32.const', 1], ['i32.add'], ['local.tee', 3], ['local.get', 1]] as Op[]),
        ...([
          ['i32.ge_u'],
          ['local.get', 3],
          ['local.set', 1],
          ['br_if', 0],
          ['end'],
          ['local.get', 2],
        ] as Op[]),
      ]),
      [0],
      firmware(false),
    ),
  );
  expect(text).toEqual(['ldrb !', 'xor reg', 'cmp reg', 'b<cc>']);
});

/*
 * Kernel bumerge: for (width = 4; width < 360; width *= 2), seven rounds around others.
 *   movs r1, #7; ...; subs r1, #1; beq
 */
it('counts rounds of what is doubled', () => {
  const text = hottest(
    listing(
      source([
        ...([
          ['i32.const', 4],
          ['local.set', 1],
          ['loop', 'void'],
        ] as Op[]),
        ...([['local.get', 1], ['i32.load', 1024], ['local.get', 2], ['i32.add'], ['local.set', 2]] as Op[]),
        ...([['local.get', 1], ['i32.const', 1], ['i32.shl'], ['local.tee', 1]] as Op[]),
        ...([['i32.const', 360], ['i32.lt_u'], ['br_if', 0], ['end'], ['local.get', 2]] as Op[]),
      ]),
      [0],
      firmware(false),
    ),
  );
  expect(text.filter((t) => /^(cmp|add #-1|subs)/.test(t))).toEqual(['add #-1']);
});
