import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitLength, divideRound, fits64, isqrt, roundShift, saturate16 } from './integer.ts';

const big = (max: bigint) => fc.bigInt({ min: -max, max });

describe('integer', () => {
  it('roots downwards: r^2 <= v 4^fraction < (r + 1)^2', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        fc.integer({ min: 0, max: 28 }),
        (v, fraction) => {
          const root = isqrt(v, fraction);
          const target = v << BigInt(2 * fraction);
          expect(root * root <= target && (root + 1n) * (root + 1n) > target).toBe(true);
        },
      ),
    );
  });

  it('rounds to nearest, ties toward +infinity', () => {
    expect([-3n, -2n, -1n, 1n, 2n, 3n].map((x) => roundShift(x, 1n))).toEqual([-1n, -1n, 0n, 1n, 1n, 2n]);
    fc.assert(
      fc.property(big(2n ** 62n), fc.bigInt({ min: 0n, max: 60n }), (x, shift) => {
        const twice = 2n * ((roundShift(x, shift) << shift) - x);
        expect(twice <= 1n << shift && twice > -(1n << shift)).toBe(true);
      }),
    );
  });

  it('divides to nearest, ties upwards', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 62n }), fc.bigInt({ min: 1n, max: 2n ** 40n }), (n, d) => {
        const twice = 2n * (divideRound(n, d) * d - n);
        expect(twice <= d && twice > -d).toBe(true);
      }),
    );
  });

  it('saturates, measures and refuses', () => {
    expect([-40000n, -32768n, 0n, 32767n, 40000n].map(saturate16)).toEqual([-32768, -32768, 0, 32767, 32767]);
    expect([0n, 1n, 2n, 255n, 256n].map(bitLength)).toEqual([0, 1, 2, 8, 9]);
    expect(fits64(2n ** 63n - 1n, 'x')).toBe(2n ** 63n - 1n);
    expect(() => fits64(2n ** 63n, 'the sum')).toThrow(/the sum does not fit 64 bits/);
  });
});
