import { expect, it } from 'vitest';
import type { FunctionSource, Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const loop = (...inside: readonly Op[]): FunctionSource => ({
  params: ['i32'],
  results: ['i32'],
  locals: ['i32', 'i32', 'i32', 'i32'],
  body: [
    ['loop', 'void'],
    ...inside,
    ['local.get', 1],
    ['i32.const', 1],
    ['i32.add'],
    ['local.tee', 1],
    ['i32.const', 300],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
    ['local.get', 0],
    ['local.get', 4],
    ['i32.add'],
  ],
});
const decay: readonly Op[] = [
  ['local.get', 0],
  ['local.get', 0],
  ['i32.const', 5],
  ['i32.shr_s'],
  ['i32.sub'],
  ['local.set', 0],
];
const multiply: readonly Op[] = [
  ['if', 'void'],
  ['local.get', 0],
  ['local.get', 2],
  ['i32.mul'],
  ['local.set', 0],
  ['end'],
];
const store: readonly Op[] = [
  ['local.get', 1],
  ['local.get', 2],
  ['i32.store8', 2048],
];

/* for (i = 0; i != 300; i++) {
 *   c = memory[1024 + i]; hit = 0;
 *   if (c > r) { memory[2048 + i] = c; r = c; hit = 1; }
 *   r -= r >> 5; if (c & 4) r *= c;
 *   if (hit) n = n * 3 + i; }
 */
const joined = loop(
  ['local.get', 1],
  ['i32.load8_u', 1024],
  ['local.set', 2],
  ['i32.const', 0],
  ['local.set', 3],
  ['local.get', 2],
  ['local.get', 0],
  ['i32.gt_s'],
  ['if', 'void'],
  ...store,
  ['local.get', 2],
  ['local.set', 0],
  ['i32.const', 1],
  ['local.set', 3],
  ['end'],
  ...decay,
  ['local.get', 2],
  ['i32.const', 4],
  ['i32.and'],
  ...multiply,
  ['local.get', 3],
  ['if', 'void'],
  ['local.get', 4],
  ['i32.const', 3],
  ['i32.mul'],
  ['local.get', 1],
  ['i32.add'],
  ['local.set', 4],
  ['end'],
);

/* for (i = 0; i != 300; i++) { c = (signed) memory[1024 + i];  if (c < 0) memory[2048 + i] = c;  r -= r >> 5; if (c) r *= c; } */
const implied = loop(
  ['local.get', 1],
  ['i32.load8_s', 1024],
  ['local.tee', 2],
  ['i32.const', 0],
  ['i32.lt_s'],
  ['if', 'void'],
  ...store,
  ['end'],
  ...decay,
  ['local.get', 2],
  ...multiply,
);

const codeOf = (source: FunctionSource): string[][] =>
  listing(source, [7], firmware(false)).map(({ code }) => code);
const storing = (blocks: readonly string[][]): number =>
  blocks.findIndex((code) => code.some((t) => t.startsWith('strb')));

/* wasm2c without checks, gcc 12.2 -O2 -mcpu=cortex-m4. What says that n changes is not kept: the way that stored has its own test of c & 4 and n's sum behind it.
 *   tst r3, #4;  strb r3, [ip, #2048];  sub r1, r3, r3, lsr #5;  beq 1f;  mul r1, r3, r1;  1: add lr, lr, lr, lsl #1;  add lr, r2;  adds r2, #1;  cmp r2, #300
 */
it('copies a join with its branch where what it joins decides the branch behind', () => {
  const blocks = codeOf(joined);
  expect(blocks[storing(blocks)]).toEqual(expect.arrayContaining(['mul', 'add shl #1']));
  expect(blocks.flat()).not.toContain('mov #1');
});

/* What is below zero is not zero: no test stands between the store and the product.
 *   sub r0, r0, r0, asr #5;  strb ip, [r2, #1024];  adds r3, #1;  cmp r3, r4;  mul r0, r1, r0;  bne
 */
it('knows of a branch what the comparison on the way said', () => {
  const blocks = codeOf(implied);
  const at = storing(blocks);
  expect(blocks[at]).toEqual(['strb']);
  expect(blocks[at + 1]).toEqual(['mul']);
});

/* for (i = 0; i != 300; i++) {
 *   c = memory[1024 + i];
 *   if (c > r) r = c;                          a way into the join behind it
 *   if ((r > c) == (c > 7)) n = n * 3 + i; }
 */
const alike = loop(
  ...(
    [
      [
        ['local.get', 1],
        ['i32.load8_u', 1024],
        ['local.tee', 2],
      ],
      [['local.get', 0], ['i32.gt_s'], ['if', 'void']],
      [...store, ['local.get', 2], ['local.set', 0], ['end']],
      [['local.get', 0], ['local.get', 3], ['i32.gt_s']],
      [['local.get', 2], ['i32.const', 7], ['i32.gt_s'], ['i32.eq'], ['if', 'void']],
      [
        ['local.get', 4],
        ['i32.const', 3],
        ['i32.mul'],
        ['local.get', 1],
        ['i32.add'],
        ['local.set', 4],
        ['end'],
      ],
    ] as Op[][]
  ).flat(),
);

it('leaves open whether two values of 0 or 1 are the same', () => {
  const blocks = listing(alike, [0], firmware(false));
  const compares = blocks
    .filter(({ weight }) => weight > 250)
    .flatMap(({ code }) => code.filter((t) => t.startsWith('cmp')));
  expect(compares.length).toBeGreaterThanOrEqual(4);
});
