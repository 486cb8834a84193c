import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exact } from '../../common/estimate.ts';
import { loadBoard } from '../../boards/load.ts';
import { averagePower } from '../power/average-power.ts';
import { wakeupsPerSecond } from '../sensors/wakeups.ts';
import { runTimeline } from './run-timeline.ts';
import type { Schedule } from './schedule.ts';
import { listSchedules, loadSchedule } from './schedules/index.ts';
import type { Span, TimelineSetup } from './setup.ts';

const day = 86_400;
const schedules = listSchedules();
const [continuous, passwordEvents, typingSessions] = ['continuous', 'password-events', 'typing-sessions'].map(
  loadSchedule,
) as [Schedule, Schedule, Schedule];
const moto = loadBoard('moto-360-1st-gen');
const { hubSamples: _, ...bareAfe } = moto.sensors.ppg!;
const withoutHub = { ...moto, sensors: { ppg: bareAfe } };
const webe = loadBoard('we-be-class');
/** 10 Mcycles on one 64 MHz core. */
const setup = (over: Partial<TimelineSetup> = {}): TimelineSetup => ({
  board: webe,
  pipelineSensors: ['ppg'],
  rateHz: 25,
  windowSeconds: 4,
  hopSeconds: 4,
  cyclesPerSample: exact(6400),
  cyclesPerInference: { value: 10e6, low: 8e6, high: 20e6 },
  inferenceMs: { value: 156.25, low: 125, high: 312.5 },
  schedule: continuous,
  durationSeconds: day,
  ...over,
});

const twoSegments = (startS: number, endS: number): Schedule => ({
  id: 'mine',
  title: 'mine',
  source: 'test',
  segments: [
    { label: 'a', startS: 0, endS: 100, decisions: 'one' },
    { label: 'b', startS, endS, decisions: 'one' },
  ],
});

const averageMwOver = (durationSeconds: number) =>
  runTimeline(setup({ durationSeconds, bytesPerDecision: 8 })).averageMw;

describe('a day on the wrist', () => {
  it('counts what happens in 24 h at 512 Hz', () => {
    const run = runTimeline(setup({ rateHz: 512, hopSeconds: 1 }));
    expect(run.counts.decisions).toBe(day);
    // 512 samples in FIFOs of 32: 16 reads a second.
    expect(run.counts.reads).toBe(16 * day);
  });

  it('counts 44 million reads in 24 h at 512 Hz without a FIFO', () => {
    const run = runTimeline(setup({ board: withoutHub, rateHz: 512 }));
    expect(run.counts.reads).toBe(512 * day);
    expect(run.counts.decisions).toBe(day / 4);
  });

  it.each(['we-be-class', 'moto-360-1st-gen', 'samsung-gear-live'])(
    'agrees with the closed form of average power on %s',
    (id) => {
      const board = loadBoard(id);
      for (const rateHz of [25, 128, 512]) {
        for (const end of ['value', 'low', 'high'] as const) {
          const given = setup({ board, rateHz, inferenceMs: exact(100), bytesPerDecision: 20 });
          const closed = averagePower({
            ...given,
            samplesPerSecond: rateHz,
            wakeupsPerSecond: wakeupsPerSecond(board, ['ppg'], rateHz, 4),
            inferencesPerSecond: 1 / 4,
            radio: { bytesPerMessage: 20, messagesPerSecond: 1 / 4 },
          });
          const run = runTimeline(given, end);
          // Rounding of a read to nanoseconds; the closed form's sleep term takes utilization from cycles, not time.
          expect(Math.abs(run.averageMw / closed.averageMw[end] - 1)).toBeLessThan(1e-4);
          if (end === 'value') expect(Math.abs(run.sensorMw / closed.sensorMw - 1)).toBeLessThan(1e-9);
        }
      }
    },
  );

  it('does not depend on the length of the run', () => {
    const hour = averageMwOver(3600);
    for (const hours of [2, 7, 24, 72])
      expect(Math.abs(averageMwOver(hours * 3600) / hour - 1)).toBeLessThan(1e-9);
  });
});

