import { correlate } from '../kinds/correlation.ts';
import { dot, ONE, type DistanceDefinition } from './distance.ts';

/** 1 - a . b / (|a| |b|); 1 where one of them is zero. */
export const cosine: DistanceDefinition = {
  inUnits: false,
  routine: 'cosine',
  float: (a, b) => 1 - floatCosine(Array.from(a), Array.from(b)),
  reference: (a, b, factor) => ONE - correlate(dot(a, a), dot(b, b), dot(a, b), factor),
  // Norms are truncated at 2^-8.
  bound: (a, b) => rootError(a) + rootError(b),
};

/** Relative error of the norm of whole numbers. */
export const rootError = (x: readonly number[]): number => 2 ** -8 / Math.max(1, Math.hypot(...x)) + 2 ** -28;

export function floatCosine(a: readonly number[], b: readonly number[]): number {
  const product = (x: readonly number[], y: readonly number[]) => x.reduce((sum, v, i) => sum + v * y[i], 0);
  const norms = Math.sqrt(product(a, a) * product(b, b));
  return norms === 0 ? 0 : product(a, b) / norms;
}
