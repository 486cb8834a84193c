import { expect, it } from 'vitest';
import { allocate } from './allocate.ts';
import { copyArguments } from './argument-copies.ts';
import { block, machineCode, make } from './testing/machine-code.ts';

/** Arguments in r0 and r1 that are read, and one in r2 that is not. */
const withCopies = () => {
  const code = machineCode([
    block(
      0,
      [
        make('load', 'ldr', [2], [0], { address: [0] }),
        make('alu', 'add', [3], [2, 1]),
        make('branch', 'return', [], [3]),
      ],
      { frequency: 1 },
    ),
  ]);
  copyArguments(
    code,
    new Map([
      [0, 0],
      [1, 1],
      [9, 2],
    ]),
  );
  return code;
};

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel fir16 without checks, -fdump-rtl-asmcons:
 *   (insn 168 (set r210 r0))  (insn 2 (set r161 r210))  (insn 169 (set r211 r1))  (insn 3 (set r162 r211))
 */
it('copies each argument twice', () => {
  const all = withCopies();
  const copies = all.blocks[0]!.code.slice(0, 4);
  expect(copies.map((m) => [m.defs[0]! < 64, m.uses.map((u) => all.arrivals.get(u))])).toEqual([
    [false, [0]],
    [true, [undefined]],
    [false, [1]],
    [true, [undefined]],
  ]);
  expect(copies.filter((m) => m.defs[0]! < 64).map((m) => m.defs[0])).toEqual([0, 1]);
  // What nothing reads is not copied.
  expect([...all.arrivals.values()]).toEqual([0, 1]);
});

/* pref1:a17(r210)<-hr0@2  pref2:a16(r211)<-hr1@2: what comes between is where the argument came, so one move is left at most. Popping a6(r161,l0): assign reg 3. */
it('leaves one move of each argument at most', () => {
  const { code: done } = allocate(withCopies());
  const moves = done.blocks[0]!.code.filter((m) => m.kind === 'move');
  expect(moves.length).toBeLessThanOrEqual(2);
  for (const m of moves) expect(m.uses[0]).toBeLessThan(2);
});