describe('conservation', () => {
  const anyDay = fc.record({
    board: fc.constantFrom(webe, withoutHub, loadBoard('moto-360-sport')),
    schedule: fc.constantFrom(...schedules),
    rateHz: fc.constantFrom(20, 25, 128, 512),
    hopSeconds: fc.constantFrom(0.5, 1, 4, 5.3),
    inferenceMs: fc.double({ min: 0, max: 6000, noNaN: true }).map(exact),
    cyclesPerSample: fc.integer({ min: 0, max: 100_000 }).map(exact),
    bytesPerDecision: fc.integer({ min: 0, max: 500 }),
    durationSeconds: fc.double({ min: 1, max: 2 * day, noNaN: true }),
  });

  it('balances rails, losses and battery to the microjoule', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.constantFrom('value' as const, 'low' as const, 'high' as const),
        (given, end) => {
          const run = runTimeline(setup(given), end);
          const loads = run.rails.reduce((sum, rail) => sum + rail.loadMicrojoules + rail.lossMicrojoules, 0);
          const direct = run.components.reduce(
            (sum, part) => sum + (part.rail === null ? part.microjoules : 0),
            0,
          );
          expect(Math.abs(loads + direct - run.batteryMicrojoules)).toBeLessThan(1);
          expect(Math.abs(run.batteryMicrojoules - run.streamedMicrojoules)).toBeLessThan(1);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('accounts for every nanosecond of every component', () => {
    fc.assert(
      fc.property(anyDay, (given) => {
        const run = runTimeline(setup(given));
        for (const { name, secondsByState } of run.components) {
          if (name === 'radio') continue;
          const total = Object.values(secondsByState).reduce((sum, seconds) => sum + seconds, 0);
          expect(Math.abs(total - Math.round(given.durationSeconds * 1e9) * 1e-9)).toBeLessThan(1e-8);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('spends the time of each decision exactly once, however often reads interrupt it', () => {
    const run = runTimeline(setup({ rateHz: 512, durationSeconds: 400 }));
    const cpu = run.components.find((component) => component.name === 'cpu')!;
    expect(cpu.secondsByState.inference).toBeCloseTo(100 * 0.15625, 6);
    expect(cpu.secondsByState.read).toBeCloseTo((400 * 512 * 6400) / 64e6, 6);
    expect(cpu.countByPulse.wake).toBe(run.counts.reads);
  });

  it('gives the same result each time', () => {
    expect(runTimeline(setup({ schedule: typingSessions }))).toEqual(
      runTimeline(setup({ schedule: typingSessions })),
    );
  });
});

/** 3 uJ at 9.9 mW, in whole nanoseconds. */
const wakeMs = 0.30303;

describe('decisions', () => {
  it('come after the read and the reads that interrupt', () => {
    // One read of 100 samples in four parts of 25 x 100 us; the next read comes 1 s later, after the inference.
    const calm = runTimeline(setup({ durationSeconds: 40 }));
    expect(calm.latencyMs!.mean).toBeCloseTo(wakeMs + 2.5 + 156.25, 6);
    // 16 reads a second of 3.2 ms each: two fall into 156.25 ms, and into the time that they add.
    const busy = runTimeline(setup({ rateHz: 512, durationSeconds: 40 }));
    expect(busy.latencyMs!.max).toBeCloseTo(wakeMs + 3.2 + 156.25 + 2 * 3.2, 6);
  });

  it('are skipped when the CPU is still at the one before', () => {
    const run = runTimeline(setup({ hopSeconds: 1, inferenceMs: exact(2500), durationSeconds: 30 }));
    expect(run.counts.decisions + run.counts.skipped).toBeGreaterThanOrEqual(29);
    expect(run.counts.skipped).toBeGreaterThanOrEqual(2 * run.counts.decisions - 2);
    expect(run.latencyMs!.max).toBeGreaterThan(2500);
  });

  it('never come when reading takes all the time there is', () => {
    const run = runTimeline(setup({ cyclesPerSample: exact(64e6), durationSeconds: 60 }));
    expect(run.counts.decisions).toBe(0);
    expect(run.latencyMs).toBeNull();
    expect(run.components.find((component) => component.name === 'cpu')!.secondsByState.sleep).toBeCloseTo(
      // It wakes once.
      wakeMs * 1e-3,
      6,
    );
  });

  it('come once an unlock, with the sensors off again after it', () => {
    const run = runTimeline(setup({ schedule: passwordEvents }));
    expect(run.counts.decisions).toBe(64);
    const led = run.components.find((component) => component.name === 'sensor led')!;
    expect(led.secondsByState.on).toBeCloseTo(64 * (4 + wakeMs * 1e-3 + 0.0025 + 0.15625), 3);
    expect(run.averageMw).toBeLessThan(runTimeline(setup()).averageMw);
  });

  it('enrol first where the schedule says so', () => {
    const run = runTimeline(setup({ schedule: typingSessions }));
    expect(run.counts.enrolments).toBe(10);
    // 3 h 15 min in six sessions of windows of 4 s; the window that ends with its session is not read.
    expect(run.counts.decisions + run.counts.enrolments).toBe((195 * 60) / 4 - 6);
  });

  it('send what they are told to', () => {
    const run = runTimeline(setup({ bytesPerDecision: 20, durationSeconds: 400 }));
    expect(run.counts.messages).toBe(100);
    // 12.8 uJ in a packet of 20 bytes and 5 uJ around it: see sim/power/radio.test.ts.
    expect(run.components.find((component) => component.name === 'radio')!.microjoules).toBeCloseTo(1782, 0);
  });
});

describe('the battery', () => {
  it('empties after the hours that energy and power give', () => {
    const run = runTimeline(setup({ durationSeconds: 2 * day }));
    const hours = (150 * 3.7 * 0.9) / run.averageMw;
    // The curve gives its energy unevenly: the reserve lies at low voltage.
    expect(run.battery.emptyAtSeconds! / 3600).toBeGreaterThan(hours * 0.98);
    expect(run.battery.emptyAtSeconds! / 3600).toBeLessThan(hours * 1.05);
    expect(runTimeline(setup({ durationSeconds: 3600 })).battery.emptyAtSeconds).toBeNull();
  });

  it('falls in charge and voltage as time goes on', () => {
    const after = [1, 2, 4, 8].map((hours) => runTimeline(setup({ durationSeconds: hours * 3600 })).battery);
    for (let index = 1; index < after.length; index++) {
      expect(after[index]!.soc).toBeLessThan(after[index - 1]!.soc);
      expect(after[index]!.volts).toBeLessThan(after[index - 1]!.volts);
    }
  });
});

describe('recordings', () => {
  const once: Schedule = {
    id: 'once',
    title: 'one recording',
    source: 'test',
    segments: [{ label: 'recorded', startS: 10, endS: 100, decisions: 'every-hop' }],
  };

  it('drive the sensors with their own, uneven timestamps', () => {
    // 25 Hz with a hole of 6 s after 8 s.
    const recording = Array.from({ length: 800 }, (_, index) => 1000 + index * 0.04 + (index >= 200 ? 6 : 0));
    const run = runTimeline(setup({ schedule: once, recording, durationSeconds: 120 }));
    // 25 samples a read, so that one falls on each decision: 32 reads of the 800.
    expect(run.counts.reads).toBe(32);
    expect(run.counts.decisions).toBeGreaterThan(6);
  });

  it('take the place of the even clock when they are even', () => {
    const recording = Array.from({ length: 2250 }, (_, index) => index * 0.04);
    const run = runTimeline(setup({ schedule: once, recording, durationSeconds: 120 }));
    const even = runTimeline(setup({ schedule: once, durationSeconds: 120 }));
    expect(Math.abs(run.averageMw / even.averageMw - 1)).toBeLessThan(1e-3);
  });

  it('ESC412 refuses timestamps that go back', () => {
    expect(() => runTimeline(setup({ schedule: once, recording: [0, 1, 0.9] }))).toThrow(
      "ESC412 The recording's timestamps go back at sample 2.",
    );
  });
});

describe('spans', () => {
  it('tell what happened, in detail, without changing the figures', () => {
    const spans: Span[] = [];
    const given = setup({ durationSeconds: 12, bytesPerDecision: 4 });
    const run = runTimeline({ ...given, observe: (span) => spans.push(span) });
    expect(run).toEqual(runTimeline(given));
    const of = (track: Span['track']) => spans.filter((span) => span.track === track);
    expect(of('read')).toHaveLength(run.counts.reads);
    expect(of('inference').map((span) => span.startNs)).toEqual([2803030, 4002803030, 8002803030]);
    expect(of('radio')).toHaveLength(3);
    for (const { startNs, endNs } of spans) expect(endNs).toBeGreaterThanOrEqual(startNs);
  });
});

describe('refusals', () => {
  it('ESC410 needs every sensor of the pipeline', () => {
    expect(() => runTimeline(setup({ board: loadBoard('sony-smartwatch-3') }))).toThrow(
      'ESC410 A timeline needs all sensors of the pipeline: Sony SmartWatch 3 (SWR50) has no PPG sensor',
    );
  });

  it('ESC411 needs a schedule that makes sense', () => {
    expect(() => runTimeline(setup({ schedule: twoSegments(50, 200) }))).toThrow(
      'ESC411 Schedule mine: segment "b" starts before the one before it ends. Give segments in seconds',
    );
    expect(() => runTimeline(setup({ schedule: twoSegments(200, 150) }))).toThrow(
      'does not end after it starts',
    );
    expect(() => runTimeline(setup({ schedule: twoSegments(200, 90_000) }))).toThrow('ends after midnight');
  });

  it('ESC406 and ESC408 need times that are numbers', () => {
    expect(() => runTimeline(setup({ rateHz: 0 }))).toThrow('ESC406');
    expect(() => runTimeline(setup({ hopSeconds: Number.NaN }))).toThrow('ESC408');
    expect(() => runTimeline(setup({ durationSeconds: 0 }))).toThrow('ESC408');
  });
});
