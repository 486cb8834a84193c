import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SimulationResult, Verdict } from '../result.ts';
import { dominates, paretoFront, rateChoices } from './rate-choice.ts';

const result = (
  rateHz: number,
  mw: number,
  ms: number,
  eer: number | null,
  verdict: Verdict = 'pass',
  ram = 1000,
) =>
  ({
    board: 'b',
    runtime: 'r',
    rateHz,
    verdict,
    trainedForRate: eer !== null,
    power: { averageMw: { value: mw, low: mw, high: mw } },
    latencyMs: { value: ms, low: ms, high: ms },
    memory: { ramBytes: ram },
    accuracy: eer === null ? null : { fixed: { eer } },
  }) as SimulationResult;

const rates = (results: readonly SimulationResult[]) => results.map(({ rateHz }) => rateHz);

describe('the Pareto front over rates', () => {
  it('keeps a dearer rate only where it decides better', () => {
    const all = [result(20, 30, 200, 0.25), result(25, 31, 250, 0.24), result(64, 40, 640, 0.26)];
    expect(rates(paretoFront(all))).toEqual([20, 25]);
  });

  it('drops a rate without a trained model that is no cheaper than a trained one', () => {
    const all = [result(25, 31, 250, 0.24), result(128, 45, 1300, null), result(10, 20, 100, null)];
    expect(rates(paretoFront(all))).toEqual([25, 10]);
  });

  it('is never empty, has no member that another beats, and leaves out only what a member beats', () => {
    const any = fc.array(
      fc
        .tuple(
          fc.integer({ min: 1, max: 5 }),
          fc.integer({ min: 1, max: 5 }),
          fc.option(fc.integer({ min: 1, max: 5 })),
          fc.integer({ min: 1, max: 3 }),
        )
        .map(([mw, ms, eer, ram]) => result(1, mw, ms, eer, 'pass', ram)),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(any, (all) => {
        const front = paretoFront(all);
        expect(front.length).toBeGreaterThan(0);
        for (const member of front) expect(front.some((other) => dominates(other, member))).toBe(false);
        for (const out of all.filter((one) => !front.includes(one)))
          expect(front.some((member) => dominates(member, out))).toBe(true);
      }),
    );
  });
});

describe('the lowest rate that keeps every budget', () => {
  it('is named, with the lowest trained one and the lowest that may', () => {
    const [choice] = rateChoices([
      result(512, 60, 900, null, 'fail'),
      result(20, 30, 200, null, 'undecided'),
      result(25, 31, 250, null, 'pass'),
      result(50, 35, 400, 0.2, 'pass'),
    ]);
    expect(choice).toMatchObject({
      lowestPassingHz: 25,
      lowestTrainedPassingHz: 50,
      lowestUndecidedHz: 20,
    });
  });

  it('is null where every rate fails', () => {
    expect(rateChoices([result(20, 1, 1, 0.1, 'fail')])[0]).toMatchObject({
      paretoRatesHz: [20],
      lowestPassingHz: null,
      lowestTrainedPassingHz: null,
      lowestUndecidedHz: null,
    });
  });
});
