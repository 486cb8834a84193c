import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../sim/result.ts';
import { worstCaseSummary, worstCaseText } from './worst-case.ts';

const exact = (value: number) => ({ value, low: value, high: value });
type Verdict = 'pass' | 'fail' | 'undecided';

const result = (
  worstMs: number | 'constant' | 'unbounded' | 'none',
  [verdict, worst]: [Verdict, Verdict] = ['pass', 'pass'],
): SimulationResult =>
  ({
    rateHz: 128,
    latencyMs: exact(100),
    ...(worstMs === 'none'
      ? {}
      : {
          worstCase:
            worstMs === 'unbounded'
              ? { kind: 'unbounded', function: 'f', loop: 0, offset: 1, reason: 'why' }
              : {
                  kind: worstMs === 'constant' ? 'constant' : 'bounded',
                  latencyMs: exact(worstMs === 'constant' ? 100 : worstMs),
                },
        }),
    checks: [{ budget: 'latencyMs', verdict, worstCase: { verdict: worst, reason: '' } }],
  }) as unknown as SimulationResult;

describe('what is said of the worst case', () => {
  it.each([
    [result('constant'), 'the same for every window', 'Worst case: latency is the same for every window.'],
    [
      result(112),
      'worst case 112 ms',
      'Worst case: at most 12 % more, whatever the data are; every verdict on latency holds there too.',
    ],
    [
      result(112, ['pass', 'undecided']),
      'worst case 112 ms',
      'Worst case: at most 12 % more, whatever the data are; the verdict on latency at 128 Hz does not hold there.',
    ],
    [
      result('unbounded', ['pass', 'undecided']),
      'no worst case known',
      'Worst case: not known at 128 Hz; latencies there are those of the recording.',
    ],
    [result('none'), '', ''],
  ])('is in a word and in a sentence (%#)', (given, word, sentence) => {
    expect(worstCaseText(given)).toBe(word);
    expect(worstCaseSummary([given])).toBe(sentence);
  });

  it('counts the dearest of all rows', () => {
    expect(worstCaseSummary([result('constant'), result(100.2)])).toContain('less than 1 % more');
  });
});
