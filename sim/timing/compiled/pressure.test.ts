import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { MachineCode } from './machine.ts';
import { schedule } from './schedule.ts';
import { block, machineCode, make } from './testing/machine-code.ts';

/** Two words of a ^ b ^ c | d where as many values live on as told. */
const words = (alive: number): MachineCode => {
  const others = Array.from({ length: alive }, (_, i) => i);
  const alu = (text: string, to: number, ...uses: number[]) => make('alu', text, [to], uses);
  return machineCode([
    block(0, [
      alu('or low', 20, 0, 1),
      alu('or high', 30, 2, 3),
      alu('xor low', 21, 20, 4),
      alu('xor high', 31, 30, 5),
      alu('last low', 22, 21, 6),
      alu('last high', 32, 31, 7),
      make('branch', 'return', [], [...others, 22, 32], { taken: 1 }),
    ]),
  ]);
};

const order = (code: MachineCode, allocated: boolean): string[] =>
  schedule(code, cores['cortex-m4'].scheduler, { allocated })
    .blocks[0]!.code.map((m) => m.text)
    .slice(0, -1);

/*
 * Ascon's rounds, gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-rtl-sched1 -fsched-verbose=5, 20 registers alive of 14, before they are given out; what begins another word costs 20:
 *   0--> r366=r350|r352;  1--> r368=r366^r156#0;  2--> r302=r368^r161#0;  5--> r367=r351|r353;  6--> r369=r367^r156#4;  7--> r303=r369^r161#4
 */
it('ends one word before it begins the other where registers are short', () => {
  const inTurn = ['or low', 'xor low', 'last low', 'or high', 'xor high', 'last high'];
  const together = ['or low', 'or high', 'xor low', 'xor high', 'last low', 'last high'];
  expect(order(words(20), false)).toEqual(inTurn);
  expect(order(words(20), true)).toEqual(together);
});
