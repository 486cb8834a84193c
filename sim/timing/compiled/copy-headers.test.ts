import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing, type ListedBlock } from './listing.ts';

const build = buildFor(cores['cortex-m4'], true);

/** sum = first; for (i = 0; i < 40; i++) sum += load8_s(start + i) * load8_s(i). */
const rounds = (first: Op[]): ListedBlock[] =>
  listing(
    {
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32'],
      body: [
        ...first,
        ['local.set', 2],
        ['block', 'void'],
        ['loop', 'void'],
        ['local.get', 1],
        ['i32.const', 40],
        ['i32.eq'],
        ['br_if', 1],
        ['local.get', 2],
        ['local.get', 0],
        ['i32.load8_s', 0],
        ['local.get', 1],
        ['i32.load8_s', 0],
        ['i32.mul'],
        ['i32.add'],
        ['local.set', 2],
        ['local.get', 0],
        ['i32.const', 1],
        ['i32.add'],
        ['local.set', 0],
        ['local.get', 1],
        ['i32.const', 1],
        ['i32.add'],
        ['local.set', 1],
        ['br', 0],
        ['end'],
        ['end'],
        ['local.get', 2],
      ],
    },
    [8],
    build,
  );

const weightsOf = (blocks: ListedBlock[], text: RegExp): number[] =>
  blocks.filter((b) => b.weight > 1 && b.code.some((c) => text.test(c))).map((b) => b.weight);

/*
 * Where the sum begins with what is read, the first round's checks stand before the loop, which begins with the product and ends with the next round's checks.
 *   gcc 12.2, this function, Cortex-M4   (40) ldrsb r1, [r9, #1]!;  mla r0, lr, r1, r0;  sub lr, r3, #39;  orrs lr, lr, r2;  ..  beq;  (39) adds r1, r1, #1;  adc lr, r4, #0;  cmp r6, r1;  sbcs lr, r4, lr;  bcc;  ldrsb lr, [ip, #1]!;  ..  b
 * Where nothing was read before, the length is read in the loop, which only the test of the counter is copied of: (40) adds r3, r3, #1;  adc ip, lr, #0;  cmp r5, r3;  sbcs ip, lr, ip;  bcc;  ..  bne
 */
it('copies the first checks of a loop with its test where the length was read before', () => {
  const before = rounds([
    ['i32.const', 0],
    ['i32.load', 2],
  ]);
  expect(weightsOf(before, /^ml?[al]/)).toEqual([40]);
  expect(weightsOf(before, / trap$/)).toEqual([39]);
  const alone = rounds([['i32.const', 0]]);
  expect(weightsOf(alone, /^ml?[al]/)).toEqual([40]);
  expect(new Set(weightsOf(alone, / trap$/))).toEqual(new Set([40]));
});
