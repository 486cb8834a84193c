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

it('tells which way a table took by what comes to its targets otherwise', () => {
  const analysis = analyse(
    assemble([
      {
        export: 'run',
        params: ['i32'],
        results: ['i32'],
        locals: ['i32'],
        body: [
          ['block', 'void'],
          ['block', 'void'],
          ['block', 'void'],
          ['local.get', 0],
          ['br_table', 0, 2, 1],
          ['end'],
          ['i32.const', 3],
          ['local.set', 1],
          ['br', 1],
          ['end'],
          ['i32.const', 4],
          ['local.set', 1],
          ['end'],
          ['local.get', 1],
        ],
      },
    ]),
  );
  const f = analysis.functions[0]!;
  const table = f.blocks.find((b) => b.exits.length === 3)!;
  const taken = (calls: number[]) => {
    const counts = openMeter(instrument(analysis)).count((i) => {
      for (const x of calls) (i.exports.run as (n: number) => void)(x);
    });
    return edgeCounts(f, counts.blocks[0]!)[table.id];
  };
  // The second way goes where the others go on to.
  expect(taken([0, 0, 1, 2, 2, 2, 2])).toEqual([2, 1, 4]);
  expect(taken([0, 7])).toEqual([1, 0, 1]);
});
