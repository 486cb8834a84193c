/** A figure with the band that its sources deserve. `low <= value <= high` always holds. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export const exact = (value: number): Estimate => ({ value, low: value, high: value });

export const sum = (terms: readonly Estimate[]): Estimate =>
  terms.reduce((a, b) => ({ value: a.value + b.value, low: a.low + b.low, high: a.high + b.high }), exact(0));

/** Multiplies by a plain non-negative factor. */
export const scale = (a: Estimate, factor: number): Estimate => ({
  value: a.value * factor,
  low: a.low * factor,
  high: a.high * factor,
});

/** Interval product of two non-negative estimates. */
export const times = (a: Estimate, b: Estimate): Estimate => ({
  value: a.value * b.value,
  low: a.low * b.low,
  high: a.high * b.high,
});

/** Interval quotient of two positive estimates: the widest band that the inputs allow. */
export const divide = (a: Estimate, b: Estimate): Estimate => ({
  value: a.value / b.value,
  low: a.low / b.high,
  high: a.high / b.low,
});

/** The larger of two estimates, bound by bound. */
export const larger = (a: Estimate, b: Estimate): Estimate => ({
  value: Math.max(a.value, b.value),
  low: Math.max(a.low, b.low),
  high: Math.max(a.high, b.high),
});
