import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import { block, machineCode, make } from '../testing/machine-code.ts';
import { buildAllocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { highRegisters, wantsLow } from './low-registers.ts';
import { formRegions } from './regions.ts';

/*
 * gcc 12.2, kernel movvar without checks, Cortex-A7 (IRA): the data pointer is loaded once in a round and used three times, r230 is what a cbz tests, r130 is loaded from linear memory.
 *   a77(r127,l4) costs: LO_REGS:0,0 HI_REGS:8,8 ... MEM:140,140     a84(r230,l4) costs: LO_REGS:0,0 HI_REGS:8,8 ... MEM:80,80     Popping a91(r130,l4)  -- (7=-4,-4) (12=0,0) (14=0,0)
 */
it('charges high registers for words of the instance and for what is tested for zero', () => {
  const code = [
    make('load', 'ldr base', [1], [0], { address: [0] }),
    make('load', 'ldr', [2], [1, 0], { address: [1, 0], barrier: true }),
    make('alu', 'add', [3], [1, 2]),
    make('store', 'str', [], [1, 2, 3], { address: [1, 2] }),
    make('store', 'str global', [], [2, 0], { address: [0] }),
    make('move', 'movw+movt #70000', [4], [], { words: 2 }),
    make('compare', 'cmp #0 ne', [], [3]),
    make('branch', 'b<cc>', [], [], { readsFlags: true }),
  ];
  expect(code.map((_, i) => wantsLow(code, i, false))).toEqual([1, -1, -1, -1, 2, -1, 3, -1]);
  // From the pool of literals: Cortex-M4.
  expect(wantsLow(code, 5, true)).toBe(4);
  const all = machineCode([block(0, code, { frequency: 4 })], { registers: 5 });
  const tree = formRegions(all);
  const { of } = buildAllocnos(all, tree, new Equivalents(all, liveness(all)));
  for (const [value, high] of [
    [1, 8],
    [2, 8],
    [3, 8],
  ] as const)
    expect(of(tree.root, value)!.costs).toEqual(
      Int32Array.from({ length: 14 }, (_, c) => (highRegisters.includes(c) ? high : 0)),
    );
  expect(of(tree.root, 4)!.costs).toBeNull();
});
