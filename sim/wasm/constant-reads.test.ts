import { expect, it } from 'vitest';
import { assemble, type Op } from './assemble.ts';
import { addCounts, analyse, instrument, openMeter } from './index.ts';

const body: Op[] = [['local.get', 0], ['i32.load8_u', 4], ['local.get', 0], ['i32.load8_u', 0], ['i32.add']];
const analysis = {
  ...analyse(assemble([{ export: 'f', params: ['i32'], results: ['i32'], body }])),
  placed: {
    kinds: [
      new Map([
        [1, 'any'],
        [3, 'ram'],
      ] as const),
    ],
    ram: { first: 100, end: 65536 },
    flash: { first: 16, end: 100 },
  },
};

it('counts which loads that were not proved read constants, and leaves them as they are', () => {
  const meter = openMeter(instrument(analysis));
  const { f } = meter.instance.exports as { f: (x: number) => number };
  const memory = new Uint8Array((meter.instance.exports.memory as WebAssembly.Memory).buffer);
  memory.fill(7, 100, 200);
  const results: number[] = [];
  const counts = [95, 96, 100].map((x) => meter.count(() => results.push(f(x))));
  expect(results).toEqual([0, 7, 14]);
  expect(counts.map(({ reads }) => reads?.map(({ at, runs, constants }) => [at, runs, constants]))).toEqual([
    [[1, 1, 1]],
    [[1, 1, 0]],
    [[1, 1, 0]],
  ]);
  expect(addCounts(counts).reads).toMatchObject([{ runs: 3, constants: 1 }]);
});
