import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

/*
 * for (i = 0; i < 40; i++) sum += load16(1024 + (i << 1)) - load16(1024 + ((i + lag) << 1)), gcc 12.2 -O2 -mcpu=cortex-a7: base and base + 2 * lag stay in registers and -2 is the accesses'.
 *   add r9, r5, ip  (before)   cmp r4, r3;  bcc;  adds r2, r5, r3;  ldrsh r1, [r2, #-2];  add r2, ip, r3;  adds r2, r2, #2;  adc r10, lr, #0;  cmp r4, r2;  sbcs r10, lr, r10;  bcc
 *   add r2, r9, r3;  ldrsh r2, [r2, #-2];  subs r1, r1, r2;  adds r3, r3, #2;  cmp r3, r6;  add r0, r0, r1;  bne
 */
it('moves what is multiplied out of the loop before sums are put together anew', () => {
  const code = hottest(
    listing(
      {
        params: ['i32'],
        results: ['i32'],
        locals: ['i32', 'i32'],
        body: [
          ['loop', 'void'],
          ['local.get', 2],
          ['local.get', 1],
          ['i32.const', 1],
          ['i32.shl'],
          ['i32.const', 1024],
          ['i32.add'],
          ['i32.load16_s', 0],
          ['local.get', 1],
          ['local.get', 0],
          ['i32.add'],
          ['i32.const', 1],
          ['i32.shl'],
          ['i32.const', 1024],
          ['i32.add'],
          ['i32.load16_s', 0],
          ['i32.sub'],
          ['i32.add'],
          ['local.set', 2],
          ['local.get', 1],
          ['i32.const', 1],
          ['i32.add'],
          ['local.tee', 1],
          ['i32.const', 40],
          ['i32.lt_s'],
          ['br_if', 0],
          ['end'],
          ['local.get', 2],
        ],
      },
      [20],
      buildFor(cores['cortex-a7'], true),
    ),
  );
  const first = ['cmp end', 'bhi trap', 'add reg', 'ldrh signed', 'add reg', 'adds', 'adc', 'cmp', 'sbcs'];
  expect(code.slice(0, 9)).toEqual(first);
  expect(code.slice(9, 12)).toEqual(['bcc trap', 'add reg', 'ldrh signed']);
  expect(code).toHaveLength(17);
});
