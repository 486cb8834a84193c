import { isqrt } from '../../stages/integer.ts';
import { toFixed } from '../integer/scaled.ts';
import { differences, total, type DistanceDefinition } from './distance.ts';

/** The sum of squares is exact, its root truncated at 2^-8 of a whole number. */
export const euclidean: DistanceDefinition = {
  inUnits: true,
  routine: 'euclidean',
  float: (a, b) => Math.hypot(...Array.from(a, (x, i) => x - b[i])),
  reference: (a, b, factor) => toFixed(isqrt(total(differences(a, b).map((d) => d * d)), 8), -8, factor),
  bound: (a, b) => euclidean.float(a, b) * 2 ** -29 + 2 ** -8,
};
