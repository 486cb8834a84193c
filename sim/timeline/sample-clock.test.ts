import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenClock, recordedClock } from './sample-clock.ts';

/** All reads of an even clock, one by one. */
function listed(startNs: number, endNs: number, period: number, warm: boolean): number[] {
  const times: number[] = [];
  for (let read = warm ? 0 : 1; ; read++) {
    const at = startNs + Math.round(read * period * 1e9);
    if (at >= endNs) return times;
    times.push(at);
  }
}

describe('even clock', () => {
  it('counts in closed form what a list of reads counts', () => {
    const ns = fc.integer({ min: 0, max: 3e9 });
    fc.assert(
      fc.property(
        ns,
        ns,
        ns,
        ns,
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.boolean(),
        (s, e, a, b, period, warm) => {
          const clock = evenClock(s, e, period, warm);
          const list = listed(s, e, period, warm);
          expect(clock.reads(a, b)).toBe(list.filter((at) => at >= a && at < b).length);
          expect(clock.nextRead(a)).toBe(list.find((at) => at >= a) ?? Infinity);
        },
      ),
    );
  });

  it('does not drift: the last read of a day at 24.995 Hz is where it belongs', () => {
    const clock = evenClock(0, 86_400e9, 1 / 24.995, false);
    expect(clock.reads(0, 86_400e9)).toBe(Math.ceil(86_400 * 24.995) - 1);
  });
});

describe('recorded clock', () => {
  const clock = recordedClock(1e9, [5, 5.1, 5.5, 5.6, 7], 2);

  it('reads each time that enough samples came in, and what is left at the end', () => {
    expect(clock.reads(0, 1e12)).toBe(3);
    expect([clock.nextRead(0), clock.nextRead(1.2e9), clock.nextRead(2e9), clock.nextRead(4e9)]).toEqual([
      1.1e9,
      1.6e9,
      3e9,
      Infinity,
    ]);
    expect(clock.lastSample(1.1e9)).toBe(1.1e9);
  });
});

describe('recorded clock that repeats', () => {
  it('counts in closed form what a list of reads counts', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 3, maxLength: 12 });
    const ns = fc.integer({ min: 0, max: 20e9 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 4 }), ns, ns, (milliseconds, framesPerRead, a, b) => {
        const times = [0];
        for (const gap of milliseconds) times.push(times.at(-1)! + gap / 1000);
        fc.pre(times.at(-1)! > 0);
        const [startNs, untilNs] = [1e9, 15e9];
        const clock = recordedClock(startNs, times, framesPerRead, untilNs);
        const last = Math.round(times.at(-1)! * 1e9);
        const round = last + Math.round(last / (times.length - 1));
        const reads = times.filter(
          (_, i) => i % framesPerRead === framesPerRead - 1 || i === times.length - 1,
        );
        const list: number[] = [];
        for (let n = 0; n * round < 20e9; n++)
          list.push(...reads.map((at) => startNs + n * round + Math.round(at * 1e9)));
        const inTime = list.filter((at) => at < untilNs);
        expect(clock.reads(a, b)).toBe(b < a ? 0 : inTime.filter((at) => at >= a && at < b).length);
        expect(clock.nextRead(a)).toBe(inTime.find((at) => at >= a) ?? Infinity);
      }),
    );
  });
});
