import { describe, expect, it } from 'vitest';
import { exact } from '../../common/estimate.ts';
import { loadBoard } from '../../boards/load.ts';
import { averagePower } from '../power/average-power.ts';
import { batteryLife } from '../power/battery-life.ts';
import { checkBudgets, type BudgetSubject } from './check-budgets.ts';
import { bytes, figure, withBand } from './figures.ts';
import { verdictOf } from './judge.ts';

const memory = (ramBytes: number) => [
  { name: 'linear memory', flashBytes: 1000, ramBytes, kind: 'model' as const, source: 'test' },
];

function subject(id: string, over: Partial<BudgetSubject> = {}): BudgetSubject {
  const board = loadBoard(id);
  const power = averagePower({
    board,
    pipelineSensors: ['ppg'],
    rateHz: 25,
    samplesPerSecond: 25,
    wakeupsPerSecond: 1,
    cyclesPerSample: exact(1000),
    cyclesPerInference: exact(6.4e6),
    inferencesPerSecond: 1,
  });
  return {
    board,
    budgets: { latencyMs: 500, averageMw: 80, batteryHours: 2 },
    pipelineSensors: ['ppg'],
    ppgChannels: 4,
    rateHz: 25,
    latencyMs: { value: 100, low: 90, high: 140 },
    latencyUncertainty: 'the cost table of wasm2c',
    averageMw: power.averageMw,
    parts: power.parts,
    batteryHours: batteryLife(board, power.averageMw).hours,
    utilization: { value: 0.3, low: 0.2, high: 0.5 },
    hopSeconds: 1,
    memory: [
      { name: 'runtime', flashBytes: 60_000, ramBytes: 20_000, kind: 'measured', source: 'test' },
      { name: 'linear memory', flashBytes: 40_000, ramBytes: 65_536, kind: 'model', source: 'test' },
    ],
    ...over,
  };
}
const find = (id: string, budget: string, over: Partial<BudgetSubject> = {}) =>
  checkBudgets(subject(id, over)).find((check) => check.budget === budget)!;

describe('budgets', () => {
  it('are all judged, and pass together', () => {
    const checks = checkBudgets(subject('we-be-class'));
    expect(checks.map((check) => check.budget)).toEqual([
      'latencyMs',
      'throughput',
      'averageMw',
      'batteryHours',
      'flashBytes',
      'ramBytes',
      'sensor',
    ]);
    expect(checks.map((check) => [check.budget, check.verdict])).toEqual(
      checks.map((check) => [check.budget, 'pass']),
    );
    expect(verdictOf(checks)).toBe('pass');
  });

  it('are left out when absent, but memory and sensors are always judged', () => {
    expect(checkBudgets(subject('we-be-class', { budgets: {} })).map((check) => check.budget)).toEqual([
      'throughput',
      'flashBytes',
      'ramBytes',
      'sensor',
    ]);
  });

  it('say figure, limit and what the band owes most to', () => {
    expect(find('we-be-class', 'latencyMs').reason).toBe(
      'Latency of 100 ms (90 to 140) keeps at most 500 ms. The band owes most to the cost table of wasm2c.',
    );
    expect(
      find('we-be-class', 'latencyMs', { latencyMs: { value: 480, low: 400, high: 700 } }),
    ).toMatchObject({
      verdict: 'undecided',
      limit: 500,
      reason:
        'Latency of 480 ms (400 to 700) may or may not keep at most 500 ms: the limit lies inside the band. The band owes most to the cost table of wasm2c.',
    });
    expect(find('we-be-class', 'latencyMs', { latencyMs: exact(900) }).reason).toBe(
      'Latency of 900 ms breaks at most 500 ms.',
    );
    const power = find('we-be-class', 'averageMw', { budgets: { averageMw: 40 } });
    expect(power.verdict).toBe('undecided');
    expect(power.reason).toContain('The band owes most to the power of board fixed part.');
    const life = find('we-be-class', 'batteryHours', { budgets: { batteryHours: 10 } });
    expect(life.verdict).toBe('undecided');
    expect(life.reason).toMatch(
      /The band owes most to (the power of board fixed part|the battery capacity)\.$/,
    );
  });

  it('fail a PPG pipeline on the Sony SmartWatch 3 with a reason, and judge no power without the sensor', () => {
    const checks = checkBudgets(subject('sony-smartwatch-3'));
    const sensor = checks.find((check) => check.budget === 'sensor')!;
    expect(sensor).toMatchObject({
      verdict: 'fail',
      title: 'PPG sensor',
      reason:
        'Sony SmartWatch 3 (SWR50) has no PPG sensor (Android Police review 2014-11-20: no heart rate sensor).',
    });
    for (const budget of ['averageMw', 'batteryHours']) {
      const check = checks.find((entry) => entry.budget === budget)!;
      expect(check.verdict).toBe('undecided');
      expect(check.reason).toContain('cannot be judged');
    }
    expect(verdictOf(checks)).toBe('fail');
  });

  it('fail a rate that the part cannot make', () => {
    expect(find('we-be-class', 'sensor', { rateHz: 1000 })).toMatchObject({
      verdict: 'fail',
      reason: 'MAX86141 reaches 512 Hz at most with these settings, below the 1000 Hz asked for.',
    });
    expect(find('we-be-class', 'sensor', { rateHz: 20 })).toMatchObject({ verdict: 'pass' });
  });

  it('tell memory that fits from memory that does not and from memory that may', () => {
    expect(find('we-be-class', 'ramBytes', { memory: memory(131_072) }).verdict).toBe('pass');
    const open = find('we-be-class', 'ramBytes', { memory: memory(150_000) });
    expect(open.verdict).toBe('undecided');
    expect(open.reason).toBe(
      'RAM on nRF52840: 146 KiB may or may not fit: how much is free is known as 128 KiB to 224 KiB. Largest item: linear memory (146 KiB). The band owes most to the free memory: A quarter kept for the Bluetooth stack, native stacks and the application.',
    );
    const failed = find('we-be-class', 'ramBytes', { memory: memory(300_000) });
    expect(failed.verdict).toBe('fail');
    expect(failed.reason).toContain('293 KiB does not fit into the 224 KiB that can be free at most.');
    expect(failed.limit).toBe(196_608);
  });
});

describe('figures', () => {
  it('keep three digits and no exponents', () => {
    expect([0, 0.00123456, 0.5, 12.345, 99.96, 1234.6].map(figure)).toEqual([
      '0',
      '0.00123',
      '0.5',
      '12.3',
      '100',
      '1235',
    ]);
    expect(withBand({ value: 3, low: 3, high: 3 }, 'ms')).toBe('3 ms');
    expect([10, 2048, 3 * 1048576].map(bytes)).toEqual(['10 bytes', '2 KiB', '3 MiB']);
  });
});
