import { expect, it } from 'vitest';
import { cores } from '../../../cores/index.ts';
import type { Machine } from '../machine.ts';
import { schedule } from '../schedule.ts';
import { block, machineCode, make } from '../testing/machine-code.ts';

const branch = (text: string, uses: number[] = []): Machine =>
  make('branch', text, [], uses, { readsFlags: true });

const order = (
  code: Machine[],
  core: 'cortex-m4' | 'cortex-a7' | 'cortex-a8',
  allocated: boolean,
): string[] => {
  const whole = machineCode([block(0, code)]);
  return schedule(whole, cores[core].scheduler, { allocated }).blocks[0]!.code.map((m) => m.text);
};

/*
 * Kernel lattice, gcc 12.2 -O2 -mcpu=cortex-a7 -fdump-rtl-sched1 -fsched-verbose=5: two registers for the product cost 40, one for the sum that its check compares 20, whatever their chains (12 and 4).
 *   0--> r218=[r151+r155];  1--> asm;  2--> r268=r252+4;  3--> r269=r253+carry;  3--> r256,r257=r218*r154+r279,r282;  5--> r260=r256>>15;  6--> r260|=r257<<17;  7--> r130-=r260;
 *   8--> r262,r263=r130*r154+r279,r282;  10--> r266=r262>>15;  11--> r266|=r263<<17;  12--> r166=r266+r218;  12--> cmp r146, r268;  13--> sbcs;  15--> bcc
 * The copies of the addend into the registers of a product are made where registers are given out.
 */
it('counts what a product needs as one, before registers are given out', () => {
  const product = (text: string, to: number[], a: number, b: number) => [
    make('move', `${text} low`, [to[0]!], [3], { copy: true }),
    make('move', `${text} high`, [to[1]!], [4], { copy: true }),
    make('multiply', text, to, [a, b, ...to], { accumulator: to[0] }),
  ];
  const code = [
    make('load', 'ldrsh', [10], [1, 2], { address: [1, 2], barrier: true, registerOffset: true }),
    ...product('smlal', [12, 13], 10, 5),
    make('shift', 'lsr', [14], [12], { immediate: true }),
    make('alu', 'orr lsl', [15], [14, 13], { immediate: true, shifted: true }),
    make('alu', 'sub', [6], [6, 15]),
    ...product('smlal 2', [16, 17], 6, 5),
    make('shift', 'lsr 2', [18], [16], { immediate: true }),
    make('alu', 'orr lsl 2', [19], [18, 17], { immediate: true, shifted: true }),
    make('alu', 'add', [20], [19, 10]),
    make('alu', 'adds', [21], [7], { immediate: true, setsFlags: true }),
    make('alu', 'adc', [22], [8], { immediate: true, readsFlags: true }),
    make('compare', 'cmp', [], [9, 21]),
    make('alu', 'sbcs', [23], [4, 22], { readsFlags: true, setsFlags: true }),
    branch('bcc trap', [3, 4, 5, 6, 7, 8, 9, 20]),
  ];
  expect(order(code, 'cortex-a7', false)).toEqual([
    ...['ldrsh', 'adds', 'adc'],
    ...['smlal low', 'smlal high', 'smlal', 'lsr', 'orr lsl', 'sub'],
    ...['smlal 2 low', 'smlal 2 high', 'smlal 2', 'lsr 2', 'orr lsl 2', 'add'],
    ...['cmp', 'sbcs', 'bcc trap'],
  ]);
});

/*
 * Kernel crc, gcc 12.2 -O2 -mcpu=cortex-m4: eormi becomes that behind allocation; before, the test ends a block, and nothing comes between it and its branch.
 *   lsrs r1, r3, #1;  lsls r3, r3, #31;  ite mi;  eormi.w r3, r1, r8
 */
it('lets the test of what is computed under a condition end a block', () => {
  const code = [
    make('shift', 'lsrs', [1], [3], { immediate: true }),
    make('compare', 'lsls test', [], [3], { immediate: true }),
    make('if-then', 'it x1', [], []),
    make('alu', 'eor<cc>', [1], [1, 8], { readsFlags: true, conditional: true }),
    make('alu', 'subs', [6], [6], { immediate: true, setsFlags: true }),
    branch('bne', [1, 6, 8]),
  ];
  expect(order(code, 'cortex-m4', false)[0]).toBe('lsrs');
});

