/**
 * Butterworth low-pass and band-pass design as second-order sections, in the steps, pairing and gain placement of scipy's
 * `butter(2, [low, high], 'bandpass', fs=rate, output='sos')` (analog prototype, low-pass to band-pass, bilinear
 * transform, `zpk2sos` with pairing "nearest"), so that a filter equals the one that a model was trained behind.
 */
import { type Complex, add, complex, divide, magnitude, multiply, negate, squareRoot } from './complex.ts';

/** [b0, b1, b2, 1, a1, a2] */
export type Section = number[];

/**
 * Two sections for a band-pass of 2nd-order design. Frequencies in Hz with 0 < low < high < rate / 2; the caller has
 * checked them. The last section holds the poles nearest to the unit circle, the first one the gain.
 */
export function designBandpass(rateHz: number, lowHz: number, highHz: number): Section[] {
  // Pre-warped analog edges for a sampling rate of 2 (scipy normalises by the Nyquist frequency): 4 tan(pi f / fs).
  const [low, high] = [lowHz, highHz].map((f) => 4 * Math.tan((Math.PI * (f / (rateHz / 2))) / 2));
  const bandwidth = high - low;
  const centreSquared = low * high;

  // Butterworth prototype of order 2: poles exp(j (pi -+ pi/4)). Each splits into two band-pass poles; those of one
  // prototype pole are the conjugates of those of the other, so one of the two is enough.
  const half = complex((-Math.SQRT1_2 * bandwidth) / 2, (Math.SQRT1_2 * bandwidth) / 2);
  const root = squareRoot(add(multiply(half, half), complex(-centreSquared, 0)));
  const analog = [add(half, root), add(half, negate(root))];
  const poles = analog.map((p) => divide(add(complex(4, 0), p), add(complex(4, 0), negate(p))));
  // Two analog zeros at 0 become z = 1 (a factor of 4 each), two at infinity become z = -1.
  const denominator = analog.reduce(
    (product, p) => product * magnitude(add(complex(4, 0), negate(p))) ** 2,
    1,
  );
  const gain = (16 * bandwidth * bandwidth) / denominator;

  // The conjugate pair nearest to the unit circle goes last and takes the pair of zeros nearest to it.
  const [worst, other] = poles.sort((a, b) => Math.abs(1 - magnitude(a)) - Math.abs(1 - magnitude(b)));
  const zeroOfWorst = worst.re >= 0 ? 1 : -1;
  return [section(-zeroOfWorst, other, gain), section(zeroOfWorst, worst, 1)];
}

/** One section: scipy's `butter(2, cutoff, 'lowpass', fs=rate, output='sos')`. 0 < cutoff < rate / 2, in Hz; the caller has checked them. */
export function designLowpass(rateHz: number, cutoffHz: number): Section {
  // Pre-warped edge; the prototype's poles are exp(j (pi -+ pi/4)), both zeros become z = -1.
  const k = Math.tan((Math.PI * cutoffHz) / rateHz);
  const a0 = 1 + Math.SQRT2 * k + k * k;
  const b0 = (k * k) / a0;
  return [b0, 2 * b0, b0, 1, (2 * (k * k - 1)) / a0, (1 - Math.SQRT2 * k + k * k) / a0];
}

/** Both zeros at +1 or -1, a conjugate pair of poles. */
function section(zero: number, pole: Complex, gain: number): Section {
  return [gain, -2 * zero * gain, gain, 1, -2 * pole.re, pole.re * pole.re + pole.im * pole.im];
}
