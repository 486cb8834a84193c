import { expect, it } from 'vitest';
import { assemble } from '../wasm/assemble.ts';
import { analyse, instrument, measure } from '../wasm/index.ts';
import { estimateCycles } from './estimate.ts';

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
const counts = (n: number) =>
  measure(instrument(analysis), ({ exports }) => (exports.run as (n: number) => void)(n));

it('prices the same blocks once, and others anew', () => {
  const first = estimateCycles(analysis, counts(10), 'cortex-m4', 'wasm2c');
  const again = estimateCycles(analysis, counts(10), 'cortex-m4', 'wasm2c');
  expect(again.blockCycles).toBe(first.blockCycles);
  const longer = estimateCycles(analysis, counts(20), 'cortex-m4', 'wasm2c');
  expect(longer.cycles.value).toBeGreaterThan(first.cycles.value);
  const other = estimateCycles(analysis, counts(10), 'cortex-a7', 'wasm2c');
  expect(other.cycles.value).not.toBe(first.cycles.value);
});

it('gives notes that a caller may add to', () => {
  const first = estimateCycles(analysis, counts(10), 'cortex-m4', 'wasm2c');
  const before = first.notes.length;
  first.notes.push('mine');
  expect(estimateCycles(analysis, counts(10), 'cortex-m4', 'wasm2c').notes).toHaveLength(before);
});
