import { expect, it } from 'vitest';
import type { Machine, MachineBlock, MachineCode } from '../machine.ts';
import { block as blockOf, machineCode, make } from '../testing/machine-code.ts';
import { buildAllocnos } from './allocnos.ts';
import { assignRegisters, spillCost, tellInner } from './assignment.ts';
import { liveness } from '../liveness.ts';
import { Equivalents } from './equivalents.ts';
import { nameByRegion } from './names.ts';
import { formRegions } from './regions.ts';
import { reloadSpilled } from './reload.ts';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/**
 * Values 0 and up are made, a loop with `busy` values of its own around a sum runs, and all that was made before is read behind it.
 */
function aroundLoop(made: number, busy: number): MachineCode {
  const block = (id: number, code: Machine[], frequency: number, to: [number, number][]): MachineBlock => {
    const successors = to.map(([t, f]) => ({ to: t, weight: f, frequency: f }));
    const loopDepth = id === 1 ? 1 : 0;
    return blockOf(id, code, { weight: frequency, frequency, successors, next: id + 1, loopDepth });
  };
  const own = range(100, 100 + busy);
  return machineCode(
    [
      block(
        0,
        range(0, made).map((v) => make('alu', 'add', [v], [])),
        10,
        [[1, 10]],
      ),
      block(
        1,
        [
          ...own.map((v) => make('alu', 'add', [v], [0])),
          ...own.map((v) => make('alu', 'sum', [1], [1, v])),
          make('branch', 'b<cc>', [], []),
        ],
        1000,
        [
          [1, 990],
          [2, 10],
        ],
      ),
      block(
        2,
        [...range(0, made).map((v) => make('store', 'str', [], [v])), make('branch', 'return', [], [])],
        10,
        [],
      ),
    ],
    {
      loops: [{ header: 1, preheader: 0, blocks: [1], depth: 1, enterFrequency: 10, exitFrequency: 10 }],
      registers: 128,
    },
  );
}

const allocated = (code: MachineCode): string[][] => {
  const tree = formRegions(code);
  const equivalents = new Equivalents(code, liveness(code));
  const allocnos = buildAllocnos(code, tree, equivalents);
  assignRegisters(tree, allocnos, equivalents);
  reloadSpilled(code, nameByRegion(code, tree, allocnos, equivalents), equivalents);
  return code.blocks.map((b) => b.code.map((m) => m.text).filter((t) => t.endsWith('[sp]')));
};

/*
 * Ten values and two of the loop: fourteen registers do. With ten of the loop's own they do not: the values that the loop does not mention are put aside before it and fetched behind it, and
 * nothing in the loop goes to memory. gcc 12.2, kernel matmul with checks, Cortex-A7 (around an inner loop of 1728 runs):
 *   144  str.w sl, [sp]      1728  ldrsh.w r1, [ip, r3] ...      144  ldr.w sl, [sp]
 */
it('puts aside what a loop does not mention', () => {
  expect(allocated(aroundLoop(10, 2))).toEqual([[], [], []]);
  const [before, inside, behind] = allocated(aroundLoop(10, 10));
  expect(inside).toEqual([]);
  expect(before!.length).toBeGreaterThan(0);
  expect(before!.every((t) => t === 'str [sp]')).toBe(true);
  expect(behind).toEqual(before!.map(() => 'ldr [sp]'));
});

/*
 * What a loop does not mention costs two there and back, 40 where each way is taken once: moves into another register are no gain, since it may stay in its own. gcc 12.2, kernel lstmhard with checks,
 * Cortex-A7 (IRA): Pushing a103(r121,l6)(potential spill: pri=0, cost=40)
 */
it('reckons with the whole way to memory and back for what stays in its register', () => {
  const code = aroundLoop(10, 10);
  for (const border of [0, 2]) code.blocks[border]!.frequency = 1;
  code.blocks[0]!.successors[0]!.frequency = 1;
  code.blocks[1]!.successors[1]!.frequency = 1;
  const tree = formRegions(code);
  const equivalents = new Equivalents(code, liveness(code));
  const allocnos = buildAllocnos(code, tree, equivalents);
  const [root, inner] = tree.all;
  for (const a of allocnos.inRegion[root!.index]!) a.register = a.value < 10 ? a.value : 13;
  tellInner(root!, inner!, allocnos, equivalents);
  const a = allocnos.of(inner!, 5)!;
  expect(spillCost(a, allocnos)).toBe(40);
});

/** The same with a value that the loop reads last, everything at gcc's least frequency. */
function readLast(): { code: MachineCode; value: number } {
  const code = aroundLoop(10, 10);
  for (const b of code.blocks) {
    b.frequency = 1;
    for (const s of b.successors) s.frequency = 1;
  }
  const [, inside, behind] = code.blocks;
  inside!.code.unshift(make('alu', 'add', [120], [120, 5]));
  behind!.code = behind!.code.filter((m) => !m.uses.includes(5));
  return { code, value: 5 };
}

