import { expect, it } from 'vitest';
import type { Spot } from './spots.ts';
import { orderSpots } from './traces.ts';

/** Spots by name with their counts, of an entry that runs a thousand times, and ways with theirs. */
function graph(
  counts: Record<string, number>,
  ways: readonly (readonly [string, string | null, number])[],
  sizes: Record<string, number> = {},
): { order: string[]; spots: Record<string, Spot> } {
  const spots: Record<string, Spot> = {};
  Object.entries(counts).forEach(([name, count], index) => {
    const size = sizes[name] ?? 20;
    spots[name] = { index, count, weight: count, size, ways: [], preds: [], falls: true, original: null };
  });
  for (const [from, to, count] of ways) {
    const way = { from: spots[from]!, to: to === null ? null : spots[to]!, count, weight: count };
    way.from.ways.push(way);
    way.to?.preds.push(way);
  }
  const names = new Map(Object.entries(spots).map(([name, spot]) => [spot, name]));
  const most = Math.max(...Object.values(counts));
  const limits = { share: (count: number) => Math.round((10_000 * count) / most), isHot: () => true };
  const order = orderSpots(Object.values(spots), Object.values(spots)[0]!, limits);
  return { order: order.map((s) => names.get(s) ?? `${names.get(s.original!)} again`), spots };
}

/*
 * Kernel huffdec, gcc 12.2 -O2 -mcpu=cortex-m4, dump of bbro: a loop that is guessed to run nine times and has nothing but a check and a count; 6 is the trap of all checks.
 *   Rotating loop 5 - 7;  Trace 1: 2 4 7 5;  Trace 2: 6;  Connection: 5 6
 *   b .L4;  .L7: ..;  .L4: ..  sbcs r2, r6, r4;  bcs .L7;  (.L6:) movs r0, #1;  bl wasm_rt_trap
 */
it('turns a loop that is run four times or more until the check is last, and lets the trap follow', () => {
  const { order } = graph({ b2: 1000, b4: 999, b5: 6397, b6: 907, b7: 5757, b8: 360, b3: 1 }, [
    ['b2', 'b4', 999],
    ['b2', 'b3', 1],
    ['b4', 'b5', 999],
    ['b5', 'b7', 5757],
    ['b5', 'b6', 640],
    ['b7', 'b5', 5397],
    ['b7', 'b8', 360],
    ['b8', null, 360],
  ]);
  expect(order).toEqual(['b2', 'b4', 'b7', 'b5', 'b6', 'b8', 'b3']);
});

/* `while (a) b;` that is guessed to run three times: its test stands again where it would jump back (copy_bb, 16 bytes at most). */
it('copies a short test to the end of a loop that is run less often', () => {
  const ways = [
    ['entry', 'test', 1000],
    ['test', 'body', 2000],
    ['test', 'out', 1000],
    ['body', 'test', 2000],
    ['out', null, 1000],
  ] as const;
  const counts = { entry: 1000, test: 3000, body: 2000, out: 1000 };
  const { order, spots } = graph(counts, ways, { test: 4 });
  expect(order).toEqual(['entry', 'test', 'body', 'test again', 'out']);
  // What runs in the copy does not run here any more.
  expect(spots.test).toMatchObject({ count: 1000, weight: 1000 });
  expect(graph(counts, ways, { test: 18 }).order).toEqual(['entry', 'test', 'body', 'out']);
});

it('lays out a, b, c where b runs half as often as the way around it', () => {
  const around = (through: number) =>
    graph({ a: 1000, b: through, c: 1000 }, [
      ['a', 'b', through],
      ['a', 'c', 1000 - through],
      ['b', 'c', through],
      ['c', null, 1000],
    ]).order;
  expect(around(340)).toEqual(['a', 'b', 'c']);
  expect(around(300)).toEqual(['a', 'c', 'b']);
});
