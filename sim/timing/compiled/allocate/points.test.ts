import { expect, it } from 'vitest';
import { liveness } from '../liveness.ts';
import { block, machineCode, make } from '../testing/machine-code.ts';
import { buildAllocnos } from './allocnos.ts';
import { Equivalents } from './equivalents.ts';
import { formRegions } from './regions.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel fir16 without checks, -fdump-rtl-ira-details: r137 and r134 end at one multiplication, so the one with the smaller number, r137, is met first, and a value that
 * a loop does not mention pays there for being put aside:  Popping a22(r161,l2)  -- (3=96,96) (1=0,4): assign reg 1, of which r137 has 3 and r134 has 1.
 */
it('meets what ends last first', () => {
  const code = machineCode([
    block(0, [
      make('load', 'ldr', [1]),
      make('load', 'ldr', [2]),
      make('load', 'ldr', [3]),
      make('multiply', 'mla', [4], [1, 2, 3]),
      make('alu', 'add', [5], [4]),
      make('branch', 'return', [], [5]),
    ]),
  ]);
  const tree = formRegions(code);
  const allocnos = buildAllocnos(code, tree, new Equivalents(code, liveness(code)));
  const points = [1, 2, 3, 4, 5].map((v) => allocnos.of(tree.root, v)!.point);
  expect(points[0]).toBe(points[1]);
  expect(points[1]).toBe(points[2]);
  expect(points[4]).toBeLessThan(points[3]!);
  expect(points[3]).toBeLessThan(points[2]!);
});
