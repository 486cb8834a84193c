/**
 * prepare() with normalisation: (x - mean) / (std + epsilon) per window and channel. See assembly/zscore.ts.
 *
 * With k the real value of one window step, d = n x - sum and D = sqrt(sum d^2), the result in output steps is
 *
 *     z / outputScale = d * (sqrt(n) / outputScale) / (D + epsilon n sqrt(n) / k)
 *
 * All of d, D and the epsilon term are scaled by one power of two that puts the largest |d| just below 2^24, so
 * D lies in 2^23 .. 2^31. The gain has 60 bits, the quotient therefore at least 28, and d times the quotient at most 62.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { AccumulatorProof } from '../../kernel/evidence.ts';
import { bitLength, divideRound, fits64, isqrt, roundShift, saturate16 } from './integer.ts';
import { names, type StagePart } from './part.ts';
import { channelOf, markPrepared, prepareBody, type PrepareOptions } from './prepare.ts';

/** Squares of 24-bit deviations of this many steps fit 62 bits. */
export const MAX_STEPS = 16384;
const DEVIATION_BITS = 24;
const GAIN_LIMIT = 2 ** 60;
const EPSILON_LIMIT = 2 ** 62;

export interface ZscoreOptions extends PrepareOptions {
  epsilon: number;
  /** Factor on the normalised values, by channel. */
  gainsAfter: readonly number[];
  /** Field of the pipeline file. */
  where: string;
}

interface ChannelConstants {
  gain: bigint;
  shift: number;
  epsilon: bigint;
  guard: number;
}

export function zscoreStage(options: ZscoreOptions): StagePart {
  const { channels, steps, output } = options;
  const constants = options.windowScales.map((_, c) => channelConstants(options, c));
  return {
    blocks: [],
    stage: {
      name: 'signal_zscore',
      title: 'normalise',
      blocks: [names.window, names.windowState, output],
      uses: { window: ['markPrepared'], zscore: ['zscore'] },
      body: prepareBody('zscore', options, (c) => {
        const { gain, shift, epsilon, guard } = constants[c];
        return `${gain}, ${shift}, ${epsilon}, ${guard}`;
      }),
      returns: 'void',
      macs: channels * steps * 3,
      proofs: proofs(options),
      run: (memory) => {
        markPrepared(memory);
        const target = memory.i16(output);
        for (let c = 0; c < channels; c++)
          normalise(channelOf(memory, c, options), constants[c]).forEach((z, i) => {
            target[i * channels + c] = z;
          });
      },
    },
  };
}

/** Throws ESC225 for an epsilon beyond the sensor's range, ESC226 for an output step that no gain can reach. */
function channelConstants(o: ZscoreOptions, c: number): ChannelConstants {
  const spread = o.steps * Math.sqrt(o.steps);
  const epsilon = (o.epsilon * spread) / o.windowScales[c];
  let guard = 32;
  while (guard > DEVIATION_BITS && epsilon * 2 ** guard >= EPSILON_LIMIT) guard--;
  if (epsilon * 2 ** guard >= EPSILON_LIMIT)
    throw pipelineRefusals.epsilonTooLarge(
      o.where,
      o.epsilon,
      (EPSILON_LIMIT / 2 ** guard / spread) * o.windowScales[c],
    );
  const gain = (Math.sqrt(o.steps) * o.gainsAfter[c]) / o.outputScale;
  if (!(gain < 2 ** 31)) throw pipelineRefusals.scaleOutOfRange(o.where, gain);
  let shift = 62;
  while (gain * 2 ** shift >= GAIN_LIMIT) shift--;
  return {
    gain: BigInt(Math.round(gain * 2 ** shift)),
    shift,
    epsilon: BigInt(Math.round(epsilon * 2 ** guard)),
    guard,
  };
}

function proofs({ steps, windowLimit }: ZscoreOptions): AccumulatorProof[] {
  return [
    { where: 'normalise, n x - sum', worstCase: 2 * steps * windowLimit, limit: 2 ** 63 - 1 },
    { where: 'normalise, sum of squares', worstCase: steps * 4 ** DEVIATION_BITS, limit: 2 ** 63 - 1 },
    { where: 'normalise, deviation times multiplier', worstCase: 2 ** 62, limit: 2 ** 63 - 1 },
  ];
}

/** Twin of assembly/zscore.ts for one channel. */
function normalise(x: readonly number[], k: ChannelConstants): number[] {
  const n = BigInt(x.length);
  const values = x.map(BigInt);
  const sum = values.reduce((a, b) => a + b, 0n);
  const exact = values.map((v) => fits64(n * v - sum, 'n x - sum'));
  const peak = exact.reduce((most, d) => ((d < 0n ? -d : d) > most ? (d < 0n ? -d : d) : most), 0n);
  if (peak === 0n) return x.map(() => 0);
  const bits = bitLength(peak);
  const left = Math.max(DEVIATION_BITS - bits, 0);
  const right = Math.max(bits - DEVIATION_BITS, 0);
  const deviations = exact.map((d) => roundShift(d << BigInt(left), BigInt(right)));
  const power = fits64(
    deviations.reduce((a, u) => a + u * u, 0n),
    'sum of squares',
  );
  const divisor = isqrt(power) + (k.epsilon >> BigInt(k.guard + right - left));
  const multiplier = divideRound(k.gain, divisor);
  return deviations.map((u) =>
    saturate16(roundShift(fits64(u * multiplier, 'deviation times multiplier'), BigInt(k.shift))),
  );
}
