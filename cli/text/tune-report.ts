/** What `escapement tune --json` prints. */
import type { Estimate } from '../../common/estimate.ts';
import type { Widths } from '../../generator/quantize/widths.ts';
import type { OperatingRates } from '../../generator/verify/trials.ts';

/** On the half of the test windows that widths are chosen on, and on the other half. */
export interface TuneRates {
  choosing: OperatingRates;
  reporting: OperatingRates;
}

export interface TunePoint extends TuneRates {
  constantBytes: number;
  linearMemoryBytes: number;
  /** Linear memory and what the runtime takes beside it. */
  ramBytes: number;
  flashBytes: number;
  cycles: Estimate;
  latencyMs: Estimate;
}

export interface TuneReport {
  model: string;
  board: string;
  runtime: string;
  minimise: 'ram' | 'cycles';
  maxDriftPoints: number;
  float: TuneRates;
  points: (TunePoint & { label: string; widths: Widths; acceptable: boolean })[];
  /** Label of the point that was chosen. */
  chosen: string;
  widths: Widths;
  /** Where they were written. */
  file: string;
}

/** Whether FAR and FRR at the fixed threshold, and the EER, moved by at most `points` of 100. */
export const withinDrift = (now: OperatingRates, float: OperatingRates, points: number): boolean =>
  (['far', 'frr', 'eer'] as const).every((rate) => Math.abs(now[rate] - float[rate]) * 100 <= points + 1e-9);
