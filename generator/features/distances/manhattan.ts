import { toFixed } from '../integer/scaled.ts';
import { differences, total, type DistanceDefinition } from './distance.ts';

/** The sum is exact. */
export const manhattan: DistanceDefinition = {
  inUnits: true,
  routine: 'manhattan',
  float: (a, b) => Array.from(a).reduce((sum, x, i) => sum + Math.abs(x - b[i]), 0),
  reference: (a, b, factor) => toFixed(total(differences(a, b)), 0, factor),
  bound: (a, b) => manhattan.float(a, b) * 2 ** -30,
};
