import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import { instruction, type Machine, type MachineCode } from '../machine.ts';
import { buildAllocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { formRegions } from './regions.ts';

const at = { f: 0, block: 0 };
const load = (to: number, address: number): Machine =>
  instruction('load', 'ldr', at, { defs: [to], uses: [address], address: [address] });
const use = (value: number): Machine => instruction('alu', 'add', at, { defs: [9], uses: [value] });

/** What it costs to keep each of the first values in memory, in code that runs once. */
function memoryCosts(code: Machine[], values: number): number[] {
  const all: MachineCode = {
    blocks: [{ id: 0, code, weight: 1, frequency: 1, successors: [], next: -1, loopDepth: 0, origin: at }],
    loops: [],
    registers: 16,
    floats: new Map(),
    entry: 0,
  };
  const tree = formRegions(all);
  const { of } = buildAllocnos(all, tree, new Equivalents(all, liveness(all)));
  return Array.from({ length: values }, (_, v) => of(tree.root, v)!.memory);
}

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel matmul without checks, -fdump-rtl-ira-details, costs of memory by ten, frequency 6 and 1 taken out:
 *   ldr r171, [r163]; strb ..., [r171, r147]; ... r163 is read on: a104(r171) MEM:0, a90(r163) MEM:360 for three such loads, two mentions each
 *   ldr r194, [r142]; r142 ends there: a29(r194) MEM:30 for three mentions
 */
it('reads again what was loaded by an address that lives on, and asks twice for the address', () => {
  expect(memoryCosts([load(1, 0), use(1), use(0)], 2)).toEqual([30, 0]);
  expect(memoryCosts([load(1, 0), use(1), use(1)], 2)).toEqual([10, 30]);
});
