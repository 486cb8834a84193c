import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { fitToTraces, predictedMw, type Observation } from './fit-trace.ts';
import { traceMeanMw } from './trace-mean.ts';

const webe = loadBoard('we-be-class');
const led = 'sensors.ppg.settings.ledCurrentMa';

/** What a meter would read on a board with other constants, within one per cent. */
function measured(board: typeof webe, rates: readonly number[], errorPercent = 1): Observation[] {
  return rates.map((rateHz) => {
    const plain = { name: `${rateHz}`, sensors: rateHz > 0 ? ['ppg' as const] : [], rateHz: rateHz || 1 };
    const { value } = predictedMw(board, { ...plain, measuredMw: { value: 1, low: 1, high: 1 } });
    const error = value * (errorPercent / 100);
    return { ...plain, measuredMw: { value, low: value - error, high: value + error } };
  });
}

function other(baselineMw: number, ledMa: number): typeof webe {
  const board = structuredClone(webe);
  board.baseline.mw.value = baselineMw;
  board.sensors.ppg!.settings.ledCurrentMa.value = ledMa;
  return board;
}

describe('fitting a board to measurements', () => {
  it('finds the baseline from one measurement of the idle board', () => {
    const { constants, observations } = fitToTraces(webe, measured(other(20, 62), [0]), ['baseline.mw']);
    expect(constants[0]!.after.value).toBeCloseTo(20, 3);
    expect(constants[0]!.after).toMatchObject({ kind: 'measured', unit: 'mW' });
    expect(constants[0]!.after.low).toBeCloseTo(19.8, 1);
    expect(constants[0]!.after.high).toBeCloseTo(20.2, 1);
    expect(constants[0]!.outside).toBe(false);
    expect(Math.abs(observations[0]!.errorPercent)).toBeLessThan(0.01);
  });

  it('recovers baseline and LED current from measurements at two rates or more, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 60, noNaN: true }),
        fc.double({ min: 5, max: 120, noNaN: true }),
        (baselineMw, ledMa) => {
          const found = fitToTraces(webe, measured(other(baselineMw, ledMa), [0, 25, 128]), [
            'baseline.mw',
            led,
          ]);
          expect(found.constants[0]!.after.value / baselineMw).toBeCloseTo(1, 3);
          expect(found.constants[1]!.after.value / ledMa).toBeCloseTo(1, 3);
          for (const { after } of found.constants) {
            expect(after.low).toBeLessThanOrEqual(after.value);
            expect(after.high).toBeGreaterThanOrEqual(after.value);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('narrows the band of the prediction to what the meter leaves open', () => {
    const truth = other(30, 40);
    const { board } = fitToTraces(webe, measured(truth, [0, 25, 128]), ['baseline.mw', led]);
    const probe = {
      name: 'x',
      sensors: ['ppg' as const],
      rateHz: 64,
      measuredMw: { value: 1, low: 1, high: 1 },
    };
    const [before, after] = [predictedMw(webe, probe), predictedMw(board, probe)];
    expect(after.high - after.low).toBeLessThan((before.high - before.low) / 5);
    const { value } = predictedMw(truth, probe);
    expect(after.low).toBeLessThan(value);
    expect(after.high).toBeGreaterThan(value);
  });

  it('says when a fit leaves the range that was assumed', () => {
    const { constants } = fitToTraces(webe, measured(other(90, 62), [0]), ['baseline.mw']);
    expect(constants[0]).toMatchObject({ outside: true });
  });

  it('ESC419, ESC420, ESC421 refuse what cannot be fitted', () => {
    const one = measured(webe, [25]);
    expect(() => fitToTraces(webe, one, ['baseline.w'])).toThrow(/^ESC419 .*"baseline\.w"\. Name a number/);
    expect(() => fitToTraces(webe, one, ['baseline.mw', led])).toThrow(
      /^ESC420 2 constants .* 1 measurement\. Fit fewer/,
    );
    expect(() => fitToTraces(webe, measured(webe, [0]), [led])).toThrow(
      /^ESC421 .*ledCurrentMa.* Choose other/,
    );
    const tooLittle = [{ ...one[0]!, measuredMw: { value: 0.5, low: 0.5, high: 0.5 } }];
    expect(() => fitToTraces(webe, tooLittle, ['baseline.mw'])).toThrow(/^ESC421/);
  });
});

describe('mean of a measurement', () => {
  it('is current x voltage, with the error of the meter', () => {
    const steady = traceMeanMw(new Float32Array(1000).fill(10_000), 3.7, 10);
    expect(steady.value).toBeCloseTo(37, 9);
    expect(steady.low).toBeCloseTo(33.3, 9);
    expect(steady.high).toBeCloseTo(40.7, 9);
  });

  it('widens with changes from stretch to stretch', () => {
    const drifting = Float32Array.from({ length: 2000 }, (_, index) => 10_000 + index);
    expect(traceMeanMw(drifting, 3.7, 0).high).toBeGreaterThan(traceMeanMw(drifting, 3.7, 0).value);
  });
});
