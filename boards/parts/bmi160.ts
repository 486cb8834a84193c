/**
 * Bosch BMI160 class, six-axis IMU. Second hand (Maxim's mbed driver header, a comparison table, a driver's comment): both
 * sensors 950 uA, gyroscope 900 uA, accelerometer in normal mode 180 uA. Its low-power mode draws less, but the table of
 * current by rate could not be found: the low end of the accelerometer's band allows for it.
 */
import { exact } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import { band } from '../band.ts';
import type { ImuPart } from './part.ts';
import { nativeRate, rateNotes } from './rates.ts';

const sheet =
  'Bosch BMI160, as quoted by the header of Maxim’s mbed driver and a comparison table (second hand)';

/** Rates by the register fields as drivers name them (MetaWear SDK: gyroscope 25 to 3200 Hz); each is half the next. */
const accelerometerHz = [12.5, 25, 50, 100, 200, 400, 800, 1600];
const gyroscopeHz = [25, 50, 100, 200, 400, 800, 1600, 3200];

const numbers = {
  sixAxis: { value: 950, unit: 'uA', kind: 'datasheet', source: `${sheet}: both sensors` },
  gyroscope: { value: 900, unit: 'uA', kind: 'datasheet', source: `${sheet}: gyroscope alone` },
  accelerometer: {
    value: 180,
    unit: 'uA',
    kind: 'datasheet',
    source: `${sheet}: accelerometer, normal mode`,
  },
  accelerometerLowPower: {
    value: 180,
    unit: 'uA',
    kind: 'assumed',
    source: `${sheet}: normal mode; the low-power table by rate was not found, the low end is that of a part that has one (LSM6DSV16X)`,
    low: 4,
    high: 180,
  },
  fifoBytes: {
    value: 996,
    unit: 'B',
    kind: 'assumed',
    source: 'A driver that holds 83 samples of both sensors (tve/modtve); high end the next power of two',
    low: 996,
    high: 1024,
  },
} satisfies { [name: string]: Sourced };

export const bmi160: ImuPart = {
  id: 'bmi160',
  title: 'BMI160 class',
  datasheet: sheet,
  kind: 'imu',
  supplies: {
    vdd: {
      value: 1.8,
      unit: 'V',
      kind: 'assumed',
      source: 'Usual sensor supply; test condition not found',
      low: 1.71,
      high: 3,
    },
  },
  numbers,
  check: () => [],
  run({ sensors, rateHz, settings }) {
    const gyroscope = sensors.includes('gyroscope');
    const lowPower = settings.accelerometerMode === 'low-power' && rateHz <= 200;
    const current = gyroscope
      ? sensors.includes('accelerometer')
        ? numbers.sixAxis
        : numbers.gyroscope
      : lowPower
        ? numbers.accelerometerLowPower
        : numbers.accelerometer;
    const actualRateHz = nativeRate(gyroscope ? gyroscopeHz : accelerometerHz, rateHz);
    return {
      actualRateHz,
      draws: [
        { name: 'imu', pin: 'vdd', currentUa: band(current), kind: current.kind, source: current.source },
      ],
      fifoFrames: exact(Math.floor(numbers.fifoBytes.value / (6 * sensors.length))),
      notes: rateNotes('BMI160', actualRateHz, rateHz),
    };
  },
};
