import { expect, it } from 'vitest';
import { numberRegisters } from './number-registers.ts';
import { block, machineCode, make } from './testing/machine-code.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel fir16 without checks, -fdump-rtl-ira: the sum that an inner loop makes is r144, the counter of the loop around it r146, pointers of ivopts r152 and r153, what is returned
 * r160, the instance r161, a constant that a loop keeps r207. Statements of the sum stand before those of the counter, though the counter's join stands first.
 */
it('numbers variables by the statement that sets them, and others behind', () => {
  const [counter, sum, pointer, result, constant] = [10, 11, 12, 13, 14];
  const code = machineCode(
    [
      block(0, [
        make('move', 'mov #31', [constant], [], { remake: true }),
        make('move', 'mov #0', [counter]),
        make('move', 'mov #0', [sum]),
      ]),
      block(1, [
        make('alu', 'add', [pointer], [pointer]),
        make('alu', 'add', [result], [sum, constant]),
        make('alu', 'add', [sum], [sum, pointer]),
        make('alu', 'add', [counter], [counter]),
        make('branch', 'return', [], [result]),
      ]),
    ],
    { stepped: new Set([pointer]), named: new Set([counter, sum, pointer, result]) },
  );
  numberRegisters(code, false);
  const set = code.blocks[1]!.code.slice(0, 4).map((m) => m.defs[0]!);
  const [p, r, s, c] = set as [number, number, number, number];
  expect([s, c, p, r, code.blocks[0]!.code[0]!.defs[0]!]).toEqual(
    [s, c, p, r, code.blocks[0]!.code[0]!.defs[0]!].toSorted((x, y) => x - y),
  );
  expect(code.stepped.has(p)).toBe(true);
});

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel gruelem with checks, -fdump-rtl-ira: the sum is r153, base and size of the memory r162 and r163, loads of one block r174, r171 and r166 in their order, what is returned r177.
 */
it('numbers what is loaded behind the variables where memory is checked, the last load of a block first', () => {
  const code = machineCode(
    [
      block(0, [
        make('load', 'ldr base', [10]),
        make('load', 'ldrh', [11], [10], { barrier: true }),
        make('load', 'ldrh', [12], [10], { barrier: true }),
        make('alu', 'add', [13], [11, 12]),
        make('branch', 'return', [], [14]),
      ]),
    ],
    { named: new Set([10, 11, 12, 13, 14]) },
  );
  numberRegisters(code, true);
  const [base, first, second, sum] = code.blocks[0]!.code.map((m) => m.defs[0]!);
  const all = [sum, base, second, first, code.blocks[0]!.code[4]!.uses[0]!];
  expect(all).toEqual(all.toSorted((x, y) => x! - y!));
});
