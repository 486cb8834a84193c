import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { Op } from '../../wasm/assemble.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

const store: Op[] = [
  ...([64, 96, 128, 160] as const).flatMap((place, i): Op[] => [
    ['i32.const', place],
    ['local.get', i % 3],
    ['i32.store', 2, 0],
  ]),
  ...([72, 104, 136, 168] as const).flatMap((place, i): Op[] => [
    ['i32.const', place],
    ['local.get', (i + 1) % 3],
    ['i32.store', 2, 0],
  ]),
];
const at = (i: number): Op => ['local.get', i];
const than = (n: number): Op => ['i32.const', n];
const above: Op[] = [at(1), at(2), ['i32.gt_s']];
const below: Op[] = [at(0), than(9), ['i32.lt_u']];
const bit: Op[] = [at(0), than(8), ['i32.and']];

/** Comparisons and branches up to the first store, of two tests around a call's worth of stores. */
const code = (body: Op[], core: 'cortex-m4' | 'cortex-a7' = 'cortex-a7') => {
  const f = { params: ['i32', 'i32', 'i32'] as 'i32'[], results: ['i32'] as 'i32'[], body: [...body, at(0)] };
  const text = listing(f, [3, 9, 5], buildFor(cores[core], false)).flatMap((b) => b.code);
  const kept = /^(cmp|it|mov<cc>|and<cc>|or<cc>|lsls|ubfx|b<cc>|cbz|cbnz)/;
  return text.filter((t) => kept.test(t) && t !== 'cmp #500').map((t) => t.split(' ')[0]);
};
const nested = (x: Op[], y: Op[]): Op[] => [
  ...x,
  ['if', 'void'],
  ...y,
  ['if', 'void'],
  ...store,
  ['end'],
  ['end'],
];
const either = (x: Op[], y: Op[]): Op[] => [
  ...([
    ['block', 'void'],
    ['block', 'void'],
  ] as Op[]),
  ...x,
  ['br_if', 0],
  ...y,
  ['i32.eqz'],
  ['br_if', 1],
  ['end'],
  ...store,
  ['end'],
];

/*
 * gcc 12.2 -O2, if (y > z) if (x < 9) g();
 *   -mcpu=cortex-a7:  cmp r0, #8;  ite hi;  movhi r0, #0;  movls r0, #1;  cmp r1, r2;  it le;  movle r0, #0;  cbnz r0
 *   -mcpu=cortex-m4:  cmp r1, r2;  ble;  cmp r0, #8;  bls
 */
it('asks both at once on a core where branches cost more', () => {
  expect(code(nested(above, below))).toEqual([
    'cmp',
    'it',
    'mov<cc>',
    'mov<cc>',
    'cmp',
    'it',
    'mov<cc>',
    'cbz',
  ]);
  expect(code(nested(above, below), 'cortex-m4')).toEqual(['cmp', 'b<cc>', 'cmp', 'b<cc>']);
});

// if (y > z) goto S; if (x >= 9) goto E; S: g(); E:   cmp r0, #8;  ite ls;  movls r0, #0;  movhi r0, #1;  cmp r1, r2;  it gt;  movgt r0, #0;  cbnz r0
it('asks for either at once', () => {
  expect(code(either(above, below))).toEqual([
    'cmp',
    'it',
    'mov<cc>',
    'mov<cc>',
    'cmp',
    'it',
    'mov<cc>',
    'cbz',
  ]);
});

// if (y > z) if (x & 8) g();   cmp r1, r2;  ble;  lsls r3, r0, #28;  bmi: the second block computes something.
it('keeps what is computed for the second behind the first', () => {
  expect(code(nested(above, bit))).toEqual(['cmp', 'b<cc>', 'lsls', 'b<cc>']);
});

// Kernel xorshift, (y > z) ? x & 8 : 0 tested: ubfx r8, r8, #3, #1;  cmp r1, r2;  ite le;  movle.w r8, #0;  andgt r8, r8, #1;  cmp.w r8, #0;  beq
it('takes what was computed before the first along', () => {
  const chosen: Op[] = [...bit, than(0), ...above, ['select']];
  expect(code([...chosen, ['if', 'void'], ...store, ['end']])).toEqual([
    ...['ubfx', 'cmp', 'it', 'and<cc>', 'mov<cc>', 'cbz'],
  ]);
});

/*
 * if (x > y) if (y > z) if (x != 4) g();   cmp r0, #4;  it ne;  cmpne r0, r1;  ite gt;  movgt r0, #1;  movle r0, #0;  cmp r1, r2;  ite le;  movle r0, #0;  andgt r0, r0, #1;  cbnz r0
 * (Which two are compared together is another matter: reassociation puts those of x side by side.)
 */
it('asks for all of a chain', () => {
  const inner = [...above, ['if', 'void'], at(0), than(4), ['i32.ne'], ['if', 'void']] as Op[];
  const text = code([
    ...([at(0), at(1), ['i32.gt_s'], ['if', 'void']] as Op[]),
    ...inner,
    ...store,
    ...([['end'], ['end'], ['end']] as Op[]),
  ]);
  expect(text.filter((t) => t === 'b<cc>' || t === 'cbz')).toHaveLength(1);
  expect(text.filter((t) => t?.startsWith('cmp'))).toHaveLength(3);
});
