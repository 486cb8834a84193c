import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  argmax,
  equalError,
  groupScores,
  identificationEqualError,
  identificationRates,
  logSoftmax,
  verificationRates,
} from './metrics.ts';

describe('identificationRates', () => {
  it('counts one class against the rest', () => {
    // Confusion (rows: label, columns: decision): [2 1 0] [0 2 0] [1 0 0].
    const labels = [0, 0, 0, 1, 1, 2];
    const decisions = [0, 0, 1, 1, 1, 0];
    const rates = identificationRates(decisions, labels, 3);
    expect(rates.accuracy).toBeCloseTo(4 / 6, 15);
    expect(rates.far).toBeCloseTo((1 / 3 + 1 / 4 + 0) / 3, 15);
    expect(rates.frr).toBeCloseTo((1 / 3 + 0 + 1) / 3, 15);
    expect(rates.macroF1).toBeCloseTo((4 / 6 + 4 / 5 + 0) / 3, 15);
  });

  it('leaves classes without windows out of far and frr', () => {
    const rates = identificationRates([0, 1], [0, 1], 5);
    expect(rates).toMatchObject({ accuracy: 1, far: 0, frr: 0, macroF1: 2 / 5 });
    expect(identificationRates([2, 1], [0, 1], 3)).toMatchObject({ accuracy: 0.5, frr: 0.5 });
  });
});

/** Straight from the definition, threshold by threshold. */
function equalErrorByHand(genuine: number[], impostor: number[]): number {
  const thresholds = [...new Set([...genuine, ...impostor])].sort((a, b) => a - b);
  const counts = thresholds.map((t) => ({
    accepted: impostor.filter((s) => s >= t).length,
    rejected: genuine.filter((s) => s < t).length,
  }));
  // Whole numbers: |FAR - FRR| times both counts.
  const gaps = counts.map((c) => Math.abs(c.accepted * genuine.length - c.rejected * impostor.length));
  const { accepted, rejected } = counts[gaps.indexOf(Math.min(...gaps))];
  return (accepted / impostor.length + rejected / genuine.length) / 2;
}

const bend = (score: number) => Math.exp(score / 3) - 7;
const trial = (genuine: boolean, accepted: boolean) => ({ genuine, accepted });

describe('equalError', () => {
  it('is 0 for separable scores, 1/2 for equal ones and 1 for reversed ones', () => {
    expect(equalError([3, 4], [1, 2])).toEqual({ eer: 0, threshold: 3, far: 0, frr: 0 });
    expect(equalError([1, 1], [1, 1]).eer).toBe(0.5);
    expect(equalError([1, 2], [3, 4]).eer).toBe(1);
  });

  it('takes the mean of FAR and FRR at the threshold where they are closest, the lowest on a tie', () => {
    // 2: far 2/3, frr 0; 2.5: far 2/3, frr 1/2 (gap 1/6); 5: far 1/3, frr 1/2 (gap 1/6, but later); 6: far 1/3, frr 1.
    expect(equalError([2, 5], [1, 2.5, 6])).toMatchObject({ threshold: 2.5, far: 2 / 3, frr: 1 / 2 });
    expect(equalError([2, 5], [1, 2.5, 6]).eer).toBeCloseTo(7 / 12, 15);
  });

  it('does not interpolate', () => {
    // t=1: far 1, frr 0; t=2: far 1/2, frr 0 ; t=3: far 1/2, frr 1 (gap 1/2 again).
    expect(equalError([2], [1, 3])).toEqual({ eer: 0.25, threshold: 2, far: 0.5, frr: 0 });
  });

  const scores = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 });
  it('agrees with the definition, ties and all', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        expect(equalError(genuine, impostor).eer).toBeCloseTo(equalErrorByHand(genuine, impostor), 12);
      }),
    );
  });

  it('depends on the order of scores only', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        expect(equalError(genuine.map(bend), impostor.map(bend)).eer).toBe(equalError(genuine, impostor).eer);
      }),
    );
  });

  it('is not defined without genuine or impostor scores', () => {
    expect(() => equalError([], [1])).toThrow(RangeError);
    expect(() => equalError([1], [])).toThrow(RangeError);
  });
});

describe('scores', () => {
  it('logSoftmax is the logarithm of softmax, however large the logits', () => {
    const [a, b] = logSoftmax([Math.log(3), 0]);
    expect(a).toBeCloseTo(Math.log(0.75), 14);
    expect(b).toBeCloseTo(Math.log(0.25), 14);
    expect([...logSoftmax([1000, 0])]).toEqual([0, -1000]);
  });

  it('pools one genuine and the other impostor scores of every window', () => {
    expect(
      identificationEqualError(
        [
          [0.9, 0.1],
          [0.4, 0.6],
          [0.7, 0.3],
        ],
        [0, 1, 1],
      ),
    ).toEqual(equalError([0.9, 0.6, 0.3], [0.1, 0.4, 0.7]));
  });

  it('groups each person’s windows in order and drops an incomplete group', () => {
    const rows = [[1], [10], [3], [20], [5], [30]];
    const { scores, labels } = groupScores(rows, [0, 1, 0, 1, 0, 1], 2);
    expect(labels).toEqual([0, 1]);
    expect(scores.map((row) => [...row])).toEqual([[2], [15]]);
  });

  it('argmax takes the first of equal values', () => {
    expect(argmax([1, 3, 3, 2])).toBe(1);
    expect(argmax([-5])).toBe(0);
  });
});

describe('verificationRates', () => {
  it('weighs every trial equally in the accuracy', () => {
    expect(
      verificationRates([
        trial(true, true),
        trial(true, false),
        trial(false, true),
        trial(false, false),
        trial(false, false),
      ]),
    ).toEqual({ accuracy: 3 / 5, far: 1 / 3, frr: 1 / 2 });
  });
});
