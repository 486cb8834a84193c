import { describe, expect, it } from 'vitest';
import { claim, outcomeOf } from './claim.ts';

const at = (value: number, low = value, high = value) => ({ value, low, high });

describe('outcome of a claim', () => {
  it('is told by the central value first, then by the band', () => {
    expect(outcomeOf(at(53.2), [52.5, 53.5])).toBe('reproduced');
    expect(outcomeOf(at(60, 50, 70), [52.5, 53.5])).toBe('within the band');
    expect(outcomeOf(at(75), [39.5, 40.5])).toBe('not reproduced');
    expect(outcomeOf(at(0.1), [5, Infinity])).toBe('not reproduced');
    expect(outcomeOf(null, [0, Infinity])).toBe('not reproduced');
  });

  it('never calls a fitted claim reproduced', () => {
    const row = {
      system: 's',
      claim: 'c',
      published: '1',
      source: 'p',
      publishedOn: 'd',
      modelOn: 'm',
      unit: '%',
      range: [0, 2] as const,
    };
    expect(claim({ ...row, model: at(1), fitted: true }).outcome).toBe('fitted');
    expect(claim({ ...row, model: at(1) }).outcome).toBe('reproduced');
  });
});
