import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { exact } from '../../common/estimate.ts';
import { throughputCheck, utilizationOf } from './throughput.ts';

const board = loadBoard('we-be-class');
/** 64 MHz: 64 million cycles are a second. A wake-up is 3 uJ [1..10] at 9.9 mW. */
const work = {
  board,
  busyMs: exact(500),
  cyclesPerSample: exact(64e3),
  samplesPerHop: 100,
  readsPerHop: 4,
  hopSeconds: 4,
};

describe('throughput', () => {
  it('is the work of the critical core over the hop: path, samples, wake-ups', () => {
    const { value, low, high } = utilizationOf(work);
    const cycles = (32e6 + 100 * 64e3) / 64e6;
    expect(value).toBeCloseTo((cycles + (4 * 3e-6) / 9.9e-3) / 4, 9);
    expect(low).toBeCloseTo((cycles + (4 * 1e-6) / 9.9e-3) / 4, 9);
    expect(high).toBeCloseTo((cycles + (4 * 10e-6) / 9.9e-3) / 4, 9);
  });

  it('counts a CPU that is woken faster than it can sleep as awake, no more', () => {
    const { high } = utilizationOf({
      ...work,
      busyMs: exact(0),
      cyclesPerSample: exact(0),
      readsPerHop: 1e6,
    });
    expect(high).toBeCloseTo(1, 9);
  });

  it('passes below the whole time, fails above it and is undecided astride', () => {
    expect(throughputCheck({ value: 0.8, low: 0.7, high: 1 }, 4).verdict).toBe('pass');
    expect(throughputCheck({ value: 1.2, low: 1.01, high: 1.4 }, 4).verdict).toBe('fail');
    expect(throughputCheck({ value: 0.9, low: 0.7, high: 1.2 }, 4)).toMatchObject({
      verdict: 'undecided',
      reason:
        'The busiest core works 90 % (70 to 120) of the 4 s between two decisions and may or may not keep up: all of its time lies inside the band. Time one decision on the board to settle it.',
    });
  });

  it('halves when the hop doubles with everything in it but the decision', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), (hopSeconds) => {
        const at = (hop: number) =>
          utilizationOf({ ...work, cyclesPerSample: exact(0), readsPerHop: 1, hopSeconds: hop }).value;
        expect(at(2 * hopSeconds) / at(hopSeconds)).toBeCloseTo(0.5, 9);
      }),
    );
  });
});
