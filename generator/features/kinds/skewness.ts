import { isqrt } from '../../stages/integer.ts';
import { excess, ratio31, reduce, toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { power3, spreadError } from '../passes/sums.ts';
import { meanOf } from './mean.ts';
import { varianceOf } from './variance.ts';

/** sqrt(n) sum of u^3 / (sum of u^2)^1.5; see assembly/shape.ts. */
export const skewness: FeatureDefinition<'skewness'> = {
  kind: 'skewness',
  float(_, { x }) {
    const variance = varianceOf(x);
    if (variance === 0) return 0;
    const mean = meanOf(x);
    return x.reduce((total, v) => total + (v - mean) ** 3, 0) / x.length / variance ** 1.5;
  },
  /*
   * Squares of 24 bits are off by at most 1.6, so the sum of cubes by 1.6 sum |u| + 0.5 sum u^2 / 2^24, in units of 2^24. With
   * sum |u| <= sqrt(n P) and P = sum u^2 >= 2^46, the first is n 2^-21 of the result, the second sqrt(n) 2^-24.
   */
  bound: (_, { steps }, value) =>
    steps * 2 ** -21 + Math.sqrt(steps) * 2 ** -24 + Math.abs(value) * (1.5 * spreadError(steps) + 2 ** -27),
  needsSpread: true,
  factors: (_, { steps }) => [Math.sqrt(steps)],
  products: 2,
  uses: { statistics: ['power3'], shape: ['skewness'] },
  code: (_, factor) =>
    `skewness(load<i64>(record, 32), power3(column, end, stride, steps, record), ${factor(0)})`,
  reference(_, { spread }, [factor]) {
    const { power2 } = spread;
    if (power2 === 0n) return 0;
    const root = isqrt(power2, 8);
    const product = reduce(power2) * reduce(root);
    const third = power3(spread);
    const exponent = excess(third) + 24 - 31 + 8 - excess(product) - excess(power2) - excess(root);
    return toFixed(ratio31(reduce(third), reduce(product)), exponent, factor);
  },
};
