import { correlate } from '../kinds/correlation.ts';
import { floatCosine, rootError } from './cosine.ts';
import { dot, ONE, type DistanceDefinition } from './distance.ts';

/** The cosine distance of what is left when each vector's mean is taken off; 1 where nothing is left of one. */
export const correlation: DistanceDefinition = {
  inUnits: false,
  routine: 'correlationDistance',
  float: (a, b) => 1 - floatCosine(centred(a), centred(b)),
  reference(a, b, factor) {
    const n = BigInt(a.length);
    const [sumA, sumB] = [a, b].map((x) => BigInt(x.reduce((sum, v) => sum + v, 0)));
    const part = (x: readonly number[], y: readonly number[], sums: bigint) => n * dot(x, y) - sums;
    return ONE - correlate(part(a, a, sumA * sumA), part(b, b, sumB * sumB), part(a, b, sumA * sumB), factor);
  },
  // What is left of a vector is rooted n-fold.
  bound: (a, b) => rootError(enlarged(a)) + rootError(enlarged(b)),
};

const enlarged = (x: readonly number[]): number[] => centred(x).map((v) => v * Math.sqrt(x.length));

function centred(x: ArrayLike<number>): number[] {
  const values = Array.from(x);
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.map((v) => v - mean);
}