/*
 * Kernel lerptab, gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-rtl-sched2: behind a load only a load can begin.
 *   0--> r5=[r9+12];  1--> r0=[r9];  3--> cmp r4, r5;  4--> r3=r4-2;  5--> bhi
 */
it('begins a load behind a load on the Cortex-M4', () => {
  const code = [
    make('alu', 'sub', [3], [4], { immediate: true }),
    make('load', 'ldr base', [0], [9], { address: [9] }),
    make('load', 'ldr size', [5], [9], { address: [9] }),
    make('compare', 'cmp', [], [4, 5]),
    branch('bhi trap'),
  ];
  expect(order(code, 'cortex-m4', true)).toEqual(['ldr size', 'ldr base', 'cmp', 'sub', 'bhi trap']);
});

/*
 * Kernel copyrev, gcc 12.2 -O2 -mcpu=cortex-a7 -fdump-rtl-sched2: the product takes both places of a cycle, so what comes first goes with the subtraction.
 *   0--> r1=[r0+12];  0--> r9=r3-1;  1--> r2=lr*r2+ip;  2--> cmp r1, r3;  3--> r10=r2>>24;  4--> bcc
 */
it('fills the places of a cycle on the Cortex-A7', () => {
  const code = [
    make('multiply', 'mla', [2], [5, 2, 6], { accumulator: 6 }),
    make('alu', 'sub', [9], [3], { immediate: true }),
    make('load', 'ldr size', [1], [0], { address: [0] }),
    make('shift', 'lsr', [10], [2], { immediate: true }),
    make('compare', 'cmp', [], [1, 3]),
    branch('bcc trap'),
  ];
  expect(order(code, 'cortex-a7', true)).toEqual(['ldr size', 'sub', 'mla', 'cmp', 'lsr', 'bcc trap']);
});

/*
 * Kernel xorshift without checks, gcc 12.2 -O2 -mcpu=cortex-a8: a shifted operand is taken a stage early, so the next step of the chain goes before what waits for the same word; a product keeps both pipelines.
 *   eor.w r2, r2, r2, lsl #5;  eor.w r1, r2, r2, lsl #13;  uxth r3, r2;  eor.w r2, r1, r1, lsr #17;  mul.w r9, r3, r3;  eor.w r2, r2, r2, lsl #5;  lsrs r1, r2, #16;  eor.w r8, r1, r3;
 *   mla r9, r1, r1, r9;  ubfx r8, r8, #3, #1;  cmp.w r9, #0
 */
it('knows which operands a Cortex-A8 takes early', () => {
  const shifted = { immediate: true, shifted: true };
  const code = [
    make('alu', 'eor lsl 5', [2], [2, 2], shifted),
    make('extend', 'uxth', [3], [2]),
    make('alu', 'eor lsl 13', [1], [2, 2], shifted),
    make('alu', 'eor lsr 17', [2], [1, 1], shifted),
    make('alu', 'eor lsl 5 again', [2], [2, 2], shifted),
    make('shift', 'lsr 16', [1], [2], { immediate: true }),
    make('alu', 'eor', [8], [1, 3]),
    make('shift', 'ubfx', [8], [8], { immediate: true }),
    make('multiply', 'mul', [9], [3, 3]),
    make('multiply', 'mla', [9], [1, 1, 9], { accumulator: 9 }),
    make('compare', 'cmp', [], [9], { immediate: true }),
    branch('b<cc>', [1, 2, 3, 8]),
  ];
  expect(order(code, 'cortex-a8', true)).toEqual([
    ...['eor lsl 5', 'eor lsl 13', 'uxth', 'eor lsr 17', 'mul', 'eor lsl 5 again', 'lsr 16', 'eor'],
    ...['mla', 'ubfx', 'cmp', 'b<cc>'],
  ]);
});
