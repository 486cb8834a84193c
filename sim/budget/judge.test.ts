import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exact, type Estimate } from '../../common/estimate.ts';
import { judge, verdictOf } from './judge.ts';

const severity = { pass: 0, undecided: 1, fail: 2 };

describe('judge', () => {
  it('passes when the whole band keeps the limit, fails when the whole band breaks it', () => {
    const band = { value: 400, low: 300, high: 500 };
    expect(judge(500, band, 'at-most')).toBe('pass');
    expect(judge(499, band, 'at-most')).toBe('undecided');
    expect(judge(300, band, 'at-most')).toBe('undecided');
    expect(judge(299, band, 'at-most')).toBe('fail');
    expect(judge(300, band, 'at-least')).toBe('pass');
    expect(judge(301, band, 'at-least')).toBe('undecided');
    expect(judge(501, band, 'at-least')).toBe('fail');
  });

  it('takes a limit with a band of its own', () => {
    const limit = { value: 100, low: 80, high: 120 };
    expect(judge(limit, exact(80), 'at-most')).toBe('pass');
    expect(judge(limit, exact(100), 'at-most')).toBe('undecided');
    expect(judge(limit, exact(121), 'at-most')).toBe('fail');
  });

  it('decides nothing about what is not a number', () => {
    expect(judge(100, { value: Number.NaN, low: Number.NaN, high: Number.NaN }, 'at-most')).toBe('undecided');
    expect(judge(Number.NaN, { value: 1, low: 1, high: 1 }, 'at-least')).toBe('undecided');
  });

  const number = fc.double({ min: 0, max: 1000, noNaN: true });
  const band = fc.tuple(number, number, number).map((ends): Estimate => {
    const [low, value, high] = ends.sort((a, b) => a - b) as [number, number, number];
    return { low, value, high };
  });
  const direction = fc.constantFrom('at-most' as const, 'at-least' as const);

  it('is monotone in the limit: a looser limit never makes a verdict worse', () => {
    fc.assert(
      fc.property(band, number, number, direction, (actual, a, b, way) => {
        const [tight, loose] = (way === 'at-most') === a < b ? [a, b] : [b, a];
        return severity[judge(loose, actual, way)] <= severity[judge(tight, actual, way)];
      }),
    );
  });

  it('never turns fail into pass, or pass into fail, by widening a band', () => {
    fc.assert(
      fc.property(band, number, number, number, direction, (actual, limit, below, above, way) => {
        const wider = { ...actual, low: actual.low - below, high: actual.high + above };
        const [before, after] = [judge(limit, actual, way), judge(limit, wider, way)];
        return before === after || after === 'undecided';
      }),
    );
  });
});

const of = (...verdicts: ('pass' | 'fail' | 'undecided')[]) =>
  verdictOf(verdicts.map((verdict) => ({ verdict })));

describe('verdictOf', () => {
  it('takes the worst', () => {
    expect(of()).toBe('pass');
    expect(of('pass', 'pass')).toBe('pass');
    expect(of('pass', 'undecided')).toBe('undecided');
    expect(of('undecided', 'fail', 'pass')).toBe('fail');
  });
});
