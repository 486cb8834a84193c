/**
 * InvenSense MPU-9250, IMU (stands in for the MPU-6500 family). Product specification PS-MPU-9250A-01 Rev 1.0, VDD 2.5 V.
 * Duty-cycled accelerometer: the vendor prints the law itself, sleep current + update rate x 0.376. The gyroscope is
 * never duty-cycled: its current does not depend on the rate.
 */
import { exact } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import type { ImuPart } from './part.ts';
import { nativeRate, rateNotes } from './rates.ts';

const sheet = 'MPU-9250 product specification PS-MPU-9250A-01 Rev 1.0';

/** Update rates of the duty-cycled accelerometer. */
const lowPowerHz = [0.24, 0.49, 0.98, 1.95, 3.91, 7.81, 15.63, 31.25, 62.5, 125, 250, 500];
/** Running: 1 kHz over a divider of 1 to 256 (register map RM-MPU-9250A-00, SMPLRT_DIV). */
const runningHz = Array.from({ length: 256 }, (_, index) => 1000 / (index + 1));

const microamperes = (value: number, row: string): Sourced<'uA'> => ({
  value,
  unit: 'uA',
  kind: 'datasheet',
  source: `${sheet}, ${row}`,
});

const numbers = {
  sleep: microamperes(8, 'sleep mode'),
  perUpdate: {
    value: 0.376,
    unit: 'uA/Hz',
    kind: 'datasheet',
    source: `${sheet}, low-power accelerometer: supply current = sleep current + update rate x 0.376`,
  },
  accelerometer: microamperes(450, 'accelerometer alone, running'),
  gyroscope: microamperes(3200, 'gyroscope alone'),
  sixAxis: microamperes(3400, 'accelerometer and gyroscope'),
  fifoBytes: { value: 512, unit: 'B', kind: 'datasheet', source: `${sheet}, section 4.17 FIFO` },
} satisfies { [name: string]: Sourced };

export const mpu9250: ImuPart = {
  id: 'mpu-9250',
  title: 'MPU-9250 class',
  datasheet: sheet,
  kind: 'imu',
  supplies: { vdd: { value: 2.5, unit: 'V', kind: 'datasheet', source: `${sheet}, test condition` } },
  numbers,
  check: () => [],
  run({ sensors, rateHz, settings }) {
    const gyroscope = sensors.includes('gyroscope');
    const accelerometer = sensors.includes('accelerometer');
    const dutyCycled = !gyroscope && settings.accelerometerMode === 'low-power' && rateHz <= 500;
    const actualRateHz = nativeRate(dutyCycled ? lowPowerHz : runningHz, rateHz);
    const frameBytes = 6 * sensors.length;
    const draw = (current: number, source: string) => ({
      actualRateHz,
      draws: [{ name: 'imu', pin: 'vdd', currentUa: exact(current), kind: 'datasheet' as const, source }],
      fifoFrames: exact(Math.floor(numbers.fifoBytes.value / frameBytes)),
      notes: rateNotes('MPU-9250', actualRateHz, rateHz),
    });
    if (dutyCycled)
      return draw(numbers.sleep.value + numbers.perUpdate.value * actualRateHz, numbers.perUpdate.source);
    if (gyroscope && accelerometer) return draw(numbers.sixAxis.value, numbers.sixAxis.source);
    if (gyroscope) return draw(numbers.gyroscope.value, numbers.gyroscope.source);
    return draw(numbers.accelerometer.value, numbers.accelerometer.source);
  },
};
