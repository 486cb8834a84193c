import { expect, it } from 'vitest';
import { instruction, type Machine, type MachineCode } from '../machine.ts';
import { Interference } from './interference.ts';
import { insertSpills } from './spill.ts';

const at = { f: 0, block: 0 };
const make = (kind: Machine['kind'], text: string, defs: number[], uses: number[]): Machine =>
  instruction(kind, text, at, { defs, uses });

const spilledOne = (value: number, code: Machine[], live: number[]): string[] => {
  const last = instruction('branch', 'return', at, { uses: live, taken: 1 });
  const block = {
    id: 0,
    code: [...code, last],
    weight: 1,
    frequency: 1,
    successors: [],
    next: -1,
    loopDepth: 0,
    origin: at,
  };
  const whole: MachineCode = { blocks: [block], loops: [], registers: 64, floats: new Map(), entry: 0 };
  insertSpills(whole, [value], new Interference(whole), new Set());
  return block.code.map((m) => m.text);
};

const twice = (): Machine[] => [
  make('load', 'ldr', [1], [0]),
  make('alu', 'add', [2], [1, 3]),
  make('alu', 'sub', [4], [1, 2]),
];

/*
 * A value that lives on the stack is used from the register that it was made in as long as that is free (inheritance). gcc 12.2, kernel k1_gemv8 without checks, Cortex-A7:
 *   ldr.w r5, [fp];  add r3, r5;  addw r8, r5, #1151;  add.w r2, r5, #17280;  str r5, [sp, #4];  (inner loop)  ldr r5, [sp, #4]
 */
it('uses the register that a value was stored from', () => {
  expect(spilledOne(1, twice(), [4])).toEqual(['ldr', 'str [sp]', 'add', 'sub', 'return']);
});

it('loads again where all registers are in use meanwhile', () => {
  const busy = Array.from({ length: 14 }, (_, i) => 20 + i);
  expect(spilledOne(1, twice(), [4, ...busy])).toEqual([
    'ldr',
    'str [sp]',
    'ldr [sp]',
    'add',
    'ldr [sp]',
    'sub',
    'return',
  ]);
});
