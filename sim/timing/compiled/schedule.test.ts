import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { Machine } from './machine.ts';
import { schedule } from './schedule.ts';
import { block, machineCode, make, ways } from './testing/machine-code.ts';

const ordered = (code: Machine[], core: 'cortex-m4' | 'cortex-a7' = 'cortex-m4'): string[] =>
  schedule(machineCode([block(0, code)]), cores[core].scheduler).blocks[0]!.code.map((m) => m.text);

/*
 * A checked load in a loop, gcc 12.2 -O2 -mcpu=cortex-m4 (kernel fir16): the address is made behind the check, where the load waits for it.
 *   cmp r2, r6;  bhi.n trap;  add.w fp, r2, r3;  ldrsh.w fp, [fp, #-2]
 */
it('moves nothing across the branch of a check', () => {
  expect(
    ordered([
      make('compare', 'cmp', [], [2, 6]),
      make('branch', 'bhi trap', [], [], { readsFlags: true }),
      make('alu', 'add', [11], [2, 3]),
      make('load', 'ldrsh', [11], [11], { address: [11], barrier: true }),
    ]),
  ).toEqual(['cmp', 'bhi trap', 'add', 'ldrsh']);
});

/*
 * Kernel minmax, the same compiler: what comes between goes before the it, and never behind it.
 *   cmp r4, r2;  add.w r3, r3, #2;  it ge;  movge r4, r2
 */
it('keeps an it and what it announces together', () => {
  const order = ordered([
    make('compare', 'cmp', [], [4, 2]),
    make('if-then', 'it x1', [], []),
    make('move', 'mov<cc>', [4], [4, 2], { readsFlags: true, conditional: true }),
    make('alu', 'add', [3], [3], { immediate: true }),
    make('compare', 'cmp #', [], [3]),
    make('branch', 'bne', [], [], { readsFlags: true, taken: 1, backward: true }),
  ]);
  expect(order.indexOf('mov<cc>')).toBe(order.indexOf('it x1') + 1);
  expect(order.indexOf('cmp #')).toBeGreaterThan(order.indexOf('mov<cc>'));
});

/*
 * The check at the head of a loop that stores, laid out at its end, gcc 12.2 -O2 -mcpu=cortex-a7 (kernel transp): the index is made while the length is loaded.
 *   ldr r1, [r0, #12];  subs r5, r3, #2;  cmp r3, r1;  bls.n
 */
it('fills the wait for what a loop loads at its end', () => {
  const code = [
    make('compare', 'cmp end', [], [3, 1]),
    make('alu', 'sub', [5], [3], { immediate: true }),
    make('branch', 'bhi trap', [], [], { readsFlags: true }),
    make('store', 'strh', [], [4, 5, 7], { address: [4, 5] }),
    make('load', 'ldr size', [1], [0], { address: [0] }),
    make('branch', 'bne', [], [], { readsFlags: true, taken: 1, backward: true }),
  ];
  const first = (...to: number[]) => {
    const whole = machineCode([block(0, code, { successors: ways(...to), loopDepth: 1 })]);
    return schedule(whole, cores['cortex-a7'].scheduler).blocks[0]!.code[0]!.text;
  };
  expect(first(0)).toBe('sub');
  expect(first(1)).toBe('cmp end');
});

/*
 * instance->g = x * x; y = instance->h; return y * x; the same compiler: another word of the instance is read before the store.
 *   ldr r3, [r0, #4];  mul r2, r1, r1;  str r2, [r0];  mul r0, r3, r1
 */
it('reads one variable of the instance before another one is stored', () => {
  const order = (cell: string) =>
    ordered([
      make('multiply', 'mul', [2], [1]),
      make('store', 'str', [], [2, 0], { address: [0], cell: 'global 0' }),
      make('load', 'ldr', [3], [0], { address: [0], cell }),
      make('multiply', 'mul h', [4], [3, 1]),
    ]);
  expect(order('global 1')).toEqual(['ldr', 'mul', 'str', 'mul h']);
  expect(order('global 0')).toEqual(['mul', 'str', 'ldr', 'mul h']);
});

/*
 * ((a / b + d) * c ^ 5) - (c ^ d), gcc 12.2 -O2 -mcpu=cortex-a7: nothing goes along with a division, so what else waits longest for it is next.
 *   sdiv r0, r0, r1;  add r0, r0, r3;  mul r0, r2, r0;  eors r3, r3, r2;  eor r0, r0, #5;  subs r0, r0, r3
 */
it('lets nothing go along with a division', () => {
  const code = [
    make('divide', 'sdiv', [5], [0, 1], { wide: 1 }),
    make('alu', 'eor', [6], [3, 2]),
    make('alu', 'add', [7], [5, 3]),
    make('multiply', 'mul', [8], [7, 2]),
    make('alu', 'eor #5', [9], [8], { immediate: true }),
    make('alu', 'sub', [10], [9, 6]),
  ];
  expect(ordered(code, 'cortex-a7').slice(0, 2)).toEqual(['sdiv', 'add']);
});
