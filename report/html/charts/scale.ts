/** Scales from data to SVG units, and their ticks. */
export interface Scale {
  (value: number): number;
  domain: readonly [number, number];
}

type Range = readonly [number, number];

/** Coordinates with one decimal: fine enough for a screen, and the same text everywhere. */
export const at = (coordinate: number): string => String(Math.round(coordinate * 10) / 10 + 0);

export function linear(domain: Range, range: Range): Scale {
  const span = domain[1] - domain[0] || 1;
  const scale = (value: number): number => range[0] + ((value - domain[0]) / span) * (range[1] - range[0]);
  return Object.assign(scale, { domain });
}

/** Logarithmic scale; values below the domain, zero among them, are drawn at its foot. */
export function logarithmic(domain: Range, range: Range): Scale {
  const span = Math.log(domain[1] / domain[0]) || 1;
  const scale = (value: number): number =>
    range[0] + (Math.log(Math.max(value, domain[0]) / domain[0]) / span) * (range[1] - range[0]);
  return Object.assign(scale, { domain });
}

/** Domain of a logarithmic scale that holds all positive values with a little room at both ends. */
export function logDomain(values: readonly number[], room = 1.35): Range {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return [1, 10];
  return [Math.min(...positive) / room, Math.max(...positive) * room];
}

/** Powers of ten inside a domain; with few of them, also 2 and 5 times each. */
export function logTicks([low, high]: Range): number[] {
  const ticks = (steps: readonly number[]): number[] => {
    const found: number[] = [];
    for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent += 1)
      for (const step of steps) {
        const tick = Number(`${step}e${exponent}`);
        if (tick >= low && tick <= high) found.push(tick);
      }
    return found;
  };
  const decades = ticks([1]);
  return decades.length >= 3 ? decades : ticks([1, 2, 5]);
}

/** About `count` round steps from zero to a maximum: 1, 2, 2.5 or 5 times a power of ten. */
export function linearTicks(maximum: number, count = 4): number[] {
  if (!(maximum > 0)) return [0];
  const rough = maximum / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough)! * power;
  const ticks: number[] = [];
  for (let index = 0; index * step <= maximum * 1.0001; index += 1)
    ticks.push(Number((index * step).toPrecision(6)));
  return ticks;
}

/** Moves labels apart so that none is nearer than `gap` to the next, staying inside the limits as far as they fit. */
export function spread(positions: readonly number[], gap: number, [low, high]: Range): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!);
  const moved = [...positions];
  let least = low;
  for (const index of order) {
    moved[index] = Math.max(moved[index]!, least);
    least = moved[index]! + gap;
  }
  let most = high;
  for (const index of order.toReversed()) {
    moved[index] = Math.min(moved[index]!, most);
    most = moved[index]! - gap;
  }
  return moved;
}
