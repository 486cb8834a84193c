import { expect, it } from 'vitest';
import type { FunctionSource, Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const arm = (left: number, operation: string, state: Op[]): Op[] => [
  ['local.get', 0],
  ['local.get', 2],
  [operation],
  ['local.set', 0],
  ...state,
  ['local.set', 3],
  ...((left > 0 ? [['br', left]] : []) as Op[]),
  ['end'],
];
const bits = (mask: number): Op[] => [['local.get', 2], ['i32.const', mask], ['i32.and']];

/*
 * for (i = 0; i != 300; i++) switch (c = memory[1024 + i], state) {
 *   case 0: r += c; state = c & 3; break;  case 1: r ^= c; state = 2; break;  case 2: r -= c; state = c & 3; break;
 *   case 3: r *= c; state = c & 1; break;  default: r |= c; state = c & 7; }
 */
const machine: Op[] = [
  ['loop', 'void'],
  ['local.get', 1],
  ['i32.load8_u', 1024],
  ['local.set', 2],
  ...Array.from({ length: 6 }, (): Op => ['block', 'void']),
  ['local.get', 3],
  ['br_table', 0, 1, 2, 3, 4],
  ['end'],
  ...arm(4, 'i32.add', bits(3)),
  ...arm(3, 'i32.xor', [['i32.const', 2]]),
  ...arm(2, 'i32.sub', bits(3)),
  ...arm(1, 'i32.mul', bits(1)),
  ...arm(0, 'i32.or', bits(7)),
  ['local.get', 1],
  ['i32.const', 1],
  ['i32.add'],
  ['local.tee', 1],
  ['i32.const', 300],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
  ['local.get', 0],
];

/* wasm2c without checks, gcc 12.2 -O2 -mcpu=cortex-m4. The arm that sets the state to 2 goes on to arm 2 by a copy of the loop's end and beginning; those that
 * compute it do not.
 *   ldrb r3, [r2];  adds r1, r2, #1;  cmp ip, #3;  bhi;  tbb
 *   1: cmp r1, lr;  eor r0, r0, r3;  beq;  ldrb r3, [r2, #2]!    2: subs r0, r0, r3;  and ip, r3, #3;  mov r2, r1;  b
 */
it('goes from arm to arm of a switch where the next one is known', () => {
  const source = { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body: machine };
  const blocks = listing(source, [7], firmware(false)).map((b) => b.code);
  const reads = blocks.filter((b) => b.some((t) => t.startsWith('ldrb')));
  expect(reads.map((b) => b.includes('tbb'))).toEqual([true, false]);
  const end = blocks.findIndex((b) => b.some((t) => t.startsWith('xor')));
  expect(blocks[end]!.at(-1)).toBe('b<cc>');
  expect(blocks[end + 1]).toBe(reads[1]);
  expect(blocks[end + 2]!.some((t) => t.startsWith('sub'))).toBe(true);
});

/*
 * while (i <= j) { i += memory[i]; if (i <= j) { memory[512 + j] = i; i++; j--; } }: the second test decides the first one of the next round.
 *   .L4: cmp r2, r0; blt .L3; ldr r3, [ip]; ldrb r1, [r3, r0]; add r0, r0, r1; cmp r2, r0; bge .L11; .L3: ...
 *   .L11: add r3, r3, r2; subs r2, r2, #1; strb r0, [r3, #512]; adds r0, r0, #1; b .L4
 */
it('leaves a loop where its test is known to fail', () => {
  const get = (i: number): Op => ['local.get', i];
  const tested: Op[] = [get(0), get(1), ['i32.le_s'], ['if', 'void']];
  const body: Op[] = [
    ['loop', 'void'],
    ...tested,
    get(0),
    get(0),
    ['i32.load8_u', 0],
    ['i32.add'],
    ['local.set', 0],
    ...tested,
    get(1),
    get(0),
    ['i32.store8', 512],
    get(0),
    ['i32.const', 1],
    ['i32.add'],
    ['local.set', 0],
    get(1),
    ['i32.const', 1],
    ['i32.sub'],
    ['local.set', 1],
    ['end'],
    ['br', 1],
    ['end'],
    ['end'],
    get(0),
  ];
  const source: FunctionSource = { params: ['i32', 'i32'], results: ['i32'], locals: [], body };
  const blocks = listing(source, [0, 300], firmware(false)).filter((b) => b.weight > 1);
  expect(blocks.map((b) => b.code.join('; '))).toEqual([
    'cmp reg; b<cc>',
    'ldr base; ldrb; add reg; cmp reg; b<cc>',
    'add reg; add #-1; strb; add #1; b',
  ]);
  expect(blocks[0]!.weight).toBe(blocks[1]!.weight + 1);
});
