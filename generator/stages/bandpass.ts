/** Butterworth band-pass, designed anew for every rate. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { designBandpass } from './butterworth.ts';
import { filterFloat } from './filter-float.ts';
import { filterFormat } from './filter-format.ts';
import { DIFFERENCE_LIMIT } from './raw-count.ts';
import { refuseAfterZscore } from './order.ts';
import type { StepDefinition } from './step.ts';

export const bandpass: StepDefinition<'bandpass'> = {
  step: 'bandpass',
  check({ lowHz, highHz }, context) {
    const { where, ratesHz } = context;
    for (const [name, value] of Object.entries({ lowHz, highHz }))
      if (!(value > 0 && Number.isFinite(value)))
        throw pipelineRefusals.notPositive(`${where}.${name}`, value, 'Hz');
    if (lowHz >= highHz) throw pipelineRefusals.bandUpsideDown(where, lowHz, highHz);
    refuseAfterZscore('bandpass', context);
    for (const rateHz of ratesHz) {
      if (highHz >= rateHz / 2) throw pipelineRefusals.bandAboveNyquist(`${where}.highHz`, highHz, rateHz);
      filterFormat(designBandpass(rateHz, lowHz, highHz), DIFFERENCE_LIMIT, `${where} at ${rateHz} Hz`);
    }
  },
  lower: ({ lowHz, highHz }, path, rateHz) =>
    void path.sections.push(...designBandpass(rateHz, lowHz, highHz)),
  stream: ({ lowHz, highHz }, samples, rateHz) => filterFloat(designBandpass(rateHz, lowHz, highHz), samples),
};
