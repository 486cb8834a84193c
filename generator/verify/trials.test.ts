import { describe, expect, it } from 'vitest';
import type { IdentificationData, VerificationData } from './evaluation-data.ts';
import { halves, operatingRates } from './trials.ts';

const windows = (...values: number[]): Float64Array[] => values.map((v) => Float64Array.of(v));

/** Users 1 (around 0) and 2 (around 10), two enrolment windows each at -1 and 1 off: sigma 1. */
const verification: VerificationData = {
  kind: 'verification',
  enrol: { windows: windows(-1, 1, 9, 11), users: Float64Array.of(1, 1, 2, 2), floatOutputs: [] },
  test: {
    windows: windows(0, 2, 6, 10),
    users: Float64Array.of(1, 1, 2, 2),
    floatOutputs: windows(0, 2, 6, 10),
  },
};

describe('operatingRates', () => {
  it('meets every template with every window at the fixed threshold, and at the one where both rates meet', () => {
    const rates = operatingRates(verification, (w) => w, { kind: 'mvn', threshold: 5, epsilon: 0 });
    // Distances to 1: 0 2 | 6 10, to 2: 10 8 | 4 0. At 5 all four genuine trials pass and no other does.
    expect(rates).toMatchObject({ trials: 8, accuracy: 1, far: 0, frr: 0, eer: 0 });
    const strict = operatingRates(verification, (w) => w, { kind: 'mvn', threshold: 1, epsilon: 0 });
    expect(strict).toMatchObject({ far: 0, frr: 0.5, eer: 0, refit: { threshold: 4, far: 0, frr: 0 } });
  });

  it('identifies by the largest output, and takes shares as scores', () => {
    const data: IdentificationData = {
      kind: 'identification',
      windows: windows(0, 1, 2, 3),
      labels: Float64Array.of(0, 1, 0, 1),
      floatOutputs: [],
    };
    const outputs = [
      [0.9, 0.1],
      [0.2, 0.8],
      [0.3, 0.7],
      [0.6, 0.4],
    ];
    const rates = operatingRates(data, (w) => outputs[w[0]!]!, { kind: 'argmax', outputs: 'probabilities' });
    // Genuine .9 .8 .3 .4, impostor .1 .2 .7 .6: below .6 half of the genuine, from .6 on half of the impostors.
    expect(rates).toMatchObject({ trials: 4, accuracy: 0.5, eer: 0.5 });
  });

  it('judges an owner by the score of its context', () => {
    const data = {
      kind: 'owner' as const,
      windows: windows(0, 1, 2, 3),
      genuine: [true, true, false, false],
      scores: new Float64Array(4),
      contexts: Float64Array.of(0, 1, 0, 1),
    };
    const score = [0.5, 1.5, 0.4, 1.2];
    const rates = operatingRates(data, (w) => [score[w[0]!]!], { kind: 'score', thresholds: [0.45, 1.4] });
    expect(rates).toMatchObject({ accuracy: 1, far: 0, frr: 0, eer: 0 });
  });
});

describe('halves', () => {
  it('share out the test windows person by person, and keep enrolment whole', () => {
    const [choose, report] = halves(verification) as VerificationData[];
    expect(choose!.test.windows.map(([v]) => v)).toEqual([0, 6]);
    expect(report!.test.windows.map(([v]) => v)).toEqual([2, 10]);
    expect([...report!.test.users]).toEqual([1, 2]);
    expect(choose!.enrol).toBe(verification.enrol);
  });
});
