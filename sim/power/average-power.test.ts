import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { averagePower } from './average-power.ts';
import type { Workload } from './workload.ts';

const exact = (value: number) => ({ value, low: value, high: value });
const workload = (over: Partial<Workload> = {}): Workload => ({
  board: loadBoard('we-be-class'),
  pipelineSensors: ['ppg'],
  rateHz: 25,
  samplesPerSecond: 25,
  wakeupsPerSecond: 1,
  cyclesPerSample: exact(2000),
  cyclesPerInference: { value: 6.4e6, low: 6e6, high: 8e6 },
  inferencesPerSecond: 1,
  ...over,
});
const part = (name: string, over: Partial<Workload> = {}) =>
  averagePower(workload(over)).parts.find((entry) => entry.name === name);

describe('average power', () => {
  it('shows each term of the power law as a part', () => {
    expect(
      averagePower(workload({ radio: { bytesPerMessage: 100, messagesPerSecond: 1 } })).parts.map(
        (entry) => entry.name,
      ),
    ).toEqual([
      'sensor front end',
      'sensor led',
      'board fixed part',
      'cpu inference',
      'cpu sampling',
      'cpu wake-ups',
      'cpu sleep',
      'radio',
      'regulators, sensor side',
      'regulators, cpu and radio',
    ]);
  });

  it('spends cycles x energy a cycle: 6.4 million cycles a second at 64 MHz are a tenth of 9.9 mW', () => {
    expect(part('cpu inference')!.mw).toBeCloseTo(0.99, 9);
    expect(part('cpu sampling')!.mw).toBeCloseTo((9.9 * 25 * 2000) / 64e6, 9);
    expect(part('cpu wake-ups')!.mw).toBeCloseTo(3e-3, 9);
    const { inferenceUj, sampleUj, utilization } = averagePower(workload());
    expect(inferenceUj.value).toBeCloseTo(990, 6);
    expect(sampleUj.value).toBeCloseTo((9900 * 2000) / 64e6, 9);
    expect(utilization.value).toBeCloseTo(0.1 + 50_000 / 64e6, 9);
  });

  it('sleeps the rest of the time', () => {
    expect(part('cpu sleep')!.mw).toBeCloseTo(0.00948 * (0.9 - 50_000 / 64e6), 12);
    expect(part('cpu sleep', { cyclesPerInference: exact(1e9) })!.mw).toBe(0);
  });

  it('sends messages by packets: 20 bytes a second are 12.8 uJ and the event around them', () => {
    const radio = { bytesPerMessage: 20, messagesPerSecond: 1 };
    expect(part('radio', { radio })!.mw).toBeCloseTo((12.8 + 5) * 1e-3, 4);
    expect(part('radio')).toBeUndefined();
  });

  it('counts the fixed part of the We-Be class board as sensor supply, and the baseline of a watch not', () => {
    const webe = averagePower(workload());
    expect(webe.sensorMw).toBeGreaterThan(36);
    const watch = averagePower(workload({ board: loadBoard('samsung-gear-live') }));
    const baseline = watch.parts.find((entry) => entry.name === 'baseline')!;
    expect(baseline).toMatchObject({ sensor: false, kind: 'assumed', mw: 30, low: 10, high: 60 });
    expect(watch.sensorMw).toBeLessThan(watch.averageMw.value - 30);
    expect(watch.notes.some((note) => note.includes('idle power of this watch is not known'))).toBe(true);
  });

  it('says that a board is assumed', () => {
    expect(averagePower(workload()).notes.some((note) => note.startsWith('This is an assumed board.'))).toBe(
      true,
    );
  });

  it('gives no sensor power where the board has no such sensor, and says so', () => {
    const power = averagePower(workload({ board: loadBoard('sony-smartwatch-3') }));
    expect(power.missing.map((entry) => entry.sensor)).toEqual(['ppg']);
    expect(power.sensorMw).toBe(0);
    expect(power.notes[0]).toBe(
      'Sony SmartWatch 3 (SWR50) has no PPG sensor (Android Police review 2014-11-20: no heart rate sensor). The power figures leave it out and are no cost of this pipeline.',
    );
  });

  it('warns when the CPU cannot keep up', () => {
    expect(averagePower(workload({ cyclesPerInference: exact(128e6) })).notes).toContainEqual(
      expect.stringMatching(/^The CPU is overloaded: 200 % of one core is asked for and there are 1;/),
    );
    expect(averagePower(workload()).notes.some((note) => note.includes('overloaded'))).toBe(false);
  });

  it('says that sending is left out where the radio is not known', () => {
    const power = averagePower(
      workload({ board: loadBoard('moto-360-sport'), radio: { bytesPerMessage: 10, messagesPerSecond: 1 } }),
    );
    expect(power.notes.some((note) => note.startsWith('The radio of this board is not known'))).toBe(true);
  });

  it('ESC406 and ESC408 refuse rates and amounts that are not numbers', () => {
    expect(() => averagePower(workload({ rateHz: 0 }))).toThrow(
      'ESC406 A sampling rate of 0 Hz is not possible.',
    );
    expect(() => averagePower(workload({ inferencesPerSecond: -1 }))).toThrow(
      "ESC408 The workload's inferencesPerSecond is -1. Give a number that is zero or more.",
    );
    expect(() => averagePower(workload({ cyclesPerInference: exact(Number.NaN) }))).toThrow('ESC408');
  });
});

