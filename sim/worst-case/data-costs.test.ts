import { expect, it } from 'vitest';
import { assemble, type Op } from '../wasm/assemble.ts';
import { analyse, instrument, openMeter } from '../wasm/index.ts';
import { estimateCycles } from '../timing/index.ts';
import { waysThrough, worstCaseOf } from './worst-case.ts';

const divides: Op[] = [['local.get', 0], ['local.get', 1], ['i64.div_u']];

it.each(['cortex-m4', 'cortex-a7'])('takes every division for the longest one on %s', (core) => {
  const analysis = analyse(
    assemble([{ export: 'run', params: ['i64', 'i64'], results: ['i64'], body: divides }]),
  );
  const meter = openMeter(instrument(analysis));
  const cost = (a: bigint, b: bigint) => {
    const counts = meter.count(({ exports }) => void (exports.run as (a: bigint, b: bigint) => bigint)(a, b));
    const { cycles, wasmOps } = estimateCycles(analysis, counts, core, 'wasm2c');
    const ways = waysThrough({ analysis, entry: 0 });
    return { cycles, worst: worstCaseOf(analysis, ways, { counts, cycles, wasmOps }, core, 'wasm2c') };
  };
  const [short, long] = [cost(3n, 1n << 40n), cost(0xaaaaaaaaaaaaaaaan, 1n)];
  expect(long.cycles.value).toBeGreaterThan(short.cycles.value);
  expect(short.worst.kind).toBe('bounded');
  expect(short.worst.kind !== 'unbounded' && short.worst.cycles.value).toBeGreaterThan(long.cycles.value);
});
