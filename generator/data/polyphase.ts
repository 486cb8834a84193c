/**
 * Rational-rate resampling with a windowed-sinc filter: the method and default filter of scipy.signal.resample_poly
 * (FIR of 20 * max(up, down) + 1 taps, cut-off at the lower of the two Nyquist rates, Kaiser window with beta 5.0,
 * unity gain at DC), because the Pulse models were trained on windows made by it. One difference: beyond its ends the
 * signal is held at its first and last value instead of zero (`padtype='edge'`), so gravity does not ring.
 */

const zeroCrossings = 10;
const kaiserBeta = 5;

/**
 * Resamples evenly spaced samples by `up`/`down` (coprime positive integers). Output k lies at input position
 * k * down / up, up to the last input sample.
 */
export function resamplePolyphase(samples: Float64Array, up: number, down: number): Float64Array {
  if (up === down) return samples.slice();
  const half = zeroCrossings * Math.max(up, down);
  const filter = lowPass(half, 1 / Math.max(up, down), up);
  const last = samples.length - 1;
  const output = new Float64Array(Math.floor((last * up) / down) + 1);
  for (let k = 0; k < output.length; k++) {
    // y[k] = sum over n of x[n] * h[k * down - n * up + half]
    const centre = k * down;
    let sum = 0;
    for (let n = Math.ceil((centre - half) / up); n * up <= centre + half; n++)
      sum += samples[Math.min(last, Math.max(0, n))] * filter[centre - n * up + half];
    output[k] = sum;
  }
  return output;
}

/** Kaiser-windowed sinc of 2 * half + 1 taps; `cutoff` in units of the Nyquist rate, DC gain `gain`. */
function lowPass(half: number, cutoff: number, gain: number): Float64Array {
  const taps = new Float64Array(2 * half + 1);
  let sum = 0;
  for (let m = -half; m <= half; m++) {
    const angle = Math.PI * cutoff * m;
    const window = besselI0(kaiserBeta * Math.sqrt(1 - (m / half) ** 2)) / besselI0(kaiserBeta);
    const tap = (m === 0 ? 1 : Math.sin(angle) / angle) * window;
    taps[m + half] = tap;
    sum += tap;
  }
  return taps.map((tap) => (tap * gain) / sum);
}

/** Modified Bessel function of the first kind, order 0, by its power series (Abramowitz and Stegun 9.6.12). */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
