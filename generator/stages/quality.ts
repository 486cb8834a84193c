/**
 * Refuses windows whose signal is no pulse, or no motion that a sensor can show: where the standard deviation of any channel, in the channel's unit and behind the filters, lies outside the limits. The
 * window goes on to the model all the same, so that time does not depend on it; decide() and enrol() answer -8.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { status } from '../../kernel/manifest.ts';
import { factorOf, toFixed } from '../features/integer/scaled.ts';
import { spreadOf, sumsOf } from '../features/passes/sums.ts';
import { refuseAfterFeatures } from './order.ts';
import { names, windowState, type StagePart } from './part.ts';
import { channelOf } from './prepare.ts';
import type { StepDefinition } from './step.ts';

/** A variance is compared as a share of its limit, in Q28. */
const ONE = 2 ** 28;

export const quality: StepDefinition<'quality'> = {
  step: 'quality',
  check({ leastDeviation, mostDeviation }, context) {
    const { where, before, pipeline } = context;
    for (const [name, value] of Object.entries({ leastDeviation, mostDeviation }))
      if (!(value > 0 && Number.isFinite(value)))
        throw pipelineRefusals.notPositive(`${where}.${name}`, value, 'units of the channel');
    if (leastDeviation >= mostDeviation)
      throw pipelineRefusals.qualityUpsideDown(where, leastDeviation, mostDeviation);
    refuseAfterFeatures('quality', context);
    const misplaced = (why: string) => pipelineRefusals.misplacedStep(where, 'quality', why);
    if (before.some(({ step }) => step === 'quality')) throw misplaced('stands twice');
    if (before.some(({ step }) => step === 'zscore'))
      throw misplaced('looks at samples in their unit and cannot follow "zscore"');
    if (before.some(({ step }) => step === 'scale'))
      throw misplaced('looks at samples in their unit and cannot follow "scale"');
    if (pipeline.preprocess.some(({ step }) => step === 'magnitude'))
      throw misplaced('looks at channels, which "magnitude" takes away');
  },
  lower({ leastDeviation, mostDeviation }, path) {
    path.quality = { leastDeviation, mostDeviation, units: [...path.gains] };
  },
};

export interface QualityOptions {
  channels: number;
  steps: number;
  leastDeviation: number;
  mostDeviation: number;
  /** Real value of one step of the window, by channel, in the channel's unit. */
  units: readonly number[];
}

/** Stage behind those that make the model's input: they note that the window is full, this one takes it back. */
export function qualityStage(options: QualityOptions): StagePart {
  const { channels, steps, units } = options;
  // power2 2^(2 exponent) = n^3 variance, in steps of the window.
  const limits = units.map((unit) =>
    [options.leastDeviation, options.mostDeviation].map((deviation) =>
      factorOf((ONE * (unit / deviation) ** 2) / steps ** 3),
    ),
  );
  const stride = channels * 4;
  const state = `$${names.windowState}`;
  const share = (c: number, limit: 0 | 1): string => {
    const { m, shift } = limits[c]![limit]!;
    return `toFixed(load<i64>($signal_quality, 32), load<i64>($signal_quality, 24) * 2, ${m}, ${shift})`;
  };
  return {
    blocks: [
      {
        name: 'signal_quality',
        type: 'i64',
        length: 5,
        kind: 'buffer',
        note: 'sum low high exponent power2 of a channel',
      },
    ],
    stage: {
      name: 'signal_refuse',
      title: 'quality of the signal',
      blocks: [names.window, names.windowState, 'signal_quality'],
      uses: { statistics: ['sums', 'spread'], scaled: ['toFixed'] },
      body: [
        'let poor = 0;',
        ...units.flatMap((_, c) => {
          const column = `$${names.window} + ${c * 4}`;
          const end = `${column} + ${stride * steps}`;
          return [
            `sums(${column}, ${end}, ${stride}, $signal_quality);`,
            `spread(${column}, ${end}, ${stride}, ${steps}, $signal_quality);`,
            `poor |= <i32>(${share(c, 0)} < ${ONE}) | <i32>(${share(c, 1)} > ${ONE});`,
          ];
        }),
        `if (poor && !load<i32>(${state}, ${windowState.stale * 4})) store<i32>(${state}, ${status.poorSignal}, ${windowState.stale * 4});`,
      ],
      returns: 'void',
      macs: channels * steps,
      proofs: [],
      run(memory) {
        const flags = memory.i32(names.windowState);
        const poor = limits.some(([least, most], c) => {
          const x = channelOf(memory, c, options);
          const { power2, exponent } = spreadOf(x, sumsOf(x));
          return toFixed(power2, exponent * 2, least!) < ONE || toFixed(power2, exponent * 2, most!) > ONE;
        });
        if (poor && flags[windowState.stale] === 0) flags[windowState.stale] = status.poorSignal;
      },
    },
  };
}

/** Float meaning on one window, its channels one behind the other. */
export const floatQuality = (
  columns: readonly Float64Array[],
  { leastDeviation, mostDeviation }: Pick<QualityOptions, 'leastDeviation' | 'mostDeviation'>,
): boolean =>
  columns.every((x) => {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const deviation = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length);
    return deviation >= leastDeviation && deviation <= mostDeviation;
  });
