import { describe, expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse } from '../../wasm/index.ts';
import { ConstantTable } from './wasm3-constants.ts';

function tableOf(values: readonly (number | bigint)[]): { room: boolean[]; cells: number } {
  const body = values.flatMap((v): Op[] => [
    [typeof v === 'bigint' ? 'i64.const' : 'i32.const', v],
    ['drop'],
  ]);
  const { bytes, functions } = analyse(assemble([{ export: 'run', body }]));
  const table = new ConstantTable(bytes, functions[0]!.wasm.body);
  const room = functions[0]!.wasm.body.filter((i) => i.name.endsWith('.const')).map((i) => table.add(i));
  return { room, cells: table.cells };
}

describe('the constants of a function under wasm3', () => {
  it('keeps each value once', () => {
    expect(tableOf([5, 7, 5, 5]).cells).toBe(2);
  });

  it('aligns and keeps two cells of a wide one', () => {
    expect(tableOf([1n]).cells).toBe(2);
    expect(tableOf([5, 1n]).cells).toBe(4);
  });

  it('has room for 120 cells, and none for more', () => {
    const { room, cells } = tableOf(Array.from({ length: 200 }, (_, i) => 1000 + i));
    expect(cells).toBeLessThanOrEqual(120);
    expect(room.filter(Boolean).length).toBe(cells);
    expect(room.at(-1)).toBe(false);
  });
});
