import { expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { edgeCounts } from './edge-counts.ts';
import { analyse, instrument, openMeter } from './index.ts';

it('tells how often a loop goes back and how often it ends', () => {
  const analysis = analyse(
    assemble([
      {
        export: 'run',
        params: ['i32'],
        body: [
          ['loop', 'void'],
          ['local.get', 0],
          ['i32.const', 1],
          ['i32.sub'],
          ['local.tee', 0],
          ['br_if', 0],
          ['end'],
        ],
      },
    ]),
  );
  const counts = openMeter(instrument(analysis)).count((i) => (i.exports.run as (n: number) => void)(10));
  const f = analysis.functions[0]!;
  const edges = edgeCounts(f, counts.blocks[0]!);
  const branch = f.blocks.find((b) => b.exits.length === 2)!;
  expect(branch.exits.map((e, i) => [e.taken, edges[branch.id]![i]])).toEqual(
    expect.arrayContaining([
      [true, 9],
      [false, 1],
    ]),
  );
});
