/**
 * Expected: gcc 12.2 -O2 of `while (a & b)`, a and b comparisons (the runs of rle):
 *   Cortex-M4   cmp #254; bgt; cmp #239; bhi
 *   Cortex-A7   cmp #254; ite; movgt; movle; cmp #239; it; movhi; cbz
 */
import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import { assemble } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { buildFor } from './build.ts';
import { compileModule } from './compile.ts';

/** run(x, y): do { store x; x--; y >>= 1 } while (x > 254 & y > 239), with the operator that is given. */
function branches(core: keyof typeof cores, operator: 'i32.and' | 'i32.or'): string[] {
  const analysis = analyse(
    assemble([
      {
        export: 'run',
        params: ['i32', 'i32'],
        results: [],
        body: [
          ['loop', 'void'],
          ['local.get', 0],
          ['local.get', 0],
          ['i32.store8', 0],
          ['local.get', 0],
          ['i32.const', 1],
          ['i32.sub'],
          ['local.tee', 0],
          ['i32.const', 254],
          ['i32.gt_s'],
          ['local.get', 1],
          ['i32.const', 1],
          ['i32.shr_u'],
          ['local.tee', 1],
          ['i32.const', 239],
          ['i32.gt_u'],
          [operator],
          ['br_if', 0],
          ['end'],
        ],
      },
    ]),
  );
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (x: number, y: number) => void)(300, 1001);
  });
  const [f] = compileModule(analysis, counts, buildFor(cores[core], false));
  return f!.allocation.code.blocks.flatMap((b) =>
    b.code.filter((m) => /^(b<cc>|cbz|it|mov<cc>)/.test(m.text) && b.loopDepth > 0).map((m) => m.text),
  );
}

it.each(['i32.and', 'i32.or'] as const)(
  'branches twice on %s of two comparisons for the Cortex-M4',
  (operator) => {
    expect(branches('cortex-m4', operator)).toEqual(['b<cc>', 'b<cc>']);
  },
);

it('makes one value of both for the Cortex-A7, whose branches cost more', () => {
  const code = branches('cortex-a7', 'i32.and');
  expect(code.filter((text) => /^(b<cc>|cbz)/.test(text))).toHaveLength(1);
  expect(code.some((text) => text.startsWith('mov<cc>'))).toBe(true);
});
