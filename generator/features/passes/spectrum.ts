/** Twin of assembly/spectrum.ts, the float spectrum, and the bound between them. */
import { roundShift } from '../../stages/integer.ts';
import { fft, fftErrorBound } from '../integer/fft.ts';
import { bitsOf } from '../integer/scaled.ts';
import { floatFft } from './float-fft.ts';
import { deviations, type Sums } from './sums.ts';

export interface SpectralLine {
  power: bigint;
  bin: number;
}

export interface Lines {
  /** Largest and second largest; of equal ones the lower bin first. */
  lines: [SpectralLine, SpectralLine];
  /** A line is sqrt(power) 2^exponent / n. */
  exponent: number;
}

/** Bits of a deviation, so that all of them sum to at most 2^29. */
export const deviationBits = (steps: number): number => 29 - Math.ceil(Math.log2(steps));

export function spectralLines(x: readonly number[], sums: Sums, size: number): Lines {
  const d = deviations(x, sums);
  const peak = d.reduce((most, v) => (v > most ? v : -v > most ? -v : most), 0n);
  const exponent = peak === 0n ? 0 : bitsOf(peak) - deviationBits(x.length);
  const values = new Int32Array(2 * size);
  const [left, right] = [BigInt(Math.max(-exponent, 0)), BigInt(Math.max(exponent, 0))];
  d.forEach((v, i) => (values[2 * i] = Number(roundShift(v << left, right))));
  fft(values, size);
  const powers = Array.from({ length: size / 2 }, (_, i) => {
    const [re, im] = [BigInt(values[2 * i + 2]), BigInt(values[2 * i + 3])];
    return { power: re * re + im * im, bin: i + 1 };
  });
  // Sorting is stable.
  const [first, second] = powers.sort((a, b) => (a.power > b.power ? -1 : a.power < b.power ? 1 : 0));
  return { lines: [first, second], exponent };
}

/** Several features ask for the spectrum of one column. */
const known = new WeakMap<Float64Array, Map<number, Float64Array>>();

/** Amplitudes 2 |X(k)| / n of bins 1 .. size / 2, X the transform of deviations with zeros behind them. */
export function amplitudes(x: Float64Array, size: number): Float64Array {
  const bySize = known.get(x) ?? new Map<number, Float64Array>();
  known.set(x, bySize);
  const found = bySize.get(size) ?? computeAmplitudes(x, size);
  bySize.set(size, found);
  return found.slice();
}

function computeAmplitudes(x: Float64Array, size: number): Float64Array {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  x.forEach((v, t) => (re[t] = v - mean));
  floatFft(re, im);
  return Float64Array.from(
    { length: size / 2 },
    (_, i) => (2 * Math.hypot(re[i + 1]!, im[i + 1]!)) / x.length,
  );
}

/**
 * Largest error of an amplitude as a share of the largest deviation from the mean: that deviation is at least 2^(bits - 1) in the transform.
 */
export function amplitudeError(steps: number, size: number): number {
  const largest = 2 ** deviationBits(steps);
  // The root of a power is truncated at 2^-8.
  return (2 * (fftErrorBound(size, steps, largest) + 2 ** -8)) / steps / (largest / 2);
}
