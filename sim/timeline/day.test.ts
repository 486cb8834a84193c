import { describe, expect, it } from 'vitest';
import { exact } from '../../common/estimate.ts';
import { loadBoard } from '../../boards/load.ts';
import { simulateDay } from './day.ts';
import { loadSchedule, scheduleIds } from './schedules/index.ts';
import type { TimelineSetup } from './setup.ts';

const about = { kernel: 'k', board: 'we-be-class', runtime: 'r', rateHz: 25, notes: [] };
const setup = (over: Partial<TimelineSetup> = {}): TimelineSetup => ({
  board: loadBoard('we-be-class'),
  pipelineSensors: ['ppg'],
  rateHz: 25,
  windowSeconds: 4,
  hopSeconds: 4,
  cyclesPerSample: exact(6400),
  cyclesPerInference: { value: 10e6, low: 8e6, high: 20e6 },
  inferenceMs: { value: 156.25, low: 125, high: 312.5 },
  schedule: loadSchedule('continuous'),
  durationSeconds: 86_400,
  ...over,
});

describe('a day', () => {
  it.each(scheduleIds())('%s: components, rails and losses add up to the energy out of the battery', (id) => {
    const day = simulateDay(about, setup({ schedule: loadSchedule(id), bytesPerDecision: 20 }));
    const parts = day.components.reduce((sum, { mwh }) => sum + mwh, 0);
    const losses = day.rails.reduce((sum, { lossMwh }) => sum + lossMwh, 0);
    expect(parts + losses).toBeCloseTo(day.energyMwh.value, 9);
    const loads = day.rails.reduce((sum, { loadMwh }) => sum + loadMwh, 0);
    const direct = day.components.reduce((sum, { rail, mwh }) => sum + (rail === null ? mwh : 0), 0);
    expect(loads + direct).toBeCloseTo(parts, 9);
    expect(day.averageMw.value * 24).toBeCloseTo(day.energyMwh.value, 9);
    expect(day.conservation.differenceUj).toBeLessThan(1);
    for (const { secondsByState } of day.components) {
      const states = Object.values(secondsByState);
      if (states.length > 0) expect(states.reduce((a, b) => a + b, 0)).toBeCloseTo(86_400, 6);
    }
  });

  it('orders its bands: the weakest battery and the highest power empty it soonest', () => {
    const { battery, averageMw } = simulateDay(about, setup());
    expect(averageMw.low).toBeLessThan(averageMw.value);
    expect(averageMw.value).toBeLessThan(averageMw.high);
    const { soonest, central, latest } = battery.emptyAtHours;
    expect(soonest).toBeLessThan(central!);
    // 555 mWh at about 37 mW last half a day; at the low end of every band they last longer than a day.
    expect(central).toBeGreaterThan(10);
    expect(latest).toBeNull();
  });

  it('shows the battery each hour, falling', () => {
    const { curve } = simulateDay(about, setup({ durationSeconds: 5.5 * 3600 })).battery;
    expect(curve.map(({ hours }) => hours)).toEqual([0, 1, 2, 3, 4, 5, 5.5]);
    for (let index = 1; index < curve.length; index++) {
      expect(curve[index]!.soc).toBeLessThan(curve[index - 1]!.soc);
      expect(curve[index]!.volts).toBeLessThan(curve[index - 1]!.volts);
    }
  });

  it('counts what the workload asks for: 64 unlocks, sensors off between them', () => {
    const day = simulateDay(about, setup({ schedule: loadSchedule('password-events') }));
    expect(day.counts.decisions).toBe(64);
    const led = day.components.find(({ name }) => name === 'sensor led')!;
    // A window of 4 s and its decision, 64 times.
    expect(led.secondsByState.on).toBeGreaterThan(64 * 4);
    expect(led.secondsByState.on).toBeLessThan(64 * 5.5);
  });
});
