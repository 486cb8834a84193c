import { expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { addCounts, analyse, instrument, openMeter, subtract } from './index.ts';

const body = (name: string) =>
  assemble([
    {
      export: 'run',
      params: ['i32', 'i32', 'i32'],
      body: [['local.get', 0], ['local.get', 1], ['local.get', 2], [name]],
    },
  ]);

const meterOf = (name: string) => {
  const meter = openMeter(instrument(analyse(body(name))));
  const run = (...args: number[]) =>
    meter.count(({ exports }) => void (exports.run as (...args: number[]) => void)(...args));
  return { meter, run };
};

it.each([
  [[16, 0, 8], { bytes: 8, unaligned: 0, overlapping: 0 }],
  [[17, 0, 8], { bytes: 8, unaligned: 1, overlapping: 0 }],
  [[4, 0, 8], { bytes: 8, unaligned: 0, overlapping: 1 }],
  [[0, 4, 8], { bytes: 8, unaligned: 0, overlapping: 0 }],
  [[8, 8, 8], { bytes: 8, unaligned: 0, overlapping: 0 }],
  [[65536, 3, 0], { bytes: 0, unaligned: 1, overlapping: 0 }],
])('counts a copy of %j', (args, counted) => {
  const { run } = meterOf('memory.copy');
  expect(run(...args).transfers).toMatchObject([{ runs: 1, fills: false, ...counted }]);
});

it('copies and fills as before', () => {
  const fill = meterOf('memory.fill');
  expect(fill.run(5, 7, 3).transfers).toMatchObject([{ runs: 1, fills: true, bytes: 3, unaligned: 1 }]);
  const { memory } = fill.meter.instance.exports as { memory: WebAssembly.Memory };
  expect([...new Uint8Array(memory.buffer, 4, 5)]).toEqual([0, 7, 7, 7, 0]);
  expect(() => fill.run(65535, 0, 2)).toThrow(/ESC507/);
});

it('adds and subtracts', () => {
  const { run } = meterOf('memory.copy');
  const [a, b] = [run(16, 0, 8), run(17, 0, 30)];
  expect(addCounts([a, b]).transfers).toMatchObject([{ runs: 2, bytes: 38, unaligned: 1, overlapping: 1 }]);
  expect(subtract(b, a).transfers).toMatchObject([{ runs: 0, bytes: 22 }]);
});
