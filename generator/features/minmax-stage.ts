/** prepare(), second half: features -> model input, each from its range to 0 .. 1. See assembly/minmax.ts. */
import { roundShift, saturate16 } from '../stages/integer.ts';
import type { StagePart } from '../stages/part.ts';
import { FEATURES_BLOCK } from './features-stage.ts';
import { factorOf } from './integer/scaled.ts';

/** Bits of the larger end of a range: clipped features have 31 bits at most, and products with m fit 62. */
const RANGE_BITS = 29;

export interface MinmaxOptions {
  low: readonly number[];
  high: readonly number[];
  /** Block that the model reads: i16 [features]. */
  output: string;
  /** Real value of one step of the output. */
  outputScale: number;
}

/** Real value of one step of each feature: as fine as its range allows. */
export const rangeScales = ({ low, high }: Pick<MinmaxOptions, 'low' | 'high'>): number[] =>
  low.map((value, i) => Math.max(Math.abs(value), Math.abs(high[i])) * 2 ** -RANGE_BITS);

export function minmaxStage(options: MinmaxOptions): StagePart {
  const { low, high, output, outputScale } = options;
  const rows = rangeScales(options).map((scale, i) => {
    const from = Math.round(low[i] / scale);
    const span = Math.round(high[i] / scale) - from;
    // A span of 0 cannot be told apart from a single value: everything becomes 0.
    const { m, shift } = factorOf(span > 0 ? 1 / (outputScale * span) : 0);
    return { from, span, m, shift };
  });
  return {
    blocks: [
      {
        name: 'signal_ranges',
        type: 'i32',
        length: rows.length * 4,
        kind: 'constant',
        data: Int32Array.from(rows.flatMap(({ from, span, m, shift }) => [from, span, m, shift])),
        note: `[${rows.length}] times low span m shift`,
      },
    ],
    stage: {
      name: 'signal_minmax',
      title: 'bring features to 0 .. 1',
      blocks: [FEATURES_BLOCK, 'signal_ranges', output],
      uses: { minmax: ['minmax'] },
      body: [`minmax($${FEATURES_BLOCK}, ${rows.length}, $signal_ranges, $${output});`],
      returns: 'void',
      macs: rows.length,
      proofs: [
        {
          where: 'minmax, clipped feature times m',
          worstCase: 2 ** (RANGE_BITS + 1) * 2 ** 31,
          limit: 2 ** 63 - 1,
        },
      ],
      run(memory) {
        const features = memory.i32(FEATURES_BLOCK);
        const target = memory.i16(output);
        rows.forEach(({ from, span, m, shift }, i) => {
          const clipped = Math.max(0, Math.min(span, features[i] - from));
          target[i] = saturate16(roundShift(BigInt(clipped) * BigInt(m), BigInt(shift)));
        });
      },
    },
  };
}
