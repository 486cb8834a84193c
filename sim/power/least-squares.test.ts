import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSquares } from './least-squares.ts';

/** Intercept and slope of a line through points. */
const line = (all: readonly (readonly [number, number])[]) =>
  leastSquares(([a, b]) => all.map(([x, y]) => a! + b! * x - y), [1, 1]);

describe('least squares', () => {
  it('solves a line through two points exactly, and fits one through four as the formula says', () => {
    const points = [
      [1, 3],
      [2, 5],
    ] as const;
    expect(line(points).unknowns[0]).toBeCloseTo(1, 8);
    expect(line(points).unknowns[1]).toBeCloseTo(2, 8);
    // x 0..3, y 1, 2, 2, 4: slope 0.9, intercept 0.9 by the normal equations.
    const four = line([
      [0, 1],
      [1, 2],
      [2, 2],
      [3, 4],
    ]);
    expect(four.unknowns[0]).toBeCloseTo(0.9, 7);
    expect(four.unknowns[1]).toBeCloseTo(0.9, 7);
    expect(four.determined).toBe(true);
  });

  it('finds products as well as sums', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 20, noNaN: true }),
        fc.double({ min: 0.2, max: 20, noNaN: true }),
        (a, b) => {
          const found = leastSquares(([p, q]) => [p! * q! - a * b, p! + 3 - (a + 3)], [1, 1]);
          expect(found.unknowns[0]! / a).toBeCloseTo(1, 5);
          expect(found.unknowns[1]! / b).toBeCloseTo(1, 5);
        },
      ),
    );
  });

  it('says when the measurements do not tell the unknowns apart', () => {
    expect(leastSquares(([a, b]) => [a! + b! - 3, 2 * (a! + b!) - 6], [1, 1]).determined).toBe(false);
    expect(leastSquares(() => [1], [1]).determined).toBe(false);
  });
});
