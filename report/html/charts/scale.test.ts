import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, linear, linearTicks, logarithmic, logDomain, logTicks, spread } from './scale.ts';

describe('scales', () => {
  it('map the ends of the domain to the ends of the range', () => {
    const x = linear([0, 50], [10, 110]);
    expect([x(0), x(25), x(50)]).toEqual([10, 60, 110]);
    const y = logarithmic([1, 1000], [300, 0]);
    expect([y(1), y(1000)].map(Math.round)).toEqual([300, 0]);
    expect(Math.round(y(10))).toBe(200);
    expect(y(0)).toBe(300);
  });

  it('survive a domain of one point', () => {
    expect(linear([5, 5], [0, 100])(5)).toBe(0);
    expect(logarithmic([5, 5], [0, 100])(5)).toBe(0);
    expect(logDomain([])).toEqual([1, 10]);
  });
});

describe('ticks', () => {
  it('are round', () => {
    expect(linearTicks(90)).toEqual([0, 25, 50, 75]);
    expect(linearTicks(0)).toEqual([0]);
    expect(logTicks([0.5, 2000])).toEqual([1, 10, 100, 1000]);
    expect(logTicks([8, 60])).toEqual([10, 20, 50]);
  });

  it('stay inside the domain', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: 1.1, max: 1e6, noNaN: true }),
        (low, factor) => logTicks([low, low * factor]).every((tick) => tick >= low && tick <= low * factor),
      ),
    );
  });
});

describe('spread', () => {
  it('moves labels apart and keeps their order', () => {
    const limits = [0, 200] as const;
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 10 }),
        (positions) => {
          const moved = spread(positions, 14, limits);
          const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!);
          const gaps = order.slice(1).map((index, i) => moved[index]! - moved[order[i]!]!);
          return gaps.every((gap) => gap > 13.999) && moved.every((y) => y > -0.001 && y < 200.001);
        },
      ),
    );
  });
});

describe('at', () => {
  it('writes one decimal and no negative zero', () => {
    expect([1.25, -0.01, 3, 2.96].map(at)).toEqual(['1.3', '0', '3', '3']);
  });
});
