import type { PreprocessStep } from '../pipeline/pipeline.ts';

/** Steps that become biquads. */
export const isFilter = ({ step }: PreprocessStep): boolean =>
  step === 'bandpass' || step === 'biquad' || step === 'lowpass';
