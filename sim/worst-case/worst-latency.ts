/** The latency of the worst case: what was computed for the observed run, and the cycles that the dearest ways add. */
import { scale, type Estimate } from '../../common/estimate.ts';
import type { NoBound } from './knowledge.ts';
import type { WorstCase } from './worst-case.ts';

export type WorstLatency =
  | { kind: 'constant' | 'bounded'; latencyMs: Estimate; cycles: Estimate; wasmOps: number }
  | ({ kind: 'unbounded' } & NoBound);

export function worstLatency(
  worst: WorstCase,
  observed: { latencyMs: Estimate; cycles: Estimate },
  clockMhz: number,
): WorstLatency {
  if (worst.kind === 'unbounded') return worst;
  // The band of the observed latency goes with what is added.
  const { value, low, high } = observed.latencyMs;
  const added = Math.max(0, worst.cycles.value - observed.cycles.value) / (1000 * clockMhz);
  const latencyMs =
    value > 0 ? scale({ value: 1, low: low / value, high: high / value }, value + added) : observed.latencyMs;
  return { kind: worst.kind, latencyMs, cycles: worst.cycles, wasmOps: worst.wasmOps };
}

/** Where there is no bound, and why. */
export const unboundedPlace = ({ function: f, loop, offset, reason }: NoBound): string =>
  loop < 0 ? `in ${f}, ${reason}` : `in ${f}, loop ${loop} (byte ${offset}): ${reason}`;

export function worstCaseNote(worst: WorstLatency, observedMs: number): string {
  if (worst.kind === 'unbounded')
    return `No worst case can be given: ${unboundedPlace(worst)}. Latency is that of the recording.`;
  if (worst.kind === 'constant')
    return 'Latency is constant: no branch of the kernel rests on data, so every window executes the same.';
  return `Branches rest on data: whatever they are, the kernel takes at most ${worst.latencyMs.value.toFixed(1)} ms (${observedMs.toFixed(1)} ms on the recording), by the same cycle model.`;
}
