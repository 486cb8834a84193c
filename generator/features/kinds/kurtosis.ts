import { excess, ratio31, reduce, toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { power4, spreadError } from '../passes/sums.ts';
import { meanOf } from './mean.ts';
import { varianceOf } from './variance.ts';

/** n sum of u^4 / (sum of u^2)^2; see assembly/shape.ts. */
export const kurtosis: FeatureDefinition<'kurtosis'> = {
  kind: 'kurtosis',
  float(_, { x }) {
    const variance = varianceOf(x);
    if (variance === 0) return 0;
    const mean = meanOf(x);
    return x.reduce((total, v) => total + (v - mean) ** 4, 0) / x.length / variance ** 2;
  },
  // Squares of 24 bits are off by at most 1.6 where the largest is at least 2^22: the norm of the squares by sqrt(n) 2^-21.
  bound: (_, { steps }, value) =>
    value * (2 * spreadError(steps) + 2.1 * Math.sqrt(steps) * 2 ** -21 + 2 ** -27),
  needsSpread: true,
  factors: () => [1],
  products: 2,
  uses: { statistics: ['power4'], shape: ['kurtosis'] },
  code: (_, factor) =>
    `kurtosis(load<i64>(record, 32), power4(column, end, stride, steps, record), steps, ${factor(0)})`,
  reference(_, { x, spread }, [factor]) {
    if (spread.power2 === 0n) return 0;
    const a = reduce(spread.power2);
    const square = a * a;
    const fourth = power4(spread);
    const q = ratio31(reduce(fourth), reduce(square));
    const exponent = excess(fourth) - excess(square) - 2 * excess(spread.power2) + 48 - 31;
    return toFixed(q * BigInt(x.length), exponent, factor);
  },
};
