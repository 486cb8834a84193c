import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import { block, machineCode, make } from '../testing/machine-code.ts';
import { assignRegisters } from './assignment.ts';
import { buildAllocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { formRegions } from './regions.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel autocorr without checks, -fdump-rtl-ira-details: r213 is returned, r275 is the address of the depth of calls from the table of offsets, with four uses.
 *   pref0:a0(r213)<-hr0@2     a0(r213,l0) costs: GENERAL_REGS:2,2 ... MEM:30,90     a1(r275,l0) costs: ... MEM:40,40
 *   Popping a151(r160) -- assign reg 3;  a10(r156) -- 2;  a148(r184) -- 1;  a153(r193) -- assign reg 12, not r0
 */
it('leaves r0 to what the function returns', () => {
  const registers = (returned: number[]): number[] => {
    const code = [
      ...[0, 1, 2, 3, 4].map((v) => make('alu', 'add', [v], [])),
      ...[0, 1, 2, 3].flatMap((v) => [v, v].map((u) => make('alu', 'add', [], [u]))),
      make('branch', 'return', [], returned),
    ];
    const all = machineCode([block(0, code, { frequency: 1 })], { registers: 5 });
    const tree = formRegions(all);
    const equivalents = new Equivalents(all, liveness(all));
    const allocnos = buildAllocnos(all, tree, equivalents);
    assignRegisters(tree, allocnos, equivalents);
    return [0, 1, 2, 3, 4].map((v) => allocnos.of(tree.root, v)!.register);
  };
  expect(registers([4])[4]).toBe(0);
  expect(registers([4]).slice(0, 4)).not.toContain(0);
});

it('does not count the load of an address that the table of offsets holds', () => {
  const code = [
    make('load', 'ldr [got]', [1], [0], { address: [0] }),
    ...[1, 2, 3, 4].map(() => make('alu', 'add', [], [1])),
  ];
  const all = machineCode([block(0, code, { frequency: 1 })], { registers: 2 });
  const tree = formRegions(all);
  // Five references without 20; gcc's 40 has one more, for what is read by it and could be read again.
  expect(buildAllocnos(all, tree, new Equivalents(all, liveness(all))).of(tree.root, 1)!.memory).toBe(30);
});
