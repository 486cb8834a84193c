import { expect, it } from 'vitest';
import { block, make } from '../testing/machine-code.ts';
import { add, bits } from './bits.ts';
import { Excess } from './excess.ts';

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7, kernel conv1d without checks, -fira-verbose=6. The inner loop begins at place 184 and has six instructions and an asm; 22 values are alive in it:
 *   a103(r164): [184..198]
 * r164 is stepped by the second load (192), so it counts 192 - 184 + 1 and 198 - 184 + 1, with three more in front of the loop: 130 / (27 + 1). What only passes has 15 here and 19 around, 180 / (34 + 1):
 *   Pushing a93(r164,l5)(potential spill: pri=4, cost=130)   Pushing a76(r147,l5)(potential spill: pri=5, cost=180)
 */
it('counts what a loop steps from its end twice', () => {
  const [bytes, halves, first, second, sum, end, ...idle] = Array.from(
    { length: 22 },
    (_, i) => i,
  ) as number[];
  const code = [
    make('load', 'ldrb signed !', [first!, bytes!], [bytes!], { barrier: true, writeback: bytes! }),
    make('load', 'ldrh signed post', [second!, halves!], [halves!], { barrier: true, writeback: halves! }),
    make('multiply', 'mla', [sum!], [first!, second!, sum!]),
    make('compare', 'cmp reg', [], [end!, bytes!]),
    make('branch', 'b<cc>'),
  ];
  const out = bits(32);
  for (const v of [bytes!, halves!, sum!, end!, ...idle]) add(out, v);
  const points = new Map<number, number>();
  const excess = new Excess(32, bits(32), true);
  excess.ofBlock(block(0, code), out, (v, n) => points.set(v, (points.get(v) ?? 0) + n));
  expect([halves, idle[0], end].map((v) => points.get(v!))).toEqual([9 + 15, 15, 15]);
});

it('counts nothing where there are registers for all', () => {
  const out = bits(32);
  for (let v = 0; v < 14; v++) add(out, v);
  const found: number[] = [];
  new Excess(32, bits(32), true).ofBlock(block(0, [make('alu', 'add #', [0], [0])]), out, (v) =>
    found.push(v),
  );
  expect(found).toEqual([]);
});
