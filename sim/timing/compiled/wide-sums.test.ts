import { expect, it } from 'vitest';
import type { Machine, MachineBlock, MachineCode } from './machine.ts';
import { block as blockOf, machineCode, make as makeAny, ways } from './testing/machine-code.ts';
import { kept } from './machine.ts';
import { keepWideSums } from './wide-sums.ts';

const make = (text: string, defs: number[], uses: number[], extra: Partial<Machine> = {}): Machine =>
  makeAny('alu', text, defs, uses, extra);
const block = (id: number, code: Machine[], to: number[]): MachineBlock =>
  blockOf(id, code, { successors: ways(...to), next: id + 1, frequency: 1 });

/** A loop that adds to 0 and 1, a choice behind it, and where both of its ways meet. */
function summed(): { code: MachineCode; read: Record<'inside' | 'next' | 'met', Machine> } {
  const read = {
    inside: make('inside', [4], [0]),
    next: make('next', [5], [0]),
    met: make('met', [6], [0, 1]),
  };
  const sum = [
    make('adds', [0], [0, 2], { setsFlags: true }),
    make('adc', [1], [1, 3], { readsFlags: true }),
    read.inside,
  ];
  const blocks = [
    block(0, [make('mov', [0], []), make('mov', [1], [])], [1]),
    block(1, sum, [1, 2]),
    block(2, [read.next], [3, 4]),
    block(3, [], [4]),
    block(4, [read.met], []),
  ];
  const loops = [{ header: 1, preheader: 0, blocks: [1], depth: 1, enterFrequency: 1, exitFrequency: 1 }];
  const code = machineCode(blocks, { loops, registers: 7 });
  return { code, read };
}

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4, kernel mean3 without checks: the first of its three sums is read in the block behind the loop, the others behind the branch of a division.
 *   adds r3, r2, r3;  adc.w ip, ip, r2, asr #31
 *   adds.w r5, r2, lr;  adc.w r2, r9, r2, asr #31;  mov lr, r5;  mov r9, r2
 */
it('reads the words of a sum where ways meet, and the variable on the path behind it', () => {
  const { code, read } = summed();
  keepWideSums(code);
  const [low, high] = read.met.uses;
  expect([low, high]).toEqual([7, 8]);
  expect(read.inside.uses).toEqual([0]);
  expect(read.next.uses).toEqual([0]);
  const loop = code.blocks[1]!.code;
  expect(loop.map((m) => m.text)).toEqual(['adds', 'adc', kept, kept, 'inside']);
  expect(loop.slice(0, 2).flatMap((m) => m.defs)).toEqual([low, high]);
  expect(new Set(loop.slice(2, 4).flatMap((m) => m.defs))).toEqual(new Set([0, 1]));
});

it('leaves sums alone that other definitions meet', () => {
  const { code, read } = summed();
  code.blocks[3]!.code.push(make('mov', [0], []), make('mov', [1], []));
  keepWideSums(code);
  expect(read.met.uses).toEqual([0, 1]);
  expect(code.registers).toBe(7);
});
