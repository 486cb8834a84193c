import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import type { Machine } from '../machine.ts';
import { block, machineCode, make } from '../testing/machine-code.ts';
import { buildAllocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { formRegions } from './regions.ts';

const load = (to: number, address: number): Machine =>
  make('load', 'ldr base', [to], [address], { address: [address], cell: 'base' });
const use = (value: number): Machine => make('alu', 'add', [9], [value]);

/** What it costs to keep each of the first values in memory, in code that runs once. */
function memoryCosts(code: Machine[], values: number): number[] {
  const all = machineCode([block(0, code, { frequency: 1 })], { registers: 16 });
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

/*
 * The same of kernel bumerge: the asm behind a load changes no memory, so what the access before it read as its base is read again. The base is named four times at frequency 6:
 *   ldr r145, [r191]; ldr r147, [r145, r156]; asm; ldr r221, [r145, r160]; ... str r147, [r145, r161]: a155(r145,l5) costs ... MEM:120
 * In spikelif with checks the base of two accesses is in two blocks, since a check ends one, and lives in one place.
 */
it('reads again what was loaded before an asm, but not before a check', () => {
  const access = make('load', 'ldr', [2], [1], { address: [1], barrier: true });
  expect(memoryCosts([load(1, 0), access, use(1), use(0)], 2)[1]).toBe(10);
  const check = make('branch', 'bhi trap', [], []);
  expect(memoryCosts([load(1, 0), access, check, use(1), use(0)], 2)[1]).toBe(30);
});
