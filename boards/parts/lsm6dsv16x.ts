/**
 * ST LSM6DSV16X, low-power IMU. Datasheet DS13510 Rev 4, electrical characteristics at 1.8 V: low-power mode 1 draws
 * 4.0 uA at 1.875 Hz and 17 uA at 60 Hz (a line through both is used up to 240 Hz), normal mode 100 uA,
 * high performance 190 uA, accelerometer and gyroscope together 650 uA. The gyroscope's current does not depend on the rate.
 */
import { exact, type Estimate } from '../../common/estimate.ts';
import type { Sourced, SourceKind } from '../../common/sourced.ts';
import { band } from '../band.ts';
import type { ImuPart } from './part.ts';
import { nativeRate, rateNotes } from './rates.ts';

const sheet = 'ST datasheet DS13510 Rev 4';

const runningHz = [7.5, 15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7680];
const lowPowerHz = [1.875, 15, 30, 60, 120, 240];

const numbers = {
  lowPowerOffset: {
    value: 3.59,
    unit: 'uA',
    kind: 'model',
    source: `${sheet}: line through low-power mode 1, 4.0 uA at 1.875 Hz and 17 uA at 60 Hz`,
  },
  lowPowerPerHz: { value: 0.2237, unit: 'uA/Hz', kind: 'model', source: `${sheet}: slope of the same line` },
  accelerometer: {
    value: 190,
    unit: 'uA',
    kind: 'datasheet',
    source: `${sheet}: accelerometer, high performance`,
  },
  sixAxis: {
    value: 650,
    unit: 'uA',
    kind: 'datasheet',
    source: `${sheet}: accelerometer and gyroscope, high performance`,
  },
  gyroscope: {
    value: 460,
    unit: 'uA',
    kind: 'model',
    source: `${sheet}: both sensors less the accelerometer; high end: both sensors`,
    low: 460,
    high: 650,
  },
  fifoBytes: { value: 4608, unit: 'B', kind: 'datasheet', source: `${sheet}: FIFO up to 4.5 KB` },
} satisfies { [name: string]: Sourced };

/** A FIFO word: one tag byte and three 16-bit axes. */
const fifoWordBytes = 7;

export const lsm6dsv16x: ImuPart = {
  id: 'lsm6dsv16x',
  title: 'LSM6DSV16X',
  datasheet: sheet,
  kind: 'imu',
  supplies: { vdd: { value: 1.8, unit: 'V', kind: 'datasheet', source: `${sheet}, test condition` } },
  numbers,
  check: () => [],
  run({ sensors, rateHz, settings }) {
    const gyroscope = sensors.includes('gyroscope');
    const accelerometer = sensors.includes('accelerometer');
    const dutyCycled = !gyroscope && settings.accelerometerMode === 'low-power' && rateHz <= 240;
    const actualRateHz = nativeRate(dutyCycled ? lowPowerHz : runningHz, rateHz);
    const frames = Math.floor(numbers.fifoBytes.value / (fifoWordBytes * sensors.length));
    const draw = (currentUa: Estimate, kind: SourceKind, source: string) => ({
      actualRateHz,
      draws: [{ name: 'imu', pin: 'vdd', currentUa, kind, source }],
      fifoFrames: exact(frames),
      notes: rateNotes('LSM6DSV16X', actualRateHz, rateHz),
    });
    if (dutyCycled) {
      const current = numbers.lowPowerOffset.value + numbers.lowPowerPerHz.value * actualRateHz;
      return draw(exact(current), 'model', numbers.lowPowerOffset.source);
    }
    const running = gyroscope ? (accelerometer ? numbers.sixAxis : numbers.gyroscope) : numbers.accelerometer;
    return draw(band(running), running.kind, running.source);
  },
};
