/** Impulse responses of second-order sections: the bounds that fixed-point formats are derived from. */

/** y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2] */
export interface SectionCoefficients {
  b: readonly [number, number, number];
  a: readonly [number, number];
}

/** Longest response that is followed; a pole at radius r takes about 45 / (1 - r) samples to fall by 10^-19. */
const LONGEST = 2 ** 18;
const DECAY = 45;

/**
 * L1 norm of the impulse response after each section of a cascade: the largest output that an input of at most 1
 * can cause. Undefined when the response does not die away within a quarter of a million samples.
 */
export function cascadeNorms(cascade: readonly SectionCoefficients[]): number[] | undefined {
  if (cascade.some(({ a }) => DECAY / (1 - poleRadius(a)) > LONGEST)) return undefined;
  const norms = cascade.map(() => 0);
  const state = cascade.map(() => new Float64Array(4));
  // What is left in a section's state can still contribute about state / (1 - radius)^2.
  const tails = cascade.map(({ a }) => 1 / (1 - poleRadius(a)) ** 2);
  for (let n = 0; n < LONGEST; n++) {
    let x = n === 0 ? 1 : 0;
    let left = 0;
    for (let k = 0; k < cascade.length; k++) {
      const y = advance(cascade[k], state[k], x);
      norms[k] += Math.abs(y);
      left = Math.max(left, state[k].reduce((sum, v) => sum + Math.abs(v), 0) * tails[k]);
      x = y;
    }
    if (n > 2 && left < 1e-9 * Math.min(...norms.map((v) => v || 1))) return norms.map((v) => v * (1 + 1e-6));
  }
  return undefined;
}

/**
 * Samples that a cascade remembers: after so many without an input of at most 1, what is left of its output is at most `least`.
 * For cascades whose norms exist.
 */
export function memorySamples(cascade: readonly SectionCoefficients[], least: number): number {
  const filter = runner(cascade);
  const followed = Math.min(
    LONGEST,
    Math.ceil(Math.max(...cascade.map(({ a }) => DECAY / (1 - poleRadius(a))))),
  );
  const response = Float64Array.from({ length: followed }, (_, n) => Math.abs(filter(n === 0 ? 1 : 0)));
  let left = 0;
  let samples = followed;
  while (samples > 0 && left + response[samples - 1]! <= least) left += response[--samples]!;
  return samples;
}

/** One sample through one section; state is x1, x2, y1, y2. */
function advance({ b, a }: SectionCoefficients, s: Float64Array, x: number): number {
  const y = b[0] * x + b[1] * s[0] + b[2] * s[1] - a[0] * s[2] - a[1] * s[3];
  s[1] = s[0];
  s[0] = x;
  s[3] = s[2];
  s[2] = y;
  return y;
}

/** Largest magnitude of the roots of z^2 + a1 z + a2. */
export function poleRadius([a1, a2]: readonly [number, number]): number {
  const discriminant = a1 * a1 - 4 * a2;
  return discriminant < 0 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(discriminant)) / 2;
}

/** One sample in, one sample out; the state is inside. */
function runner(cascade: readonly SectionCoefficients[]): (x: number) => number {
  const state = cascade.map(() => new Float64Array(4));
  return (input) => cascade.reduce((x, section, k) => advance(section, state[k], x), input);
}

/** Energy of the difference of two cascades' impulse responses over the energy of the first. */
export function relativeError(
  exact: readonly SectionCoefficients[],
  rounded: readonly SectionCoefficients[],
): number {
  const [f, g] = [runner(exact), runner(rounded)];
  let energy = 0;
  let difference = 0;
  const samples = Math.min(
    LONGEST,
    Math.ceil(Math.max(...exact.map(({ a }) => 20 / (1 - poleRadius(a) + 1e-9))) + 64),
  );
  for (let n = 0; n < samples; n++) {
    const [u, v] = [f(n === 0 ? 1 : 0), g(n === 0 ? 1 : 0)];
    energy += u * u;
    difference += (u - v) * (u - v);
  }
  return difference / energy;
}
