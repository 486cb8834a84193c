import { isqrt } from '../../stages/integer.ts';
import { excess, ratio31, reduce, toFixed, type Factor } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { cross, spreadError } from '../passes/sums.ts';
import { checkAxis, crossCode, partnerRecord } from './axis.ts';
import { covarianceOf } from './covariance.ts';
import { varianceOf } from './variance.ts';

/** sum of u v / sqrt(sum of u^2 sum of v^2): the exponents cancel; see assembly/shape.ts. */
export const correlation: FeatureDefinition<'correlation'> = {
  kind: 'correlation',
  check: checkAxis,
  float({ axis }, { x, partner }) {
    const y = partner(axis);
    const variances = varianceOf(x) * varianceOf(y);
    return variances === 0 ? 0 : covarianceOf(x, y) / Math.sqrt(variances);
  },
  // Each column's deviations are off by a share of its norm, and the norms themselves.
  bound: (_, { steps }) => 2 * spreadError(steps) + 2 ** -28,
  needsSpread: true,
  factors: () => [1],
  products: 1,
  uses: { statistics: ['cross'], shape: ['correlation'] },
  code: ({ axis }, factor) =>
    `correlation(load<i64>(record, 32), load<i64>(${partnerRecord(axis)}, 32), ${crossCode(axis)}, ${factor(0)})`,
  reference({ axis }, { spread, partner }, [factor]) {
    const other = partner(axis).spread;
    return correlate(spread.power2, other.power2, cross(spread, other), factor);
  },
};

/** Twin of correlation in assembly/shape.ts: sum / sqrt(xx yy), 0 where one of them is. */
export function correlate(xx: bigint, yy: bigint, sum: bigint, factor: Factor): number {
  if (xx === 0n || yy === 0n) return 0;
  const [x, y] = [isqrt(xx, 8), isqrt(yy, 8)];
  const product = reduce(x) * reduce(y);
  const exponent = excess(sum) - 31 + 16 - excess(product) - excess(x) - excess(y);
  return toFixed(ratio31(reduce(sum), reduce(product)), exponent, factor);
}
