import { describe, expect, it } from 'vitest';
import { compareDecisions } from './compare.ts';
import type { HostDecision } from './host.ts';

const timing = { hopSeconds: 4, windowSeconds: 4, filterMemorySeconds: 1 };
const decisions = (...values: [number, number][]): HostDecision[] =>
  values.map(([atS, value]) => ({ atS, windowFromS: atS - 4, value, enrolled: false }));

describe('comparing decisions', () => {
  it('pairs them by time and says what became of each', () => {
    const clean = decisions([4, 1], [8, 2], [12, 3], [16, 4]);
    const faulted = decisions([4, 1], [8.5, 7], [12, -2], [22, 9]);
    const found = compareDecisions(clean, faulted, [], timing);
    expect(found.map(({ atS, outcome }) => [atS, outcome])).toEqual([
      [4, 'same'],
      [8.5, 'changed'],
      [12, 'refused'],
      [16, 'lost'],
      [22, 'extra'],
    ]);
  });

  it('marks a window with the faults that it can have felt', () => {
    const all = decisions([4, 1], [8, 1], [12, 1], [16, 1], [20, 1]);
    const marks = (fault: Parameters<typeof compareDecisions>[2][number], filterMemorySeconds = 1) =>
      compareDecisions(all, all, [fault], { ...timing, filterMemorySeconds }).map(
        ({ marks: found }) => found.length,
      );
    const span = { fromS: 5, toS: 6 };
    // Until one window behind its end, or as long as filters remember.
    const saturation = { kind: 'saturation', ...span, lowCounts: 0, highCounts: 1 } as const;
    expect(marks(saturation)).toEqual([0, 1, 1, 0, 0]);
    expect(marks(saturation, 7)).toEqual([0, 1, 1, 1, 0]);
    expect(marks({ kind: 'dropout', sensor: 'ppg', ...span, shows: 'last' })).toEqual([0, 1, 1, 0, 0]);
    expect(marks({ kind: 'dropout', sensor: 'ppg', ...span, shows: 'nothing' })).toEqual([0, 1, 1, 1, 1]);
    expect(marks({ kind: 'brown-out', atS: 9, downS: 1 })).toEqual([0, 0, 1, 1, 1]);
    expect(marks({ kind: 'jitter', standardDeviationMs: 1 })).toEqual([1, 1, 1, 1, 1]);
    expect(marks({ kind: 'radio-loss', share: 1, retries: 0, bytes: 4 })).toEqual([0, 0, 0, 0, 0]);
  });

  it('marks everything that is decided with a template that a fault touched', () => {
    const windows = decisions([4, 1], [8, 1], [12, 1], [40, 1]);
    windows[0]!.enrolled = true;
    const fault = { kind: 'dropout', sensor: 'ppg', fromS: 1, toS: 2, shows: 'zero' } as const;
    expect(compareDecisions(windows, windows, [fault], timing).map(({ marks }) => marks)).toEqual([
      ['dropout'],
      ['dropout'],
      ['dropout'],
      ['dropout'],
    ]);
  });
});