describe('laws of average power', () => {
  const boards = ['we-be-class', 'moto-360-1st-gen', 'moto-360-sport', 'samsung-gear-live'].map(loadBoard);
  const anyWorkload = fc
    .record({
      board: fc.constantFrom(...boards),
      rateHz: fc.double({ min: 1, max: 512, noNaN: true }),
      samplesPerSecond: fc.double({ min: 0, max: 512, noNaN: true }),
      wakeupsPerSecond: fc.double({ min: 0, max: 100, noNaN: true }),
      inferencesPerSecond: fc.double({ min: 0, max: 10, noNaN: true }),
      radio: fc.record({
        bytesPerMessage: fc.integer({ min: 0, max: 1000 }),
        messagesPerSecond: fc.double({ min: 0, max: 10, noNaN: true }),
      }),
      cycles: fc.tuple(
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        fc.double({ min: 0, max: 1e7, noNaN: true }),
      ),
    })
    .map(({ cycles: [low, more, evenMore], ...rest }) =>
      workload({ ...rest, cyclesPerInference: { low, value: low + more, high: low + more + evenMore } }),
    );

  it('parts add up to the average, sensor parts to the sensor figure, end by end', () => {
    fc.assert(
      fc.property(anyWorkload, (given) => {
        const power = averagePower(given);
        const total = (pick: (entry: (typeof power.parts)[number]) => number) =>
          power.parts.reduce((sum, entry) => sum + pick(entry), 0);
        expect(total((entry) => entry.mw)).toBeCloseTo(power.averageMw.value, 9);
        expect(total((entry) => entry.low)).toBeCloseTo(power.averageMw.low, 9);
        expect(total((entry) => entry.high)).toBeCloseTo(power.averageMw.high, 9);
        expect(total((entry) => (entry.sensor ? entry.mw : 0))).toBeCloseTo(power.sensorMw, 9);
        for (const entry of power.parts) {
          expect(entry.low).toBeLessThanOrEqual(entry.mw + 1e-12);
          expect(entry.mw).toBeLessThanOrEqual(entry.high + 1e-12);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not fall when the rate rises', () => {
    fc.assert(
      fc.property(anyWorkload, fc.double({ min: 1, max: 512, noNaN: true }), (given, other) => {
        const [low, high] = [Math.min(given.rateHz, other), Math.max(given.rateHz, other)];
        const at = (rateHz: number) =>
          averagePower({ ...given, rateHz, samplesPerSecond: rateHz }).averageMw.value;
        return at(low) <= at(high) + 1e-9;
      }),
      { numRuns: 60 },
    );
  });
});
