import { describe, expect, it } from 'vitest';
import type { WorstLatency } from '../worst-case/worst-latency.ts';
import { worstCaseCheck } from './worst-case-check.ts';

const bounded = (value: number, low: number, high: number): WorstLatency => ({
  kind: 'bounded',
  latencyMs: { value, low, high },
  cycles: { value: 1, low: 1, high: 1 },
  wasmOps: 1,
});

describe('a limit on latency in the worst case', () => {
  it.each([
    [bounded(300, 280, 400), 'pass', /^In the worst case too: at most 300 ms/],
    [bounded(700, 600, 900), 'fail', /^In the worst case it is at most 700 ms.* which breaks 500 ms/],
    [bounded(450, 400, 600), 'undecided', /^In the worst case it is at most 450 ms.* lies inside that band/],
  ] as const)('is judged by the whole band (%#)', (worst, verdict, reason) => {
    const check = worstCaseCheck(worst, 500);
    expect(check.verdict).toBe(verdict);
    expect(check.reason).toMatch(reason);
  });

  it('is that of every window where no branch rests on data', () => {
    const check = worstCaseCheck({ ...bounded(300, 280, 400), kind: 'constant' } as WorstLatency, 500);
    expect(check).toMatchObject({
      verdict: 'pass',
      reason: expect.stringContaining('same for every window'),
    });
  });

  it('is open where a loop has no bound, and names the loop', () => {
    const check = worstCaseCheck(
      { kind: 'unbounded', function: 'walk', loop: 2, offset: 9, reason: 'why' },
      500,
    );
    expect(check.verdict).toBe('undecided');
    expect(check.actual).toBeUndefined();
    expect(check.reason).toContain('in walk, loop 2 (byte 9): why');
  });
});
