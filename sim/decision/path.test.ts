import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import type { Board } from '../../boards/board.ts';
import { exact } from '../../common/estimate.ts';
import type { StageCost } from '../result.ts';
import { contention } from './contention.ts';
import { governorLossMs } from './governor.ts';
import { computingMs, decisionPath, latencyOf } from './path.ts';
import { sampleWait } from './sample-wait.ts';

const band = loadBoard('we-be-class');
const watch = loadBoard('sony-smartwatch-3');
const fixed = (value: number) => ({ value, unit: '1' as never, kind: 'datasheet' as const, source: 'test' });

const path = (board: Board, over: object = {}) =>
  decisionPath({
    board,
    pipelineSensors: board === band ? ['ppg'] : ['accelerometer'],
    rateHz: 25,
    hopSeconds: 4,
    path: exact(12e6),
    cyclesPerSample: exact(1000),
    cyclesSource: 'test',
    ...over,
  });

describe('the path of a decision', () => {
  it('is named parts that add up to the latency', () => {
    const parts = path(band);
    expect(parts.map(({ name }) => name)).toEqual([
      'sensor FIFO',
      'wake-up and scheduling',
      'taking samples in',
      'kernel',
    ]);
    // 3 uJ at 9.9 mW; 25 of 100 frames of 1000 cycles in the last read, 12 M cycles, all at 64 MHz.
    const [fifo, wake, samples, kernel] = parts.map(({ ms }) => ms);
    expect(fifo).toBe(0);
    expect(wake).toBeCloseTo(3 / 9.9, 9);
    expect(samples).toBeCloseTo(25e3 / 64e3, 9);
    expect(kernel).toBeCloseTo(187.5, 9);
    expect(latencyOf(parts).value).toBeCloseTo(fifo! + wake! + samples! + kernel!, 9);
    expect(computingMs(parts).value).toBeCloseTo(187.5, 9);
    for (const { ms, low, high, source } of parts) {
      expect(low).toBeLessThanOrEqual(ms);
      expect(ms).toBeLessThanOrEqual(high);
      expect(source).not.toBe('');
    }
  });

  it('has a clock ramp where an operating system sets the clock', () => {
    const ramp = path(watch).find(({ name }) => name === 'clock ramp')!;
    expect(ramp.kind).toBe('assumed');
    expect(ramp.low).toBeGreaterThanOrEqual(0);
  });
});

describe('the wait for the last sample', () => {
  it('is none where the watermark divides the hop', () => {
    expect(sampleWait(band, ['ppg'], 25, 4).ms).toEqual(exact(0));
  });

  it('is up to one sample where a timer must read', () => {
    // 512 Hz for 0.25 s are 128 frames, in 4 reads of 32; for 0.3 s they are 153.6.
    expect(sampleWait(band, ['ppg'], 512, 0.25).ms).toEqual(exact(0));
    const { ms, source } = sampleWait(band, ['ppg'], 512, 0.3);
    expect(ms.high).toBeCloseTo(1000 / 512, 9);
    expect(source).toMatch(/no watermark/);
  });

  it('is for the sample that follows where the host interpolates', () => {
    const { ms, source } = sampleWait(band, ['ppg'], 20, 4);
    expect(ms).toMatchObject({ low: 0, high: 1000 / 24.995 });
    expect(source).toMatch(/follows the window's end/);
  });
});

describe('the governor', () => {
  const governed = (startMhz: number, rampMs: number): Board => ({
    ...watch,
    cpu: {
      ...watch.cpu,
      clock: { ...watch.cpu.clock, usedMhz: fixed(1200) as never },
      governor: { startMhz: fixed(startMhz) as never, rampMs: fixed(rampMs) as never },
    },
  });

  it('costs the whole decision its slow clock when it ends before the ramp', () => {
    // 3 M cycles: 10 ms at 300 MHz, 2.5 ms at 1200 MHz.
    expect(governorLossMs(governed(300, 20), exact(3e6))!.value).toBeCloseTo(7.5, 9);
  });

  it('costs no more than the ramp at the slow clock', () => {
    // 20 ms at 300 MHz do what 5 ms do at 1200 MHz.
    expect(governorLossMs(governed(300, 20), exact(60e6))!.value).toBeCloseTo(15, 9);
  });

  it('costs nothing from the full clock, and does not exist without one', () => {
    expect(governorLossMs(governed(1200, 20), exact(60e6))!.value).toBe(0);
    expect(governorLossMs(band, exact(60e6))).toBeUndefined();
  });
});

describe('contention of two branches', () => {
  const branch = (index: number, macs: number): StageCost => ({
    name: `b${index}`,
    title: '',
    cycles: exact(5e6),
    wasmOps: 1,
    macs,
    parallel: { group: 0, branch: index },
  });
  const stages = [branch(0, 640e3), branch(1, 320e3)];

  it('is at worst one line behind each line of weights that comes through the L2', () => {
    // 100 kB of weights: 50 kB a branch, beyond 32 kB of L1, within 512 kB of L2. 10000 lines of 64 bytes, 10 cycles each.
    const { ms } = contention(watch, stages, exact(5e6), 100e3);
    expect(ms.value).toBeCloseTo(1e5 / 1.2e6 / 2, 9);
    expect(ms.low).toBe(0);
    expect(ms.high).toBeGreaterThan(2 * ms.value);
  });

  it('is next to none for weights that stay in the L1', () => {
    expect(contention(watch, stages, exact(5e6), 8e3).ms.high).toBeLessThan(0.01);
  });

  it('is assumed where nothing is known of the caches', () => {
    const bare = { ...watch, memory: { ...watch.memory, caches: undefined } } as Board;
    expect(contention(bare, stages, exact(1.2e6), 100e3)).toMatchObject({
      ms: { value: 0.05, low: 0 },
      source: expect.stringMatching(/not known/) as string,
    });
  });
});
