/**
 * Maxim MAX86141, two-channel PPG front end. Datasheet 19-100051 Rev 1: electrical characteristics (VDD and VLED supply
 * current), PPG Configuration 2 (sample rates, maximum rate by exposures and pulse width), System Control (LP_MODE).
 *
 * Up to 256 sps the part powers down between samples and its VDD current is proportional to the rate. Above, it stays
 * on: the one figure printed (4096 sps) stands for every such rate, down to what the low-power law would give there.
 */
import { exact, type Estimate } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import { band } from '../band.ts';
import type { PpgSettings } from '../board.ts';
import { ledDraw } from './led.ts';
import type { PpgPart, SettingProblem } from './part.ts';
import { nativeRate, rateNotes } from './rates.ts';

const sheet = 'MAX86140/MAX86141 datasheet 19-100051 Rev 1';
const table = `${sheet}, electrical characteristics, VDD supply current`;

/** PPG_SR at the 32768 Hz clock, one pulse a sample. 20 and 75 Hz do not exist. */
const ratesHz = [
  8, 16, 24.995, 32, 50.027, 64, 84.021, 99.902, 128, 199.805, 256, 399.61, 512, 1024, 2048, 4096,
];
const lowPowerLimitHz = 256;
const pulseWidthsUs = [14.8, 29.4, 58.7, 117.3];

/** Maximum rate in sps, by exposures (rows 1 to 6) and pulse width (columns as `pulseWidthsUs`). */
const maximumHz = [
  [4096, 2048, 2048, 1024],
  [2048, 1024, 1024, 512],
  [1024, 1024, 512, 512],
  [1024, 512, 512, 400],
  [512, 512, 512, 256],
  [512, 512, 400, 256],
];

const microamperes = (value: number, source: string, high?: number): Sourced<'uA'> => ({
  value,
  unit: 'uA',
  kind: 'datasheet',
  source,
  ...(high === undefined ? {} : { low: value, high }),
});

const perSample = (value: number, source: string): Sourced<'uA/sps'> => ({
  value,
  unit: 'uA/sps',
  kind: 'model',
  source,
});

/** VDD law by photodiode channels in use: offset + rate x (first exposure + further exposures x further). */
const numbers = {
  oneChannelOffset: microamperes(
    0.76,
    `${table}: line through 8.5 uA at 25 sps and 80 uA at 256 sps, one channel`,
  ),
  oneChannelFirst: perSample(0.3095, `${table}: slope of the same line`),
  oneChannelFurther: perSample(
    0.181,
    `${table}: 42 uA at 84 sps with two exposures, less the first exposure`,
  ),
  oneChannelAlwaysOn: microamperes(660, `${table}: 4096 sps, LP_MODE 0, one channel`, 780),
  twoChannelOffset: microamperes(
    0.29,
    `${table}: least squares through 25, 50, 100 and 256 sps, two channels`,
  ),
  twoChannelFirst: perSample(0.451, `${table}: slope of the same line`),
  twoChannelFurther: perSample(0.26, `${table}: 60 uA at 84 sps with two exposures, less the first exposure`),
  twoChannelAlwaysOn: microamperes(978, `${table}: 4096 sps, LP_MODE 0, two channels`, 1170),
  fifoWords: { value: 128, unit: 'words', kind: 'datasheet', source: `${sheet}, FIFO configuration` },
} satisfies { [name: string]: Sourced };

function maximumRate(settings: PpgSettings): number {
  const row = maximumHz[settings.exposures.value - 1] ?? [];
  return row[pulseWidthsUs.indexOf(settings.pulseWidthUs.value)] ?? 0;
}

/** Average VDD current in uA. */
function vddCurrent(settings: PpgSettings, rateHz: number): Estimate {
  const two = settings.photodiodes.value === 2;
  const offset = two ? numbers.twoChannelOffset : numbers.oneChannelOffset;
  const first = two ? numbers.twoChannelFirst : numbers.oneChannelFirst;
  const further = two ? numbers.twoChannelFurther : numbers.oneChannelFurther;
  const slope = first.value + further.value * (settings.exposures.value - 1);
  const lowPower = offset.value + slope * rateHz;
  if (rateHz <= lowPowerLimitHz) return exact(lowPower);
  const alwaysOn = band(two ? numbers.twoChannelAlwaysOn : numbers.oneChannelAlwaysOn);
  return { ...alwaysOn, low: Math.min(lowPower, alwaysOn.low) };
}

function check(settings: PpgSettings): SettingProblem[] {
  const problems: SettingProblem[] = [];
  if (!pulseWidthsUs.includes(settings.pulseWidthUs.value)) {
    problems.push({
      setting: 'pulseWidthUs',
      problem: `${settings.pulseWidthUs.value} us is not a pulse width of the MAX86141`,
      fix: `Use one of ${pulseWidthsUs.join(', ')} us.`,
    });
  }
  if (![1, 2, 3, 4, 5, 6].includes(settings.exposures.value)) {
    problems.push({
      setting: 'exposures',
      problem: 'the MAX86141 makes 1 to 6 exposures',
      fix: 'Use a whole number from 1 to 6.',
    });
  }
  if (![1, 2].includes(settings.photodiodes.value)) {
    problems.push({
      setting: 'photodiodes',
      problem: 'the MAX86141 reads 1 or 2 photodiodes',
      fix: 'Use 1 or 2.',
    });
  }
  if (band(settings.ledCurrentMa).high > 124) {
    problems.push({
      setting: 'ledCurrentMa',
      problem: 'the LED drivers end at 124 mA',
      fix: 'Use 124 mA or less.',
    });
  }
  return problems;
}

export const max86141: PpgPart = {
  id: 'max86141',
  title: 'MAX86141',
  datasheet: sheet,
  kind: 'ppg',
  supplies: {
    vdd: {
      value: 1.8,
      unit: 'V',
      kind: 'datasheet',
      source: `${sheet}, test condition of the current tables`,
    },
    led: { value: 5, unit: 'V', kind: 'datasheet', source: `${sheet}, test condition of the current tables` },
  },
  numbers,
  check,
  run({ rateHz, settings }) {
    const limit = maximumRate(settings);
    const actualRateHz = nativeRate(
      ratesHz.filter((rate) => rate <= limit),
      rateHz,
    );
    const words = settings.exposures.value * settings.photodiodes.value;
    const frames = Math.floor(numbers.fifoWords.value / words);
    const notes = rateNotes('MAX86141', actualRateHz, rateHz);
    if (actualRateHz > lowPowerLimitHz) {
      notes.push(
        `Above 256 sps the MAX86141 cannot power down between samples: its VDD current steps up; only the figure at 4096 sps is published.`,
      );
    }
    return {
      actualRateHz,
      draws: [
        {
          name: 'front end',
          pin: 'vdd',
          currentUa: vddCurrent(settings, actualRateHz),
          kind: actualRateHz > lowPowerLimitHz ? 'datasheet' : 'model',
          source: `${table}${actualRateHz > lowPowerLimitHz ? ', low-power mode off' : ', line through the low-power rows'}`,
        },
        ledDraw(settings, actualRateHz, sheet),
      ],
      fifoFrames: exact(frames),
      notes,
    };
  },
};
