import { expect, it } from 'vitest';
import { assemble, type Op } from '../../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../../wasm/index.ts';
import { firmware } from '../build.ts';
import { compileModule } from '../compile.ts';
import { listing } from '../listing.ts';
import { addedPart } from './memory.ts';

/*
 * gcc 12.2 -O2, Cortex-M4 and Cortex-A7 alike:
 *   dot16, unchecked   pointer r3 steps     add.w r2, r3, #4096;  ldrsh.w r2, [r2, #3072]
 *   dot16, checked     r4 = base + index    movw r9, #7166 (before the loop);  ldrsh.w r4, [r4, r9]
 *   fir16, checked     r5 = base + index    sub.w r5, r5, #7168;  ldrsh.w r5, [r5, #-2]
 *   ema, unchecked     r3 = base + index    add.w r3, r3, #15360;  strh r1, [r3, #0]
 */
it('splits the constant of an address as the back end does', () => {
  expect(addedPart(7168, true)).toBe(4096);
  expect(addedPart(7166, false)).toBe(7166);
  expect(addedPart(-7170, false)).toBe(-7168);
  expect(addedPart(15360, false)).toBe(15360);
});

// x + load16_s(60068) * load16_s(60074), both cores:  ldr r3, [r0];  add r3, r3, #57344;  ldrsh r0, [r3, #2724];  ldrsh r3, [r3, #2730];  mla r0, r0, r3, r1
it('gives constant addresses one pointer near to them', () => {
  const load = (at: number): Op[] => [
    ['i32.const', 0],
    ['i32.load16_s', at, 1],
  ];
  const body: Op[] = [...load(60068), ...load(60074), ['i32.mul'], ['local.get', 0], ['i32.add']];
  const analysis = analyse(assemble([{ export: 'run', params: ['i32'], results: ['i32'], body }]));
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (n: number) => unknown)(1);
  });
  const [compiled] = compileModule(analysis, counts, firmware(false));
  const text = compiled!.allocation.code.blocks.flatMap((b) => b.code.map((m) => m.text));
  expect(text.filter((t) => /base|ldrh|573|60\d\d\d|^mla/.test(t))).toEqual([
    ...['ldr base', 'add #57344', 'ldrh signed', 'ldrh signed', 'mla'],
  ]);
});

/*
 * The count of like samples and what they are, kernel quadenc, gcc 12.2 -O2 -mcpu=cortex-m4, unchecked: ldr r3, [r7]; ldr.w r4, [r3, #1060]; cmp r1, r4; beq.n; behind it
 * str.w r1, [r3, #1060]; and where it goes to ldr.w r4, [r3, #1056]
 */
it('names the pointer and the constant in each block', () => {
  const load = (at: number): Op[] => [
    ['i32.const', 0],
    ['i32.load', at, 2],
  ];
  const body: Op[] = [
    ...[...load(1060), ['local.get', 0] as Op, ['i32.eq'] as Op, ['if', 'i32'] as Op],
    ...[...load(1056), ['else'] as Op, ['i32.const', 0] as Op, ['local.get', 0] as Op],
    ...[['i32.store', 1060, 2] as Op, ['i32.const', 7] as Op, ['end'] as Op],
  ];
  const code = listing({ params: ['i32'], results: ['i32'], body }, [0], firmware(false)).flatMap(
    (b) => b.code,
  );
  expect(code.filter((t) => /^(ldr base|ldr|str|add #0)$/.test(t))).toEqual([
    'ldr base',
    'ldr',
    'str',
    'ldr',
  ]);
});

/*
 * Three accesses that share a sum: kernel linebuf3, gcc 12.2 -O2 -mcpu=cortex-a7, unchecked: mla r3, sl, r2, r9; ldrsh.w r7, [fp, r3]; add r3, fp; ldrsh.w lr, [r3, #2]; ldrsh.w r3, [r3, #4]
 */
it('makes a sum that several accesses share once', () => {
  const get = (i: number): Op => ['local.get', i];
  const load = (offset: number): Op[] => [
    get(4),
    ['i32.load16_s', offset, 1],
    get(3),
    ['i32.mul'],
    get(2),
    ['i32.add'],
    ['local.set', 2],
  ];
  const body: Op[] = [
    ['loop', 'void'],
    ...[
      get(1),
      get(3),
      ['i32.const', 36] as Op,
      ['i32.mul'] as Op,
      ['i32.add'] as Op,
      ['local.set', 4] as Op,
    ],
    ...[...load(0), ...load(2), ...load(4)],
    ...[get(3), ['i32.const', 5] as Op, ['i32.xor'] as Op, ['local.set', 3] as Op],
    ...[get(0), ['i32.const', 1] as Op, ['i32.sub'] as Op, ['local.tee', 0] as Op, ['br_if', 0] as Op],
    ['end'],
    get(2),
  ];
  const analysis = analyse(
    assemble([
      { export: 'run', params: ['i32', 'i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body },
    ]),
  );
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (n: number, x: number) => unknown)(9, 3);
  });
  const [compiled] = compileModule(analysis, counts, firmware(false));
  const loop = compiled!.allocation.code.blocks.toSorted((a, b) => b.weight - a.weight)[0]!;
  const sum = loop.code.findIndex((m) => m.text === 'add reg');
  const index = loop.code.findIndex((m) => m.text.startsWith('add shl #2'));
  expect(loop.code.map((m) => m.text).slice(index, sum + 1)).toEqual([
    'add shl #2',
    'ldrh signed',
    'add reg',
  ]);
  expect(loop.code[sum]!.uses).toEqual(loop.code[sum - 1]!.address);
});
