import { reduce, excess, saturate32, toFixed } from '../integer/scaled.ts';
import type { FeatureDefinition } from '../feature.ts';
import { alternating, spreadError } from '../passes/sums.ts';
import { varianceOf } from './variance.ts';

/**
 * By Parseval, without a transform: bins 1 .. n - 1 hold n sum (x - mean)^2 in all and come in equal pairs k, n - k but for bin n / 2,
 * which is the sum with alternating signs A. So the sum over bins 1 .. n / 2 of |X(k)|^2 / n is (sum (x - mean)^2 + A^2 / n) / 2 for an even n,
 * and without A for an odd one. Both terms go to the format on their own: one more half step.
 */
export const spectralEnergy: FeatureDefinition<'spectralEnergy'> = {
  kind: 'spectralEnergy',
  float(_, { x }) {
    const n = x.length;
    const nyquist = n % 2 ? 0 : x.reduce((total, v, i) => total + (i % 2 ? -v : v), 0) ** 2 / n;
    return (n * varianceOf(x) + nyquist) / 2;
  },
  bound: (_, { steps }, value) => value * (spreadError(steps) + 2 ** -29),
  needsSpread: true,
  factors: (_, { unit, steps }) => [unit ** 2 / (2 * steps ** 2), unit ** 2 / (2 * steps)],
  uses: { shape: ['spectralEnergy'], statistics: ['alternating'] },
  code: (_, factor, { steps }) =>
    `spectralEnergy(record, ${steps % 2 ? 0 : 'alternating(column, end, stride)'}, ${factor(0)}, ${factor(1)})`,
  reference(_, { x, spread }, [energy, nyquist]) {
    const sum = x.length % 2 ? 0n : alternating(x);
    const a = reduce(sum);
    return saturate32(
      BigInt(toFixed(spread.power2, spread.exponent * 2, energy)) +
        BigInt(toFixed(a * a, excess(sum) * 2, nyquist)),
    );
  },
};
