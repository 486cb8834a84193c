import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';

const loop = (body: Op[]): string[] =>
  hottest(
    listing(
      {
        params: ['i32'],
        results: ['i32'],
        locals: ['i32'],
        body: [
          ['loop', 'void'],
          ...body,
          ...[['local.get', 0], ['i32.const', -1], ['i32.add'], ['local.tee', 0], ['br_if', 0], ['end']],
          ['local.get', 1],
        ] as Op[],
      },
      [9],
      firmware(false),
    ),
  );
const rest: Op[] = [['i32.add'], ['i32.const', 256], ['i32.rem_s'], ['local.set', 1]];

/* wasm2c without checks, gcc 12.2 -O2 -mcpu=cortex-m4: x = (x + byte) % 256 stays below 256 from the first round on; x = (x + 1) % 256 grows a second time and is anything from then on. */

// ldr r3, [ip];  adds r2, r3, r1;  ldrb r2, [r2, #16];  add r0, r0, r2;  uxtb r0, r0;  add r3, r3, r0;  asrs r2, r0, #2;  strb
it('takes remainders of what is never negative for masks', () => {
  const code = loop([
    ...([
      ['local.get', 0],
      ['i32.load8_u', 16],
      ['local.get', 1],
    ] as Op[]),
    ...rest,
    ...([['local.get', 1], ['local.get', 1], ['i32.const', 4], ['i32.div_s'], ['i32.store8', 512]] as Op[]),
  ]);
  expect(code.filter((t) => /uxtb|shr_s|rsb|and|it /.test(t))).toEqual(['uxtb', 'shr_s #2']);
});

// adds r0, r0, #1;  rsbs r2, r0, #0;  uxtb r2, r2;  uxtb r0, r0;  it pl;  rsbpl r0, r2, #0
it('keeps the sign of what may wrap', () => {
  const code = loop([
    ...([
      ['local.get', 1],
      ['i32.const', 1],
    ] as Op[]),
    ...rest,
    ...([
      ['local.get', 1],
      ['local.get', 0],
      ['i32.store8', 512],
    ] as Op[]),
  ]);
  expect(code.filter((t) => t.startsWith('rsb'))).toHaveLength(2);
});
