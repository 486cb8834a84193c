import { expect, it } from 'vitest';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { hottest, listing } from '../listing.ts';

/*
 * do { n--; sum ^= load8(1280 + (n >> 3)) >> (n & 7); } while (n): to the left of its sum the shift stands in the same variable, so expansion does not put it into the address, but combine does.
 * gcc 12.2 -O2 -mcpu=cortex-a7, unchecked: subs r1, r1, #1;  add r3, r4, r1, asr #3;  and r2, r1, #7;  ldrb r3, [r3, #1280];  lsrs r3, r3, r2;  eors r0, r0, r3;  cmp r1, #0;  bne
 */
it('combines a shift with the address of the load that it moved to', () => {
  const code = hottest(
    listing(
      {
        params: ['i32'],
        results: ['i32'],
        locals: ['i32'],
        body: [
          ['loop', 'void'],
          ['local.get', 1],
          ['local.get', 0],
          ['i32.const', 1],
          ['i32.sub'],
          ['local.tee', 0],
          ['i32.const', 3],
          ['i32.shr_s'],
          ['i32.const', 1280],
          ['i32.add'],
          ['i32.load8_u', 0, 0],
          ['local.get', 0],
          ['i32.const', 7],
          ['i32.and'],
          ['i32.shr_u'],
          ['i32.xor'],
          ['local.set', 1],
          ['local.get', 0],
          ['br_if', 0],
          ['end'],
          ['local.get', 1],
        ],
      },
      [100],
      buildFor(cores['cortex-a7'], false),
    ),
  );
  expect(code).toEqual([
    'add #-1',
    'add shr_s #3',
    'ldrb',
    'and #7',
    'shr_u reg',
    'xor reg',
    ...code.slice(-1),
  ]);
});
