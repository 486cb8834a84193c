/** The laws of the parts against the rows that their datasheets print. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sensorPower } from '../../sim/sensors/sensor-power.ts';
import type { PpgSettings, SensorName } from '../board.ts';
import { afe4490 } from './afe4490.ts';
import { genericPpg } from './generic-ppg.ts';
import { imuParts, ppgParts } from './index.ts';
import { lsm6dsv16x } from './lsm6dsv16x.ts';
import { max86141 } from './max86141.ts';
import { mpu9250 } from './mpu-9250.ts';

const given = <Unit extends string>(value: number, unit: Unit) => ({
  value,
  unit,
  kind: 'datasheet' as const,
  source: 'test condition',
});
const settings = (
  ledCurrentMa: number,
  pulseWidthUs: number,
  exposures: number,
  photodiodes: number,
): PpgSettings => ({
  ledCurrentMa: given(ledCurrentMa, 'mA'),
  pulseWidthUs: given(pulseWidthUs, 'us'),
  exposures: given(exposures, '1'),
  photodiodes: given(photodiodes, '1'),
});

const currentUa = (part: typeof max86141, with_: PpgSettings, rateHz: number, name: string) =>
  part.run({ sensors: ['ppg'], rateHz, settings: with_ }).draws.find((draw) => draw.name === name)!.currentUa;
const imuUa = (
  part: typeof mpu9250,
  sensors: SensorName[],
  rateHz: number,
  mode: 'low-power' | 'continuous' = 'low-power',
) => part.run({ sensors, rateHz, settings: { accelerometerMode: mode } });

describe('MAX86141 (datasheet 19-100051 Rev 1)', () => {
  it.each([
    // photodiodes, sps, uA of the table
    [2, 25, 11],
    [2, 50, 23],
    [2, 100, 46],
    [2, 256, 115.5],
    [1, 25, 8.5],
    [1, 50, 16],
    [1, 100, 32],
    [1, 256, 80],
  ])('draws the VDD current of the low-power row: %d channel(s), %d sps', (photodiodes, sps, uA) => {
    const current = currentUa(max86141, settings(0, 14.8, 1, photodiodes), sps, 'front end').value;
    expect(Math.abs(current - uA)).toBeLessThan(0.06 * uA);
  });

  it('draws the VDD current of the two-exposure row at 84 sps', () => {
    expect(currentUa(max86141, settings(0, 117.3, 2, 2), 84, 'front end').value).toBeCloseTo(60, 0);
    expect(currentUa(max86141, settings(0, 117.3, 2, 1), 84, 'front end').value).toBeCloseTo(42, 0);
  });

  it('steps up above 256 sps, where it cannot power down', () => {
    const above = currentUa(max86141, settings(0, 14.8, 1, 2), 512, 'front end');
    expect(above.value).toBe(978);
    expect(above.high).toBe(1170);
    expect(above.low).toBeCloseTo(0.29 + 0.451 * 512, 6);
    expect(
      max86141.run({ sensors: ['ppg'], rateHz: 512, settings: settings(0, 14.8, 1, 2) }).notes[0],
    ).toMatch(/cannot power down/);
  });

  it.each([
    [25, 185],
    [50, 370],
    [100, 735],
    [256, 1880],
  ])('draws the VLED current of the 62 mA row at %d sps within 2 %%', (sps, uA) => {
    const current = currentUa(max86141, settings(62, 117.3, 1, 1), sps, 'led').value;
    expect(Math.abs(current / uA - 1)).toBeLessThan(0.02);
  });

  it.each([
    [20, 24.995],
    [25, 24.995],
    [50, 50.027],
    [64, 64],
    [75, 84.021],
    [100, 99.902],
    [128, 128],
    [500, 512],
    [512, 512],
  ])('runs %d Hz at %d sps', (wanted, actual) => {
    const run = max86141.run({ sensors: ['ppg'], rateHz: wanted, settings: settings(62, 117.3, 2, 2) });
    expect(run.actualRateHz).toBe(actual);
    expect(run.notes.some((note) => note.includes('the host resamples'))).toBe(
      [20, 75, 500].includes(wanted),
    );
  });

  it('ends at the maximum rate of its table, and says so', () => {
    const run = max86141.run({ sensors: ['ppg'], rateHz: 512, settings: settings(62, 117.3, 4, 2) });
    expect(run.actualRateHz).toBe(399.61);
    expect(run.notes[0]).toBe(
      'MAX86141 reaches 399.61 Hz at most with these settings, below the 512 Hz asked for.',
    );
  });

  it('holds 128 words: 32 samples of four channels', () => {
    expect(
      max86141.run({ sensors: ['ppg'], rateHz: 25, settings: settings(62, 117.3, 2, 2) }).fifoFrames.value,
    ).toBe(32);
  });

  it('ESC407 refuses settings that it does not have', () => {
    expect(() => sensorPower(max86141, settings(62, 100, 1, 1), 25)).toThrow(
      'ESC407 Part max86141, setting pulseWidthUs: 100 us is not a pulse width of the MAX86141. Use one of',
    );
    expect(() => sensorPower(max86141, settings(62, 117.3, 7, 1), 25)).toThrow(
      'ESC407 Part max86141, setting exposures',
    );
    expect(() => sensorPower(max86141, settings(62, 117.3, 1, 3), 25)).toThrow(
      'ESC407 Part max86141, setting photodiodes',
    );
    expect(() => sensorPower(max86141, settings(200, 117.3, 1, 1), 25)).toThrow(
      'ESC407 Part max86141, setting ledCurrentMa',
    );
  });
});

describe('AFE4490 (SBAS602H)', () => {
  it('draws its quiescent 2.84 mW at 3 V at any rate', () => {
    for (const rateHz of [25, 512]) {
      const front = sensorPower(afe4490, settings(20, 100, 2, 1), rateHz).parts.find(
        (part) => part.name === 'sensor front end',
      )!;
      expect(front.mw.value).toBeCloseTo(2.84, 3);
    }
  });

  it('runs rates below 62.5 Hz at 62.5 Hz and decimates', () => {
    const low = sensorPower(afe4490, settings(20, 100, 2, 1), 25);
    expect(low.actualRateHz).toBe(62.5);
    expect(low.notes).toEqual(['25 Hz is not a rate of AFE4490: it runs at 62.5 Hz and the host resamples.']);
    expect(sensorPower(afe4490, settings(20, 100, 2, 1), 100).actualRateHz).toBe(100);
  });
});

describe('MPU-9250 (PS-MPU-9250A-01)', () => {
  it('follows the printed accelerometer law: 8.4 uA at 0.98 Hz, 19.8 uA at 31.25 Hz', () => {
    expect(imuUa(mpu9250, ['accelerometer'], 0.98).draws[0]!.currentUa.value).toBeCloseTo(8.4, 1);
    // 8 + 31.25 x 0.376 = 19.75, printed with one decimal.
    expect(imuUa(mpu9250, ['accelerometer'], 31.25).draws[0]!.currentUa.value).toBeCloseTo(19.75, 6);
  });

  it('does not depend on the rate with the gyroscope on', () => {
    for (const rateHz of [20, 100, 512]) {
      expect(imuUa(mpu9250, ['gyroscope'], rateHz).draws[0]!.currentUa.value).toBe(3200);
      expect(imuUa(mpu9250, ['accelerometer', 'gyroscope'], rateHz).draws[0]!.currentUa.value).toBe(3400);
    }
  });

  it('leaves low-power mode above 500 Hz or when told to', () => {
    expect(imuUa(mpu9250, ['accelerometer'], 512).draws[0]!.currentUa.value).toBe(450);
    expect(imuUa(mpu9250, ['accelerometer'], 25, 'continuous').draws[0]!.currentUa.value).toBe(450);
  });
});

describe('LSM6DSV16X (DS13510)', () => {
  it('follows low-power mode 1: 4.0 uA at 1.875 Hz, 17 uA at 60 Hz', () => {
    expect(imuUa(lsm6dsv16x, ['accelerometer'], 1.875).draws[0]!.currentUa.value).toBeCloseTo(4, 1);
    expect(imuUa(lsm6dsv16x, ['accelerometer'], 60).draws[0]!.currentUa.value).toBeCloseTo(17, 1);
  });

  it('draws 190 uA running, 650 uA with the gyroscope', () => {
    expect(imuUa(lsm6dsv16x, ['accelerometer'], 512).draws[0]!.currentUa.value).toBe(190);
    expect(imuUa(lsm6dsv16x, ['accelerometer', 'gyroscope'], 25).draws[0]!.currentUa.value).toBe(650);
  });
});

describe('every part', () => {
  const rate = fc.double({ min: 1, max: 400, noNaN: true });

  it('never draws less at a higher rate', () => {
    fc.assert(
      fc.property(rate, rate, fc.constantFrom(...ppgParts), (a, b, part) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const total = (hz: number) =>
          sensorPower(part, settings(20, 117.3, 1, 1), hz).parts.reduce(
            (sum, entry) => sum + entry.mw.value,
            0,
          );
        return total(low) <= total(high) + 1e-12;
      }),
    );
    const which = fc.constantFrom<SensorName[]>(
      ['accelerometer'],
      ['gyroscope'],
      ['accelerometer', 'gyroscope'],
    );
    fc.assert(
      fc.property(rate, rate, fc.constantFrom(...imuParts), which, (a, b, part, sensors) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const total = (hz: number) =>
          sensorPower(part, { accelerometerMode: 'low-power' }, hz, sensors).parts[0]!.mw.value;
        return total(low) <= total(high);
      }),
    );
  });

  it('spends LED energy of current x width x volts an exposure', () => {
    fc.assert(
      fc.property(
        rate,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 2 }),
        (hz, milliamperes, exposures) => {
          const power = sensorPower(genericPpg, settings(milliamperes, 100, exposures, 1), hz);
          const led = power.parts.find((part) => part.name === 'sensor led')!.mw.value;
          const microjoules = milliamperes * 1e-3 * 100 * genericPpg.supplies.led!.value * exposures;
          expect(led).toBeCloseTo((microjoules * hz) / 1000, 9);
        },
      ),
    );
  });

  it('ESC406 refuses a rate that is not positive', () => {
    for (const rateHz of [0, -25, Number.NaN, Infinity]) {
      expect(() => sensorPower(afe4490, settings(20, 100, 2, 1), rateHz)).toThrow(
        `ESC406 A sampling rate of ${rateHz} Hz is not possible. Give a positive number`,
      );
    }
  });
});
