/** What a preprocessing step is: one step, one file in this folder, one line in `registry.ts`. */
import type { Pipeline, PreprocessStep, WindowFeature } from '../pipeline/pipeline.ts';
import type { Section } from './butterworth.ts';

export type StepOf<K extends PreprocessStep['step']> = Extract<PreprocessStep, { step: K }>;

/** What a check may ask of its surroundings. */
export interface StepContext {
  pipeline: Pipeline;
  /** Every sampling rate that the pipeline names, in Hz. */
  ratesHz: readonly number[];
  /** Path to the step's field, e.g. "pulse.json: preprocess[0]". */
  where: string;
  /** Steps before this one. */
  before: readonly PreprocessStep[];
}

/**
 * Steps lowered to what the kernel does: a cascade of biquads on the stream of samples minus the first one, factors, and
 * at most one normalisation of the window with factors behind it. Factors and filters commute, so their order is free.
 */
export interface SignalPath {
  sections: Section[];
  /** All sections are low-pass: the first sample, which every filter subtracts, comes back behind them. */
  keepsLevel?: true;
  /** Factor by channel on what enters the normalisation, or the model where there is none. */
  gains: number[];
  zscore?: { epsilon: number };
  /** Factor by channel on what leaves the normalisation. */
  gainsAfter: number[];
  /** The length of each sensor's vector in place of its channels. */
  magnitude?: true;
  /** Samples of the moving average, in place of a filter. */
  average?: number;
  /** Windows whose standard deviation lies outside are refused; `units` are the gains at this place. */
  quality?: { leastDeviation: number; mostDeviation: number; units: readonly number[] };
  /** The model takes these of every column in place of samples. */
  features?: readonly WindowFeature[];
  /** Range of every feature that becomes 0 .. 1. */
  minmax?: { low: readonly number[]; high: readonly number[] };
}

export interface StepDefinition<K extends PreprocessStep['step'] = PreprocessStep['step']> {
  step: K;
  /** Throws a refusal by the path to the field for a step that would not do what it says. */
  check(step: StepOf<K>, context: StepContext): void;
  /** Adds the step to a path. Checked before. */
  lower(step: StepOf<K>, path: SignalPath, rateHz: number): void;
  /**
   * The step's float meaning on one channel's stream of samples; absent: it works on windows. A result that is shorter
   * lacks samples at its beginning.
   */
  stream?(step: StepOf<K>, samples: Float64Array, rateHz: number): Float64Array;
  /** The step's float meaning on all channels at once, `sensors` being the channels of each sensor. */
  combine?(
    step: StepOf<K>,
    streams: readonly Float64Array[],
    sensors: readonly (readonly number[])[],
  ): Float64Array[];
  /** The step's float meaning on one channel of a window; absent: it works on streams. */
  window?(step: StepOf<K>, samples: Float64Array, channel: number): Float64Array;
}
