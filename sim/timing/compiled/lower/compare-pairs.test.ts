import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing } from '../listing.ts';

const flags = /^(cmp|it|mov<cc>|or<cc>|and<cc>|xor|b<cc>|cbz)/;
const code = (body: Op[], core: 'cortex-m4' | 'cortex-a7' = 'cortex-a7') =>
  listing(
    { params: ['i32', 'i32', 'i32', 'i32'], results: ['i32'], body },
    [3, 9, 5, 7],
    buildFor(cores[core], false),
  )
    .flatMap((b) => b.code)
    .filter((t) => flags.test(t) && t !== 'cmp #500')
    .map((t) => t.split(' ').slice(0, 2).join(' '));

const test = (op: string, a: number, b: Op): Op[] => [['local.get', a], b, [`i32.${op}`] as unknown as Op];
const both = (op: string): Op => [`i32.${op}`] as unknown as Op;
const branch = (condition: Op[]): Op[] => [
  ...condition,
  ['if', 'void'],
  ['i32.const', 64],
  ['local.get', 0],
  ['i32.store', 2, 0],
  ['i32.const', 64],
  ['local.get', 1],
  ['i32.store', 2, 4],
  ['i32.const', 96],
  ['local.get', 2],
  ['i32.store', 2, 0],
  ['i32.const', 96],
  ['local.get', 3],
  ['i32.store', 2, 4],
  ['i32.const', 128],
  ['local.get', 3],
  ['i32.store', 2, 4],
  ['end'],
  ['local.get', 1],
];

/*
 * unsigned x = a >= b, y = c >= d; if (x | y) g();   gcc 12.2 -O2, Cortex-A7:   cmp r2, r3;  it cc;  cmpcc r0, r1;  bcs
 * int: x = a > 45, y = b >= 2; if (x & y) g();                                  cmp r0, #45;  it gt;  cmpgt r1, #1;  bgt
 * unsigned x = a == b, y = c <= d; if (x | y) g();                              cmp r0, r1;  it ne;  cmpne r2, r3;  bls
 */
it.each([
  [[...test('ge_u', 0, ['local.get', 1]), ...test('ge_u', 2, ['local.get', 3]), both('or')]],
  [[...test('gt_s', 0, ['i32.const', 45]), ...test('ge_s', 1, ['i32.const', 2]), both('and')]],
  [[...test('eq', 0, ['local.get', 1]), ...test('le_u', 2, ['local.get', 3]), both('or')]],
])('compares under a condition where one implies the other', (condition: Op[]) => {
  const text = code(branch(condition));
  expect(text.map((t) => t.split(' ')[0])).toEqual(['cmp', 'it', 'cmp<cc>', 'b<cc>']);
});

/*
 * unsigned, as values, Cortex-A7 and Cortex-M4:
 *   (a >= b) | (c >= d)   cmp r2, r3;  it cc;  cmpcc r0, r1;  ite cs;  movcs r0, #1;  movcc r0, #0
 *   (a >= b) | (c <= d)   cmp r2, r3;  ite hi;  movhi r2, #0;  movls r2, #1;  cmp r0, r1;  ite cc;  movcc r0, r2;  orrcs r0, r2, #1
 *   (a >= b) & (c <= d)   cmp r0, r1;  ite cc;  movcc r0, #0;  movcs r0, #1;  cmp r2, r3;  it hi;  movhi r0, #0
 *   (a >= b) & c          cmp r0, r1;  ite cc;  movcc r0, #0;  andcs r0, r2, #1
 *   (a >= b) ^ c          cmp r0, r1;  ite cc;  movcc r0, r2;  eorcs r0, r2, #1
 */
const first = test('ge_u', 0, ['local.get', 1]);
it.each([
  [[...first, ...test('ge_u', 2, ['local.get', 3]), both('or')], 'cmp it cmp<cc> it mov<cc> mov<cc>'],
  [[...first, ...test('le_u', 2, ['local.get', 3]), both('or')], 'cmp it mov<cc> mov<cc> cmp it or<cc>'],
  [[...first, ...test('le_u', 2, ['local.get', 3]), both('and')], 'cmp it mov<cc> mov<cc> cmp it mov<cc>'],
  [[...first, ['local.get', 2], both('and')], 'cmp it and<cc> mov<cc>'],
  [[...first, ['local.get', 2], both('xor')], 'cmp it xor'],
] as [Op[], string][])('adds one to the value of the other', (value, instructions) => {
  for (const core of ['cortex-m4', 'cortex-a7'] as const)
    expect(
      code(value, core)
        .map((t) => t.split(' ')[0])
        .join(' '),
    ).toBe(instructions);
});
