import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { averagePower } from './average-power.ts';
import { fitFixedPart } from './fit-fixed-part.ts';
import { pulseClaims } from './pulse-claims.ts';

const board = loadBoard('we-be-class');
const sensorMw = (rateHz: number) =>
  averagePower({
    board,
    pipelineSensors: ['ppg'],
    rateHz,
    samplesPerSecond: rateHz,
    wakeupsPerSecond: 1,
    cyclesPerSample: { value: 1000, low: 1000, high: 1000 },
    cyclesPerInference: { value: 1e7, low: 1e7, high: 1e7 },
    inferencesPerSecond: 1,
  }).sensorMw;
const saving = (rateHz: number, againstHz: number) => 100 * (1 - sensorMw(rateHz) / sensorMw(againstHz));

describe('sensor power of the We-Be class board', () => {
  it('gives the Pulse paper’s savings within one point', () => {
    expect(Math.abs(saving(25, 512) - 53)).toBeLessThan(1);
    expect(Math.abs(saving(25, 128) - 19)).toBeLessThan(1);
  });

  it('saves less than 2 % at 20 Hz against 25 Hz', () => {
    expect(saving(20, 25)).toBeGreaterThanOrEqual(0);
    expect(saving(20, 25)).toBeLessThan(2);
  });
});

describe('published claims', () => {
  const { rows, fitted } = pulseClaims(board);
  const row = (claim: string) => rows.find((entry) => entry.claim === claim)!;

  it('shows published, model and difference, and which constant was fitted', () => {
    expect(row('25 Hz against 512 Hz')).toMatchObject({ publishedPercent: 53, role: 'fitted' });
    expect(row('25 Hz against 128 Hz')).toMatchObject({ publishedPercent: 19, role: 'fitted' });
    for (const entry of rows) {
      if (entry.publishedPercent === null) expect(entry.differencePoints).toBeNull();
      else expect(entry.differencePoints).toBeCloseTo(entry.modelPercent - entry.publishedPercent, 12);
    }
    expect(fitted).toMatchObject({
      constant: 'baseline.mw',
      title: 'fixed part that belongs to the board',
      mw: board.baseline.mw.value,
      to: ['25 Hz against 512 Hz', '25 Hz against 128 Hz'],
    });
    // The straight-line arithmetic on the two claims alone gives a/b of 400 to 429 Hz.
    expect(fitted.perHertz).toBeGreaterThan(400);
    expect(fitted.perHertz).toBeLessThan(429);
  });

  it('keeps the checks unfitted: 20 Hz is trivial, and 40 % without baseline is missed and shown', () => {
    expect(row('20 Hz against 25 Hz')).toMatchObject({ role: 'check', publishedPercent: null });
    expect(row('20 Hz against 25 Hz').note).toContain('would save 1.1 %');
    const sister = row('25 Hz against 100 Hz, baseline excluded');
    expect(sister).toMatchObject({ role: 'check', publishedPercent: 40 });
    expect(sister.modelPercent).toBeCloseTo(75, 0);
    expect(sister.note).toContain('Shown, not fitted');
    // With nothing left out the saving is small: the published 40 % lies between the two readings of "baseline".
    expect(sister.modelLow).toBeLessThan(20);
    expect(sister.modelHigh).toBe(sister.modelPercent);
    // Two exposures on one photodiode: c / b = 87.5 Hz is what 40 % implies (facts.md, section 5).
    expect(sister.note).toMatch(/40 % follows if \d+\.\d mW, 2\d % of the fixed part/);
  });

  it('holds the fitted constant in the board file, equal to a fresh fit', () => {
    const fit = fitFixedPart(board);
    expect(board.baseline.mw.value).toBeCloseTo(fit.mw.value, 2);
    expect(board.baseline.mw.low).toBeCloseTo(fit.mw.low, 1);
    expect(board.baseline.mw.high).toBeCloseTo(fit.mw.high, 1);
    expect(board.baseline.mw.kind).toBe('model');
    for (const { points } of fit.residualPoints) expect(Math.abs(points)).toBeLessThan(0.5);
  });

  it('does not depend on where the fit starts: the constant is the only unknown', () => {
    const wrong = {
      ...board,
      baseline: { ...board.baseline, mw: { ...board.baseline.mw, value: 1, low: 0.5, high: 2 } },
    };
    expect(fitFixedPart(wrong).mw.value).toBeCloseTo(fitFixedPart(board).mw.value, 9);
  });

  it('ESC409 refuses a board to which no claim belongs', () => {
    expect(() => pulseClaims(loadBoard('samsung-gear-live'))).toThrow(
      'ESC409 No published sensor-power claim belongs to board samsung-gear-live. Use a board whose baseline has the role "sensor-supply"',
    );
  });
});
