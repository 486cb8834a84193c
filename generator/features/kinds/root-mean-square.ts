import { toFixed } from '../integer/scaled.ts';
import { isqrt } from '../../stages/integer.ts';
import type { FeatureDefinition } from '../feature.ts';
import { squares, squareShift } from '../passes/sums.ts';

/**
 * Samples of more than 24 bits are rounded to 24: a share of 2^-24 sqrt(n) of the norm. The root is truncated at 2^-16 of such a sample over sqrt(n).
 */
export const rootMeanSquare: FeatureDefinition<'rootMeanSquare'> = {
  kind: 'rootMeanSquare',
  float: (_, { x }) => Math.sqrt(x.reduce((total, v) => total + v * v, 0) / x.length),
  bound: (_, { steps, unit }, value) =>
    value * (Math.sqrt(steps) * 2 ** -24 + 2 ** -30) + (unit / Math.sqrt(steps)) * 2 ** -16,
  factors: (_, { unit, steps }) => [unit / Math.sqrt(steps)],
  products: 1,
  uses: { statistics: ['squares'], shape: ['rootMeanSquare'] },
  code: (_, factor) => `rootMeanSquare(squares(column, end, stride, record), record, ${factor(0)})`,
  reference: (_, { x, sums }, [factor]) =>
    toFixed(isqrt(squares(x, sums), 16), squareShift(sums) - 16, factor),
};
