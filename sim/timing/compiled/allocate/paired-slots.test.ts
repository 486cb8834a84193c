import { expect, it } from 'vitest';
import type { Machine, MachineCode } from '../machine.ts';
import { block, machineCode, make } from '../testing/machine-code.ts';
import { pairSlots, placesOf } from './paired-slots.ts';

const keep = (from: number, slot: number): Machine => make('store', 'str [sp]', [], [from], { slot });
const fetch = (to: number, slot: number): Machine => make('load', 'ldr [sp]', [to], [], { slot });
const other = (uses: number[]): Machine => make('multiply', 'mla', [9], uses);

const straight = (code: Machine[]): MachineCode =>
  machineCode([block(0, code, { frequency: 4 })], { registers: 40 });

/*
 * gcc 12.2, kernel k1u_gemv8_unrolled without checks, Cortex-A7: values of a round are put aside one by one and fetched by twos.
 *   str r3, [sp, #8] ... str r1, [sp, #12] ... str r1, [sp, #16] ... str r1, [sp, #20] ... ldrd r1, r2, [sp, #16]; mla r3, r1, r2, r3
 */
it('fetches two neighbours of the frame at once', () => {
  const code = straight([
    keep(1, 30),
    other([]),
    keep(2, 31),
    other([]),
    keep(3, 32),
    fetch(1, 31),
    fetch(2, 30),
    other([1, 2]),
    fetch(1, 32),
    other([1]),
  ]);
  expect([...placesOf(code)]).toEqual([
    [30, 0],
    [31, 1],
    [32, 2],
  ]);
  pairSlots(code);
  const accesses = code.blocks[0]!.code.filter((m) => m.slot >= 0);
  expect(accesses.map((m) => [m.text, m.words])).toEqual([
    ['str [sp]', 1],
    ['str [sp]', 1],
    ['str [sp]', 1],
    ['ldrd [sp]', 2],
    ['ldr [sp]', 1],
  ]);
  expect(accesses[3]!.defs).toEqual([1, 2]);
});

it('shares a place among values that are never there together, and pairs no more than two', () => {
  const code = straight([
    keep(1, 30),
    fetch(2, 30),
    keep(1, 31),
    keep(2, 32),
    keep(3, 33),
    fetch(1, 31),
    fetch(2, 32),
    fetch(3, 33),
  ]);
  const places = placesOf(code);
  expect([30, 31, 32, 33].map((v) => places.get(v))).toEqual([0, 0, 1, 2]);
  pairSlots(code);
  expect(code.blocks[0]!.code.map((m) => m.text)).toEqual([
    'str [sp]',
    'ldr [sp]',
    'strd [sp]',
    'str [sp]',
    'ldrd [sp]',
    'ldr [sp]',
  ]);
});
