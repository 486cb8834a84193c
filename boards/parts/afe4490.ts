/**
 * Texas Instruments AFE4490, PPG front end (Moto 360, 1st generation). Datasheet SBAS602H, electrical characteristics at
 * 3 V: receiver analogue 0.6 mA (0.7 with stage 2), receiver digital 0.27 mA, LED driver 55 uA, transmit control 15 uA;
 * quiescent 2.84 mW without LEDs. The pulse repetition frequency is 62.5 to 5000 sps only. It holds one sample: no FIFO.
 */
import { exact } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import { band } from '../band.ts';
import type { PpgSettings } from '../board.ts';
import { ledDraw } from './led.ts';
import type { PpgPart, SettingProblem } from './part.ts';
import { rateNotes } from './rates.ts';

const sheet = 'AFE4490 datasheet SBAS602H';

const numbers = {
  quiescent: {
    value: 946.7,
    unit: 'uA',
    kind: 'datasheet',
    source: `${sheet}: 2.84 mW quiescent at 3 V without LEDs; high end with receiver stage 2`,
    low: 940,
    high: 1040,
  },
  minimumRate: {
    value: 62.5,
    unit: 'sps',
    kind: 'datasheet',
    source: `${sheet}, pulse repetition frequency`,
  },
  maximumRate: {
    value: 5000,
    unit: 'sps',
    kind: 'datasheet',
    source: `${sheet}, pulse repetition frequency`,
  },
  fifoFrames: {
    value: 1,
    unit: 'samples',
    kind: 'datasheet',
    source: `${sheet}: no FIFO described; ADC_RDY marks the result of each period`,
  },
} satisfies { [name: string]: Sourced };

function check(settings: PpgSettings): SettingProblem[] {
  const problems: SettingProblem[] = [];
  if (![1, 2].includes(settings.exposures.value)) {
    problems.push({
      setting: 'exposures',
      problem: 'the AFE4490 drives 1 or 2 LEDs in a period',
      fix: 'Use 1 or 2.',
    });
  }
  if (settings.photodiodes.value !== 1) {
    problems.push({ setting: 'photodiodes', problem: 'the AFE4490 reads one photodiode', fix: 'Use 1.' });
  }
  return problems;
}

export const afe4490: PpgPart = {
  id: 'afe4490',
  title: 'AFE4490',
  datasheet: sheet,
  kind: 'ppg',
  supplies: {
    vdd: { value: 3, unit: 'V', kind: 'datasheet', source: `${sheet}, test condition of the current tables` },
    led: { value: 5, unit: 'V', kind: 'datasheet', source: `${sheet}, LED driver supply 3 to 5.25 V` },
  },
  numbers,
  check,
  run({ rateHz, settings }) {
    const actualRateHz = Math.min(Math.max(rateHz, numbers.minimumRate.value), numbers.maximumRate.value);
    return {
      actualRateHz,
      draws: [
        {
          name: 'front end',
          pin: 'vdd',
          currentUa: band(numbers.quiescent),
          kind: 'datasheet',
          source: numbers.quiescent.source,
        },
        ledDraw(settings, actualRateHz, sheet),
      ],
      fifoFrames: exact(numbers.fifoFrames.value),
      notes: rateNotes('AFE4490', actualRateHz, rateHz),
    };
  },
};
