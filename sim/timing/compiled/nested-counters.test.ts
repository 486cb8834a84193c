import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

const up = (local: number, by = 1): Op[] => [
  ['local.get', local],
  ['i32.const', by],
  ['i32.add'],
  ['local.set', local],
];

/** for (a = 4096, i = 0; i < 24; i++) { sum += load32(a); for (j = 0; j < 30; j++, a += 4) inner }. */
const code = (inner: Op[]): string[] =>
  listing(
    {
      params: [],
      results: ['i32'],
      locals: ['i32', 'i32', 'i32', 'i32'],
      body: [
        ['i32.const', 4096],
        ['local.set', 0],
        ['block', 'void'],
        ['loop', 'void'],
        ['local.get', 1],
        ['i32.const', 24],
        ['i32.eq'],
        ['br_if', 1],
        ['local.get', 3],
        ['local.get', 0],
        ['i32.load', 2],
        ['i32.add'],
        ['local.set', 3],
        ['i32.const', 0],
        ['local.set', 2],
        ['block', 'void'],
        ['loop', 'void'],
        ['local.get', 2],
        ['i32.const', 30],
        ['i32.eq'],
        ['br_if', 1],
        ...inner,
        ...up(0, 4),
        ...up(2),
        ['br', 0],
        ['end'],
        ['end'],
        ...up(1),
        ['br', 0],
        ['end'],
        ['end'],
        ['local.get', 3],
      ],
    },
    [],
    buildFor(cores['cortex-m4'], true),
  ).flatMap((b) => b.code);

/*
 * What an inner loop adds in all is part of a counter of the loop around it, where nothing else ends the inner loop to evrp.
 *   gcc 12.2, this function, Cortex-M4   (24) cmp r7, r2;  bcc;  ..  adds r2, r2, #120
 * A store's check is taken in before (early inliner), and ends the loop: (24) adds r7, r1, #6;  adc r2, lr, #0;  cmp r4, r7;  sbcs r2, lr, r2;  bcc
 */
it('counts on through inner loops whose rounds are known', () => {
  const xor: Op[] = [['local.get', 3], ['local.get', 2], ['i32.xor'], ['local.set', 3]];
  expect(code(xor)).not.toContain('sbcs');
  const store: Op[] = [
    ['local.get', 2],
    ['local.get', 3],
    ['i32.store8', 0],
  ];
  expect(code(store)).toContain('sbcs');
});
