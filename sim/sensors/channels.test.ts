import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { boardForChannels, channelProblem } from './channels.ts';
import { hostResampling } from './resampling.ts';
import { boardSensorPower } from './sensor-power.ts';

const band = loadBoard('we-be-class');
const led = (channels: number, rateHz = 25) =>
  boardSensorPower(boardForChannels(band, channels), ['ppg'], rateHz)[0]!.parts.find(
    ({ name }) => name === 'sensor led',
  )!.mw.value;

describe('PPG channels', () => {
  it('cost an exposure for each two on two photodiodes', () => {
    // 62 mA x 117.3 us x 24.995 Hz at 5 V.
    expect(led(1)).toBeCloseTo(62 * 117.3e-6 * 24.995 * 5, 6);
    expect(led(2) / led(1)).toBeCloseTo(1, 9);
    expect(led(4) / led(1)).toBeCloseTo(2, 9);
    expect(led(5) / led(1)).toBeCloseTo(3, 9);
  });

  it('leave a board alone that a pipeline reads no PPG of', () => {
    expect(boardForChannels(band, 0)).toBe(band);
  });

  it('that the part cannot give are a problem with a reason, and leave the board as it is', () => {
    const moto = loadBoard('moto-360-1st-gen');
    expect(channelProblem(moto, 2)).toBeUndefined();
    expect(channelProblem(moto, 4)).toBe(
      'The pipeline reads 4 PPG channels and the AFE4490 drives 1 or 2 LEDs in a period.',
    );
    expect(boardForChannels(moto, 4)).toBe(moto);
  });
});

describe('resampling on the host', () => {
  const run = (rateHz: number) => boardSensorPower(band, ['ppg'], rateHz)[0]!;

  it('costs nothing at a rate of the part', () => {
    expect(hostResampling(run(25), 25, 4)).toBeUndefined();
    expect(hostResampling(run(128), 128, 4)).toBeUndefined();
  });

  it('takes every sample of the part in and interpolates each frame', () => {
    const { cyclesPerFrame, note } = hostResampling(run(20), 20, 4)!;
    expect(cyclesPerFrame.value).toBeCloseTo(4 * (12 * (24.995 / 20) + 25), 6);
    expect(cyclesPerFrame.low).toBeLessThan(cyclesPerFrame.value);
    expect(cyclesPerFrame.high).toBeGreaterThan(cyclesPerFrame.value);
    expect(note).toMatch(/from 24\.995 Hz to 20 Hz/);
  });
});
