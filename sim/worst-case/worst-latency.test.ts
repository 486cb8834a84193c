import { describe, expect, it } from 'vitest';
import { worstCaseNote, worstLatency } from './worst-latency.ts';

const observed = {
  latencyMs: { value: 100, low: 90, high: 120 },
  cycles: { value: 6_000_000, low: 5_400_000, high: 7_200_000 },
};

describe('latency of the worst case', () => {
  it('adds the cycles of the dearest ways at the clock, and keeps the band', () => {
    const worst = { kind: 'bounded' as const, cycles: { value: 6_640_000, low: 1, high: 1 }, wasmOps: 9 };
    const { latencyMs } = worstLatency(worst, observed, 64) as {
      latencyMs: { value: number; low: number; high: number };
    };
    expect(latencyMs.value).toBeCloseTo(110, 9);
    expect(latencyMs.low).toBeCloseTo(99, 9);
    expect(latencyMs.high).toBeCloseTo(132, 9);
  });

  it('says what it is in a sentence', () => {
    const constant = worstLatency({ kind: 'constant', cycles: observed.cycles, wasmOps: 1 }, observed, 64);
    expect(worstCaseNote(constant, 100)).toContain('Latency is constant');
    const none = worstLatency(
      { kind: 'unbounded', function: 'forest', loop: 2, offset: 7, reason: 'why' },
      observed,
      64,
    );
    expect(worstCaseNote(none, 100)).toContain('in forest, loop 2 (byte 7): why');
  });
});