/*
 * A value that a loop reads and nothing behind it: gcc takes even that for alive behind it once (ira_loop_edge_freq is never 0). The same dump:
 *   Pushing a140(r334,l8)(cost 50): 10 for its use, 20 for the way to memory and back, and 20 more for the way into it
 */
it('takes every value of a loop to come in and out of it', () => {
  const { code, value } = readLast();
  const tree = formRegions(code);
  const equivalents = new Equivalents(code, liveness(code));
  const allocnos = buildAllocnos(code, tree, equivalents);
  const [root, inner] = tree.all;
  for (const a of allocnos.inRegion[root!.index]!) a.register = 3;
  tellInner(root!, inner!, allocnos, equivalents);
  expect(spillCost(allocnos.of(inner!, value)!, allocnos)).toBe(50);
});

/*
 * The asm behind a load takes what was loaded once more, but not the address that the load steps on. The same dump: r156, made before the loop and stepped by ldrsh.w fp, [r6], #2, costs 30.
 */
it('counts an address that a load steps on twice, not three times', () => {
  const load = make('load', 'ldrh signed post', [1, 2], [2], { address: [2], writeback: 2, barrier: true });
  const code: MachineCode = aroundLoop(1, 1);
  const [first] = code.blocks;
  first!.frequency = 1;
  first!.code = [make('alu', 'add', [2], []), load, make('branch', 'return', [], [1])];
  first!.successors = [];
  code.blocks = [first!];
  code.loops = [];
  const tree = formRegions(code);
  const allocnos = buildAllocnos(code, tree, new Equivalents(code, liveness(code)));
  expect(allocnos.of(tree.root, 2)!.memory).toBe(30);
});

/*
 * gcc 12.2, kernel fir16 without checks, Cortex-A7 (IRA, then ira-emit): Popping a47(r144,l4)  -- spill    Spilling a59r137 for a47r144    1 vs parent 1:  Creating newreg=223 from oldreg=216
 * A value passes a loop short of a register, to memory and back for 100; one that is made and used there would cost as much in memory, but the register that the passing value has around the loop
 * saves two moves, 20.
 */
it('takes the register of what costs less than the way to memory and the moves to another register', () => {
  const around = aroundLoop(13, 1);
  for (const b of around.blocks) {
    b.frequency = 5;
    for (const s of b.successors) s.frequency = 5;
  }
  const [, loop] = around.blocks;
  // One more value of the loop, alive with all others.
  loop!.code.unshift(make('alu', 'add', [110], []));
  loop!.code.push(make('alu', 'sum', [1], [1, 110]));
  const regions = formRegions(around);
  const equivalents = new Equivalents(around, liveness(around));
  const allocnos = buildAllocnos(around, regions, equivalents);
  assignRegisters(regions, allocnos, equivalents);
  const inner = regions.all[1]!;
  const spilled = allocnos.inRegion[inner.index]!.filter((a) => a.register < 0).map((a) => a.value);
  expect(spilled).toEqual([110]);
  expect(allocnos.of(inner, 5)!.classCost).toBe(-20);
  // What stays in its register has another name in the loop.
  const stays = allocnos.of(inner, 5)!.register === allocnos.of(regions.root, 5)!.register;
  expect(stays).toBe(true);
  nameByRegion(around, regions, allocnos, equivalents);
  const moves = around.blocks[0]!.code.filter((m) => m.copy && m.uses[0] === 5);
  expect(moves).toHaveLength(1);
});

it('allocates a function as one where no loop is short of registers', () => {
  expect(formRegions(aroundLoop(10, 2)).all).toHaveLength(1);
  expect(formRegions(aroundLoop(10, 10)).all).toHaveLength(2);
  expect(formRegions(aroundLoop(10, 10)).root.pressure).toBe(20);
});

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel gatedconv with checks (IRA): the zero r529, made before a loop of the second level, stands for that in the outermost one (a358(r529,l0: a41(r529,l4)), r3) and is given
 * a register anew where it is made: Popping a41(r529,l4)  --  Start restoring from a41r529. In the loops within that it has the same one, and is not popped.
 */
it('gives a constant one register in all loops around its uses but those that only hold the loop that makes it', () => {
  const code = aroundLoop(10, 10);
  const [before, inside] = code.blocks;
  const zero = (value: number) => make('move', 'mov #0', [value], [], { remake: true });
  before!.code.push(zero(121));
  inside!.code.unshift(
    zero(120),
    make('alu', 'add', [122], [120, 121]),
    make('alu', 'add', [123], [122, 120]),
  );
  const tree = formRegions(code);
  const equivalents = new Equivalents(code, liveness(code));
  const allocnos = buildAllocnos(code, tree, equivalents);
  const [root, inner] = tree.all;
  for (const a of allocnos.inRegion[root!.index]!) a.register = 3;
  tellInner(root!, inner!, allocnos, equivalents);
  const inLoop = (value: number) => allocnos.of(inner!, value)!;
  expect([inLoop(121).assigned, inLoop(121).register]).toEqual([true, 3]);
  expect(allocnos.of(root!, 120)!.cap).toBe(true);
  expect(inLoop(120).assigned).toBe(false);
});
