import { expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { analyse, instrument, openMeter } from './index.ts';

const meterOf = (name: string) => {
  const bytes = assemble([
    {
      export: 'run',
      params: ['i64', 'i64'],
      results: ['i64'],
      body: [['local.get', 0], ['local.get', 1], [name]],
    },
  ]);
  const meter = openMeter(instrument(analyse(bytes)));
  return (a: bigint, b: bigint) => {
    let result = 0n;
    const counts = meter.count(
      ({ exports }) => void (result = (exports.run as (a: bigint, b: bigint) => bigint)(a, b)),
    );
    return { result, counted: counts.divisions![0]! };
  };
};

const nothing = {
  runs: 1,
  negativeDividends: 0,
  negativeDivisors: 0,
  wide: 0,
  short: 0,
  zero: 0,
  long: 0,
  low: 0,
  rounds: 0,
  level: 0,
  top: 0,
  ones: 0,
  changes: 0,
};

it.each([
  // 1011 / 1: the first bit, then 0, 1, 1
  ['i64.div_u', 11n, 1n, { low: 1, rounds: 3, top: 1, ones: 2, changes: 1 }],
  // 1000 / 11 = 10: no first bit, then 1, 0
  ['i64.div_u', 8n, 3n, { low: 1, rounds: 2, ones: 1, changes: 1 }],
  ['i64.div_u', 3n, 8n, { zero: 1 }],
  ['i64.div_u', 3n, 1n << 40n, { zero: 1, wide: 1, short: 1 }],
  ['i64.div_u', 7n, 6n, { low: 1, level: 1, top: 1 }],
  ['i64.div_u', 1n << 40n, 1n << 4n, { long: 1, rounds: 36, top: 1 }],
  ['i64.div_s', -8n, 3n, { negativeDividends: 1, low: 1, rounds: 2, ones: 1, changes: 1 }],
  ['i64.rem_s', 8n, -3n, { negativeDivisors: 1, low: 1, rounds: 2, ones: 1, changes: 1 }],
  ['i64.rem_u', -1n, 1n, { long: 1, rounds: 63, top: 1, ones: 63 }],
])('%s of %s and %s', (name, a, b, counted) => {
  const one = meterOf(name)(a, b);
  expect(one.counted).toMatchObject({ ...nothing, ...counted, signed: name.endsWith('_s') });
  const [x, y] = name.endsWith('_u') ? [BigInt.asUintN(64, a), BigInt.asUintN(64, b)] : [a, b];
  expect(one.result).toBe(BigInt.asIntN(64, name.includes('div') ? x / y : x % y));
});

it('traps as before', () => {
  expect(() => meterOf('i64.div_s')(1n, 0n)).toThrow(/ESC507/);
  expect(() => meterOf('i64.div_s')(-(1n << 63n), -1n)).toThrow(/ESC507/);
  expect(meterOf('i64.rem_s')(-(1n << 63n), -1n).result).toBe(0n);
});
