import { toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { cross, spreadError } from '../passes/sums.ts';
import { checkAxis, crossCode, partnerRecord } from './axis.ts';
import { meanOf } from './mean.ts';
import { varianceOf } from './variance.ts';

/**
 * sum of d e / n^3. Rounded deviations are off by a share of their norm, so the bound goes with the product of both standard
 * deviations, which may be far above the covariance.
 */
export const covariance: FeatureDefinition<'covariance'> = {
  kind: 'covariance',
  check: checkAxis,
  float: ({ axis }, { x, partner }) => covarianceOf(x, partner(axis)),
  bound: ({ axis }, { steps }, value, { x, partner }) =>
    spreadError(steps) * Math.sqrt(varianceOf(x) * varianceOf(partner(axis))) + Math.abs(value) * 2 ** -30,
  needsSpread: true,
  factors: ({ axis }, { unit, partnerUnit, steps }) => [(unit * partnerUnit(axis)) / steps ** 3],
  products: 1,
  uses: { scaled: ['toFixed'], statistics: ['cross'] },
  code: ({ axis }, factor) =>
    `toFixed(${crossCode(axis)}, load<i64>(record, 24) + load<i64>(${partnerRecord(axis)}, 24), ${factor(0)})`,
  reference({ axis }, { spread, partner }, [factor]) {
    const other = partner(axis).spread;
    return toFixed(cross(spread, other), spread.exponent + other.exponent, factor);
  },
};

export function covarianceOf(x: Float64Array, y: Float64Array): number {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  return x.reduce((total, v, i) => total + (v - meanX) * (y[i] - meanY), 0) / x.length;
}
