import { expect, it } from 'vitest';
import type { Machine, MachineBlock, MachineCode } from './machine.ts';
import { reorderBlocks } from './reorder-blocks.ts';
import { block as blockOf, machineCode, make } from './testing/machine-code.ts';

const entryCount = 1 << 30;
const alu = (): Machine => make('alu', 'add', [], [], { wide: 1 });
const check = (): Machine => make('branch', 'bhi trap', [], [], { readsFlags: true, wide: 0 });
const test = (): Machine => make('branch', 'cbz', [], [1], { taken: 0.5, wide: 0 });

interface Way {
  to: number;
  count: number;
  weight: number;
}

const block = (
  id: number,
  code: Machine[],
  weight: number,
  counts: number[],
  successors: Way[],
): MachineBlock =>
  blockOf(id, code, {
    ...{ weight, frequency: 1 },
    counts: counts.map((c) => c * entryCount),
    successors: successors.map((s) => ({ ...s, count: s.count * entryCount })),
  });

const code = (...blocks: MachineBlock[]): MachineCode => machineCode(blocks, { registers: 16 });
const share = (count: number) => Math.round((1000 * count) / entryCount);
const shown = ({ blocks }: MachineCode) =>
  blocks.map((b) => [
    b.id,
    b.next,
    b.code.map((m) => `${m.text}${m.kind === 'branch' ? ` ${m.taken}` : ''}`).join('; '),
  ]);

/*
 * Kernel binsearch, gcc 12.2 -O2 -mcpu=cortex-m4, the loop that fills the array: the block is cut behind its check, which is taken in each round.
 *   b.n 10546;  (10536:) ldr r6, [r0];  ..  str.w r5, [r6, ip];  beq.n 1055e;  (10546:) ..  cmp r6, r1;  bcs.n 10536;  (trap)
 */
it('ends a loop in its check', () => {
  const loop = code(
    block(0, [alu()], 1, [1], [{ to: 1, count: 1, weight: 1 }]),
    block(
      1,
      [alu(), check(), alu(), test()],
      64,
      [9, 8.1],
      [
        { to: 1, count: 7.9, weight: 63 },
        { to: 2, count: 0.2, weight: 1 },
      ],
    ),
    block(2, [make('branch', 'bx lr', [], [], { taken: 1 })], 1, [0.2], []),
  );
  reorderBlocks(loop, share);
  expect(shown(loop)).toEqual([
    [0, 3, 'add; b 1'],
    [3, 1, `add; cbz ${1 / 64}`],
    [1, -1, 'add; bhi trap 1'],
    [2, -1, 'bx lr 1'],
  ]);
  expect(loop.blocks.map((b) => b.weight)).toEqual([1, 64, 64, 1]);
});

it('compares with zero where cbz does not reach', () => {
  const back = code(
    block(0, [alu()], 1, [1], [{ to: 1, count: 1, weight: 1 }]),
    block(
      1,
      [alu(), test()],
      10,
      [9],
      [
        { to: 1, count: 8, weight: 9 },
        { to: 2, count: 1, weight: 1 },
      ],
    ),
    block(2, [make('branch', 'bx lr', [], [], { taken: 1 })], 1, [1], []),
  );
  reorderBlocks(back, share);
  expect(shown(back)[1]).toEqual([1, 2, 'add; cmp #0; b<cc> 0.9']);
});
