import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { Op } from '../../wasm/assemble.ts';
import { allocate } from './allocate.ts';
import { firmware } from './build.ts';
import { hottest, listing } from './listing.ts';
import type { Machine, MachineCode } from './machine.ts';
import { schedule } from './schedule.ts';
import { block, machineCode, make as makeAny } from './testing/machine-code.ts';

const make = (kind: Machine['kind'], text: string, to: number, ...uses: number[]): Machine =>
  makeAny(kind, text, [to], uses);

/** One block that ends with a use of everything in `live`. */
const straight = (code: Machine[], live: number[]): MachineCode =>
  machineCode([block(0, [...code, makeAny('branch', 'return', [], live, { taken: 1 })])]);

const texts = (code: MachineCode): string[] => code.blocks[0]!.code.map((m) => m.text);

/*
 * Before registers are given, the product goes first: more waits for it. Afterwards it has taken the register that the shift reads, and what shares a register keeps its
 * order, as in gcc's second scheduling pass.
 *   gcc 12.2, -mcpu=cortex-a7:  asrs r3, r2, #6;  mul.w r2, r1, r0;  add.w r2, r3, r2, asr #14
 */
it('keeps the order of values that share a register', () => {
  const chain = [
    make('load', 'ldr', 20),
    make('shift', 'asr', 21, 20),
    make('multiply', 'mul', 22, 1, 2),
    make('alu', 'add', 23, 21, 22),
  ];
  const free = straight(chain, [23, ...Array.from({ length: 11 }, (_, i) => i)]);
  const order = (code: MachineCode) => texts(schedule(code, cores['cortex-a7'].scheduler));
  expect(order(free).indexOf('mul')).toBeLessThan(order(free).indexOf('asr'));
  const [r0, r1, r2, r3] = [3, 2, 1, 0] as const;
  const sharing = straight(
    [
      make('load', 'ldr', r2),
      make('shift', 'asr', r3, r2),
      make('multiply', 'mul', r2, r1, r0),
      make('alu', 'add', r2, r3, r2),
    ],
    [r2],
  );
  expect(order(sharing).indexOf('asr')).toBeLessThan(order(sharing).indexOf('mul'));
});

it('names the registers that the values share', () => {
  const { code } = allocate(straight([make('load', 'ldr', 40), make('alu', 'add', 41, 40)], [41]));
  const [load, add] = code.blocks[0]!.code;
  expect(load!.defs).toEqual(add!.uses);
  expect(add!.defs).toEqual(load!.defs);
});

it('gives floating-point values registers of their own, of which a call leaves sixteen', () => {
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const code = (singles: number, call: boolean): MachineCode => ({
    ...straight(
      [
        ...numbers(0, 12).map((r) => make('load', 'ldr', r)),
        ...numbers(20, 20 + singles).map((r) => make('vfp', 'vmov', r)),
        ...(call ? [make('library', 'bl', 60)] : []),
        ...numbers(20, 20 + singles).map((r) => make('vfp', 'vneg', r, r)),
      ],
      call ? [] : numbers(0, 12),
    ),
    floats: new Map(numbers(20, 20 + singles).map((r) => [r, 'single'])),
  });
  expect(allocate(code(32, false)).spills).toBe(0);
  expect(allocate(code(33, false)).spills).toBeGreaterThan(0);
  expect(allocate(code(16, true)).spills).toBe(0);
  // vpush {d8-d15}
  expect(allocate(code(16, true)).savedFloats).toBe(8);
  expect(allocate(code(16, false)).savedFloats).toBe(0);
  expect(allocate(code(17, true)).spills).toBeGreaterThan(0);
});

/*
 * A turn of kernel copyrev, gcc 12.2 for the Cortex-M4: ldr.w r2, [ip];  ldrsh r1, [r2, r3];  sub.w lr, r7, r3;  adds r3, #2;  cmp.w r3, #1536;
 * strh.w r1, [r2, lr];  bne.n. The counter is one variable to the scheduler, which cannot step it before its last use.
 */
it('steps a counter in its own register where it has another use', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ['i32.const', 3000],
    ['local.get', 0],
    ['i32.sub'],
    ['local.get', 0],
    ['i32.load16_s', 0, 1],
    ['i32.store16', 0, 1],
    ['local.get', 0],
    ['i32.const', 2],
    ['i32.add'],
    ['local.tee', 0],
    ['i32.const', 1536],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
  ];
  const code = hottest(listing({ params: ['i32'], results: [], body }, [0], firmware(false)));
  expect(code.filter((t) => t.startsWith('mov'))).toEqual([]);
});
