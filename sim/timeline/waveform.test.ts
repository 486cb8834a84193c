import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exact } from '../../common/estimate.ts';
import { loadBoard } from '../../boards/load.ts';
import { loadSchedule } from './schedules/index.ts';
import type { TimelineSetup } from './setup.ts';
import { drawWaveform, waveformMicrojoules } from './waveform.ts';

const webe = loadBoard('we-be-class');
const setup = (over: Partial<TimelineSetup> = {}): TimelineSetup => ({
  board: webe,
  pipelineSensors: ['ppg'],
  rateHz: 25,
  windowSeconds: 4,
  hopSeconds: 4,
  cyclesPerSample: exact(6400),
  cyclesPerInference: exact(10e6),
  inferenceMs: exact(156.25),
  schedule: loadSchedule('continuous'),
  durationSeconds: 13,
  ...over,
});

describe('a waveform', () => {
  it('has the energy of the run, whatever board, rate and load', () => {
    fc.assert(
      fc.property(
        fc.record({
          board: fc.constantFrom(webe, loadBoard('moto-360-sport'), loadBoard('moto-360-1st-gen')),
          rateHz: fc.constantFrom(20, 25, 128, 512),
          hopSeconds: fc.constantFrom(1, 4),
          inferenceMs: fc.double({ min: 0.1, max: 900, noNaN: true }).map(exact),
          cyclesPerSample: fc.integer({ min: 0, max: 50_000 }).map(exact),
          bytesPerDecision: fc.integer({ min: 0, max: 200 }),
          // Every read, wake-up and decision that begins also ends within the run.
          schedule: fc.constant({
            ...loadSchedule('continuous'),
            segments: [{ label: 'on', startS: 1, endS: 14.5, decisions: 'every-hop' as const }],
          }),
          durationSeconds: fc.constant(20),
        }),
        (over) => {
          const drawn = drawWaveform(setup(over));
          const { batteryMicrojoules } = drawn.run;
          expect(Math.abs(waveformMicrojoules(drawn) / batteryMicrojoules - 1)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('draws LED pulses of the settings when asked for, with the energy of their mean', () => {
    const mean = drawWaveform(setup());
    const pulsed = drawWaveform(setup(), { ripple: true });
    const led = pulsed.components.findIndex(({ name }) => name === 'sensor led');
    const steps = pulsed.steps.filter(({ component }) => component === led);
    // 62 mA x 5 V = 310 mW through a regulator of 85 %, two exposures of 117.3 us.
    expect(steps[0]!.mw).toBeCloseTo(310 / 0.85, 6);
    expect(steps[1]).toMatchObject({ atNs: 234_600, mw: 0 });
    expect(steps[2]!.atNs).toBe(Math.round(1e9 / 24.995));
    expect(waveformMicrojoules(pulsed) / waveformMicrojoules(mean)).toBeCloseTo(1, 3);
  });

  it('sleeps, reads, infers and sleeps again, at the power of each state', () => {
    const drawn = drawWaveform(setup());
    const cpu = drawn.components.findIndex(({ name }) => name === 'cpu');
    const levels = new Set(
      drawn.steps.filter(({ component }) => component === cpu).map(({ mw }) => mw.toFixed(4)),
    );
    const asleep = 0.00948 / 0.9;
    const awake = (3.3 * 3) / 0.9;
    expect(levels).toContain(asleep.toFixed(4));
    expect(levels).toContain(awake.toFixed(4));
    const decisions = drawn.spans.filter(({ track }) => track === 'decision');
    expect(decisions).toHaveLength(4);
    for (const { startNs, endNs } of decisions) expect((endNs - startNs) * 1e-6).toBeGreaterThan(156.25);
  });

  it('goes dark between the uses of a day', () => {
    const drawn = drawWaveform(
      setup({ schedule: loadSchedule('password-events'), durationSeconds: 7 * 3600 + 30 }),
    );
    const led = drawn.components.findIndex(({ name }) => name === 'sensor led');
    const [before, during, after] = drawn.steps.filter(({ component }) => component === led);
    expect(before!.mw).toBe(0);
    expect(during).toMatchObject({ atNs: 7 * 3600e9 });
    expect(during!.mw).toBeGreaterThan(0);
    expect(after!.mw).toBe(0);
  });

  it('shows what is under way at the end as far as it came', () => {
    const drawn = drawWaveform(setup({ durationSeconds: 4.1 }));
    const inference = drawn.spans.filter(({ track }) => track === 'inference');
    expect(inference.at(-1)!.endNs).toBe(4.1e9);
  });
});
