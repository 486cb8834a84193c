import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { missingSensors } from './missing-sensors.ts';
import { boardSensorPower } from './sensor-power.ts';
import { wakeupsPerSecond } from './wakeups.ts';

describe('sensor power on a board', () => {
  it('takes supply voltages from the board: 2 LEDs x 62 mA x 117.3 us x 5 V x 128 Hz', () => {
    const [ppg] = boardSensorPower(loadBoard('we-be-class'), ['ppg'], 128);
    const led = ppg!.parts.find((part) => part.name === 'sensor led')!;
    expect(led.rail).toBe('5v');
    expect(led.mw.value).toBeCloseTo(2 * 62e-3 * 117.3e-6 * 5 * 128 * 1e3, 9);
    // The LED current is assumed from 31 to 94 mA.
    expect(led.mw.low).toBeCloseTo(led.mw.value / 2, 9);
    expect(led.mw.high).toBeCloseTo((led.mw.value * 94) / 62, 9);
    expect(led.kind).toBe('assumed');
  });

  it('widens a part that stands in for an unknown one, and says so', () => {
    const [imu] = boardSensorPower(loadBoard('sony-smartwatch-3'), ['gyroscope'], 100);
    // 3.2 mA at 1.8 V, 0.14 to 1.2 times that and up to 3 V.
    expect(imu!.parts[0]!.mw.value).toBeCloseTo(5.76, 9);
    expect(imu!.parts[0]!.mw.low).toBeCloseTo(5.76 * 0.14, 9);
    expect(imu!.parts[0]!.mw.high).toBeCloseTo(3.2 * 3 * 1.2, 9);
    expect(imu!.parts[0]!.kind).toBe('assumed');
    expect(imu!.parts[0]!.source).toContain('standing in');
  });

  it('runs only the parts that the pipeline reads', () => {
    const board = loadBoard('moto-360-1st-gen');
    expect(boardSensorPower(board, ['ppg'], 50).map((run) => run.part)).toEqual(['afe4490']);
    expect(boardSensorPower(board, ['accelerometer'], 50).map((run) => run.part)).toEqual(['mpu-9250']);
    expect(boardSensorPower(board, ['ppg', 'gyroscope'], 50).map((run) => run.part)).toEqual([
      'afe4490',
      'mpu-9250',
    ]);
  });
});

describe('missing sensors', () => {
  it('says that the Sony SmartWatch 3 has no PPG sensor, and where that is written', () => {
    expect(missingSensors(loadBoard('sony-smartwatch-3'), ['ppg', 'accelerometer'])).toEqual([
      {
        sensor: 'ppg',
        reason:
          'Sony SmartWatch 3 (SWR50) has no PPG sensor (Android Police review 2014-11-20: no heart rate sensor).',
      },
    ]);
    expect(missingSensors(loadBoard('samsung-gear-live'), ['ppg', 'accelerometer', 'gyroscope'])).toEqual([]);
  });

  it('gives a reason for a sensor that a board file simply lacks', () => {
    const { imu: _, ...sensors } = loadBoard('we-be-class').sensors;
    const board = { ...loadBoard('we-be-class'), sensors };
    expect(missingSensors(board, ['gyroscope'])[0]!.reason).toContain('its board file lists none');
  });
});

describe('wake-ups', () => {
  it('come before the FIFO is full and once a decision at least', () => {
    const board = loadBoard('we-be-class');
    // 32 samples of four channels in the MAX86141.
    expect(wakeupsPerSecond(board, ['ppg'], 512, 4)).toBeCloseTo(16, 9);
    expect(wakeupsPerSecond(board, ['ppg'], 25, 0.5)).toBe(2);
    // 100 samples in 4 s: four reads of 25, so that one falls on the decision.
    expect(wakeupsPerSecond(board, ['ppg'], 25, 4)).toBe(1);
    // The AFE4490 has no FIFO: once a sample, unless a hub of the board collects them.
    const moto = loadBoard('moto-360-1st-gen');
    expect(wakeupsPerSecond(moto, ['ppg'], 100, 4)).toBe(7 / 4);
    const { hubSamples: _, ...ppg } = moto.sensors.ppg!;
    expect(wakeupsPerSecond({ ...moto, sensors: { ppg } }, ['ppg'], 100, 4)).toBe(100);
  });
});
