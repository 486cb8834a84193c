import { pipelineRefusals } from '../../../common/refusals/index.ts';
import { isqrt } from '../../stages/integer.ts';
import { twiddles } from '../integer/fft.ts';
import { toFixed } from '../integer/scaled.ts';
import type { FloatColumn } from '../column.ts';
import type { FeatureCheck, FeatureDefinition, Preparation } from '../feature.ts';
import { amplitudeError, amplitudes, deviationBits, spectralLines } from '../passes/spectrum.ts';
import { meanOf } from './mean.ts';

interface Line {
  rank: 1 | 2;
  size: number;
}

/** Largest transform: its values take 32 KiB. */
const MAX_SIZE = 4096;

/** Amplitude 2 |X(k)| / n of the largest or second largest line; off by `amplitudeError` of the largest deviation. */
export const spectralPeak: FeatureDefinition<'spectralPeak'> = {
  kind: 'spectralPeak',
  check: checkSpectrum,
  float: ({ rank, size }, { x }) => amplitudes(x, size).sort().at(-rank)!,
  bound: ({ size }, { steps }, value, { x }) =>
    amplitudeError(steps, size) * largestDeviation(x) + value * 2 ** -29,
  prepare: prepareSpectrum,
  factors: (_, { unit, steps }) => [(2 * unit) / steps ** 2],
  uses: { scaled: ['toFixed'], isqrt: ['isqrt'] },
  code: ({ rank }, factor) =>
    `toFixed(isqrt(load<i64>($signal_spectrum, ${(rank - 1) * 16}), 8), load<i64>($signal_spectrum, 32) - 8, ${factor(0)})`,
  reference({ rank, size }, { x, sums }, [factor]) {
    const { lines, exponent } = spectralLines(x, sums, size);
    return toFixed(isqrt(lines[rank - 1].power, 8), exponent - 8, factor);
  },
};

export const largestDeviation = (x: Float64Array): number => {
  const mean = meanOf(x);
  return x.reduce((most, v) => Math.max(most, Math.abs(v - mean)), 0);
};

export function checkSpectrum({ rank, size }: Line, { where, steps }: FeatureCheck): void {
  if (rank !== 1 && rank !== 2) throw pipelineRefusals.badCount(`${where}.rank`, rank, 'the line', 1, 2);
  const least = Math.max(...steps);
  if (!(Number.isInteger(Math.log2(size)) && size >= 8 && size >= least && size <= MAX_SIZE))
    throw pipelineRefusals.badTransform(`${where}.size`, size, least, MAX_SIZE);
}

export function prepareSpectrum({ size }: Line): Preparation {
  const table = `signal_twiddles_${size}`;
  return {
    resource: 'spectrum',
    key: String(size),
    products: 2 * size * Math.log2(size),
    line: ({ steps }) =>
      `spectrum(column, end, stride, oldest, steps, record, ${deviationBits(steps)}, $signal_fft, ${size}, $${table}, $signal_spectrum);`,
    uses: { spectrum: ['spectrum'] },
    blocks: [
      { name: 'signal_fft', type: 'i32', length: 2 * size, kind: 'buffer', note: 'real and imaginary parts' },
      {
        name: 'signal_spectrum',
        type: 'i64',
        length: 5,
        kind: 'buffer',
        note: 'power, bin, power, bin, exponent',
      },
      {
        name: table,
        type: 'i32',
        length: size,
        kind: 'constant',
        data: twiddles(size),
        note: `cos and -sin of 2 pi k / ${size}, Q30`,
      },
    ],
  };
}

/** Bin of a line, from 1; of equal ones the lowest first. */
export function binOf({ rank, size }: Line, { x }: FloatColumn): number {
  const found = amplitudes(x, size);
  const order = [...found.keys()].sort((a, b) => found[b] - found[a]);
  return order[rank - 1] + 1;
}
