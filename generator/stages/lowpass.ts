/**
 * Butterworth low-pass, designed anew for every rate. It begins settled at the first sample, as if that had always been there (scipy's
 * `sosfilt` with `sosfilt_zi` times the first sample): what follows sees the level of the signal at once.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { designLowpass } from './butterworth.ts';
import { filterFloat } from './filter-float.ts';
import { filterFormat } from './filter-format.ts';
import { refuseAfterZscore } from './order.ts';
import { DIFFERENCE_LIMIT } from './raw-count.ts';
import type { StepDefinition } from './step.ts';

export const lowpass: StepDefinition<'lowpass'> = {
  step: 'lowpass',
  check({ cutoffHz }, context) {
    const { where, ratesHz } = context;
    const place = `${where}.cutoffHz`;
    if (!(cutoffHz > 0 && Number.isFinite(cutoffHz)))
      throw pipelineRefusals.notPositive(place, cutoffHz, 'Hz');
    refuseAfterZscore('lowpass', context);
    for (const rateHz of ratesHz) {
      if (cutoffHz >= rateHz / 2) throw pipelineRefusals.bandAboveNyquist(place, cutoffHz, rateHz);
      filterFormat([designLowpass(rateHz, cutoffHz)], DIFFERENCE_LIMIT, `${where} at ${rateHz} Hz`);
    }
  },
  lower: ({ cutoffHz }, path, rateHz) => void path.sections.push(designLowpass(rateHz, cutoffHz)),
  // Behind a band-pass the first sample is 0 already.
  stream: ({ cutoffHz }, samples, rateHz) =>
    filterFloat([designLowpass(rateHz, cutoffHz)], samples).map((x) => x + samples[0]),
};
