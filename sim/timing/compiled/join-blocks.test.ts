import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import { joinBlocks } from './join-blocks.ts';
import type { Machine, MachineBlock, MachineCode } from './machine.ts';
import { schedule } from './schedule.ts';
import { block as blockOf, machineCode, make, ways } from './testing/machine-code.ts';

const block = (id: number, code: Machine[], to: number[], next: number): MachineBlock =>
  blockOf(id, code, { successors: ways(...to), next, loopDepth: 1 });

const texts = (code: MachineCode, core: 'cortex-m4' | 'cortex-a7') =>
  schedule(code, cores[core].scheduler).blocks.map((b) => b.code.map((m) => m.text));

/*
 * Kernel argmax, gcc 12.2 -O2 -mcpu=cortex-a7: what follows the join is ordered among what the branch became, and each stretch gets its own it.
 *   cmp r2, r1;  it gt;  movgt r5, r3;  add.w r3, r3, #1;  it gt;  movgt r1, r2;  cmp.w r3, #300;  bne
 */
it('orders what follows a join among what runs under a condition', () => {
  const arm = [make('move', 'mov', [5], [3]), make('move', 'mov', [1], [2])];
  const end = [
    make('alu', 'add', [3], [3], { immediate: true }),
    make('compare', 'cmp #', [], [3], { immediate: true }),
    make('branch', 'bne', [], [], { readsFlags: true, taken: 1, backward: true }),
  ];
  const blocks = [
    block(0, [make('compare', 'cmp', [], [2, 1]), make('if-then', 'it x2', [], [])], [1, 2], 1),
    { ...block(1, arm, [2], 2), guarded: true },
    block(2, end, [0, 3], 3),
    block(3, [], [], -1),
  ];
  const code = machineCode(blocks, {
    loops: [{ header: 0, preheader: -1, blocks: [0, 1, 2], depth: 1, enterFrequency: 1, exitFrequency: 1 }],
    registers: 16,
    entry: 3,
  });
  joinBlocks(code);
  expect(code.loops[0]!.blocks).toEqual([0]);
  expect(code.blocks.map((b) => [b.id, b.successors.map((s) => s.to)])).toEqual([
    [0, [0, 3]],
    [3, []],
  ]);
  expect(texts(code, 'cortex-a7')[0]).toEqual([
    ...['cmp', 'it x1', 'mov', 'add', 'it x1', 'mov', 'cmp #', 'bne'],
  ]);
});

/*
 * Kernel globals, the same compiler: both sides share an it, which covers four.
 *   itett gt;  mlagt r2, lr, r2, r1;  addle r3, #1;  eorgt.w r3, r3, r2, asr #3;  strgt.w r2, [ip];  cmp
 */
it('covers four by an it', () => {
  const arm = (id: number, n: number): MachineBlock => ({
    ...block(
      id,
      Array.from({ length: n }, (_, k) => make('alu', `add ${id}${k}`, [id], [id])),
      [3],
      id + 1,
    ),
    guarded: true,
  });
  const blocks = [
    block(0, [make('compare', 'cmp', [], [2, 1]), make('if-then', 'it x2', [], [])], [1, 2], 1),
    arm(1, 4),
    arm(2, 2),
    block(3, [], [], -1),
  ];
  const code = machineCode(blocks, { registers: 16 });
  joinBlocks(code);
  expect(texts(code, 'cortex-m4')[0]!.filter((t) => t.startsWith('it'))).toEqual(['it x4', 'it x2']);
});
