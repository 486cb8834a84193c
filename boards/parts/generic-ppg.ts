/**
 * An optical PPG front end whose part is not known. The law has the shape of the documented ones (fixed part, charge a
 * sample, LED pulses); its constants are assumed between the best and the worst of them.
 */
import { scale, sum } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import { band } from '../band.ts';
import { ledDraw } from './led.ts';
import type { PpgPart } from './part.ts';

const numbers = {
  fixed: {
    value: 300,
    unit: 'uA',
    kind: 'assumed',
    source:
      'Between a duty-cycled front end (MAX86141, below 1 uA) and one that is always on (AFE4490, 947 uA).',
    low: 0.3,
    high: 1000,
  },
  perSample: {
    value: 0.5,
    unit: 'uA/sps',
    kind: 'assumed',
    source: 'MAX86140/MAX86141 low-power rows span 0.31 to 0.71 uA/sps for one and two exposures; widened.',
    low: 0.1,
    high: 1.5,
  },
  fifoFrames: {
    value: 32,
    unit: 'samples',
    kind: 'assumed',
    source: 'The MAX86141 holds 32 samples of four channels, the AFE4490 one.',
    low: 1,
    high: 128,
  },
} satisfies { [name: string]: Sourced };

export const genericPpg: PpgPart = {
  id: 'generic-ppg',
  title: 'optical PPG (part not known)',
  datasheet: 'none: the part is not known',
  kind: 'ppg',
  supplies: {
    vdd: {
      value: 1.8,
      unit: 'V',
      kind: 'assumed',
      source: 'Usual logic supply of optical front ends.',
      low: 1.8,
      high: 3.3,
    },
    led: {
      value: 4.5,
      unit: 'V',
      kind: 'assumed',
      source: 'From the battery itself to a 5 V boost.',
      low: 3.3,
      high: 5,
    },
  },
  numbers,
  check: () => [],
  run({ rateHz, settings }) {
    return {
      actualRateHz: rateHz,
      draws: [
        {
          name: 'front end',
          pin: 'vdd',
          currentUa: sum([band(numbers.fixed), scale(band(numbers.perSample), rateHz)]),
          kind: 'assumed',
          source: numbers.fixed.source,
        },
        ledDraw(settings, rateHz, 'generic PPG law'),
      ],
      fifoFrames: band(numbers.fifoFrames),
      notes: [
        'The PPG front end of this board is not known: its power is assumed over a wide range, and so is that it makes the rate asked for.',
      ],
    };
  },
};
