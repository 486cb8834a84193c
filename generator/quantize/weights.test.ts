import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotFour, dotOne } from '../layers/integer/dot.ts';
import { compensation, roundCompensated } from './compensation.ts';
import { addSample, createGram, moment } from './gram.ts';
import { interleaveRows, quantizeRow, rowBound, type QuantizedRow } from './weights.ts';
import { random } from '../layers/testing.ts';

const weight = fc.double({ min: -10, max: 10, noNaN: true });

/** Weights and bias that a row stands for, when one step of the input is 1e-6. */
const real = ({ weights, bias, scale }: QuantizedRow): number[] => [
  ...Array.from(weights, (w) => w * scale),
  bias * scale * 1e-6,
];

/** Correlated inputs with a mean: a random walk over features. */
const samples = (seed: number, count: number, size: number): Float64Array[] => {
  const r = random(seed);
  return Array.from({ length: count }, () => {
    let level = r.uniform();
    return Float64Array.from({ length: size + 1 }, (_, k) => (k === size ? 1 : (level += r.uniform(0.3))));
  });
};
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((s, v, k) => s + v * b[k], 0);

describe('quantizeRow', () => {
  it('rounds to nearest with the largest weight at 127, and the bias in the accumulator scale', () => {
    const [row] = quantizeRow([{ weights: [0.5, -1, 0.25], inputScale: 0.001 }], 2);
    expect([...row.weights]).toEqual([64, -127, 32]);
    expect(row.scale).toBe(1 / 127);
    expect(row.bias).toBe(Math.round(2 / (0.001 / 127)));
  });

  it('keeps a large bias over tiny weights inside half the accumulator', () => {
    const [row] = quantizeRow([{ weights: [1e-12, -1e-12], inputScale: 1e-4 }], 5);
    expect(Math.abs(row.bias)).toBeLessThanOrEqual(2 ** 30);
    expect(row.bias * row.scale * 1e-4).toBeCloseTo(5, 6);
  });

  it('makes a row of zeros out of zeros', () => {
    const [row] = quantizeRow([{ weights: [0, 0], inputScale: 0.1 }], 0);
    expect(row).toEqual({ weights: new Int16Array(2), scale: 0, bias: 0 });
  });

  it('is bounded by no input that exceeds rowBound', () => {
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 1, maxLength: 20 }),
        weight,
        fc.integer(),
        (weights, bias, seed) => {
          const [row] = quantizeRow([{ weights, inputScale: 0.01 }], bias);
          const r = random(seed);
          const bound = rowBound(row, 32768);
          const worst = row.weights.reduce((sum, w) => sum + w * (w < 0 ? -32768 : 32767), row.bias);
          const any = row.weights.reduce((sum, w) => sum + w * r.integer(-32768, 32767), row.bias);
          expect(Math.abs(worst)).toBeLessThanOrEqual(bound);
          expect(Math.abs(any)).toBeLessThanOrEqual(bound);
        },
      ),
    );
  });
});

describe('interleaveRows', () => {
  it('lays rows out as dotFour and dotOne read them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 9 }), (count, inputs) => {
        const r = random(count * 100 + inputs);
        const rows = Array.from(
          { length: count },
          () => quantizeRow([{ weights: r.array(inputs), inputScale: 1 }], 0)[0],
        );
        const x = Int16Array.from({ length: inputs }, () => r.uniform(30000));
        const expected = rows.map((row) => row.weights.reduce((sum, w, k) => sum + w * x[k], 0));
        const w = interleaveRows(rows, inputs);
        const sums = new Int32Array(count);
        const blocked = count & ~3;
        for (let b = 0; b < blocked; b += 4) dotFour(x, 0, w, b * inputs, inputs, sums, b);
        for (let k = blocked; k < count; k++) sums[k] = dotOne(x, 0, w, k * inputs, inputs);
        expect([...sums]).toEqual(expected);
      }),
    );
  });
});

describe('rounding with compensation', () => {
  it('leaves far less error in the products than rounding to nearest', () => {
    const size = 24;
    const seen = samples(1, 500, size);
    const gram = createGram(size);
    for (const v of seen) addSample(gram, v);
    const rounding = compensation(gram)!;
    const fresh = samples(2, 500, size);
    const r = random(3);
    let [nearest, compensated] = [0, 0];
    for (let row = 0; row < 20; row++) {
      const weights = r.array(size);
      const exact = [...weights, 0.5];
      const part = { weights, inputScale: 1e-6 };
      const [a] = quantizeRow([part], 0.5);
      const [b] = quantizeRow([part], 0.5, rounding);
      for (const v of fresh) {
        nearest += (dot(real(a), v) - dot(exact, v)) ** 2;
        compensated += (dot(real(b), v) - dot(exact, v)) ** 2;
      }
    }
    expect(compensated).toBeLessThan(nearest / 4);
  });

  it('changes nothing when every weight is a multiple of its scale', () => {
    const gram = createGram(6);
    for (const v of samples(4, 50, 6)) addSample(gram, v);
    const row = Float64Array.of(3, -2, 0, 7, 127, -127, 0.25);
    const rounded = roundCompensated(
      Float64Array.from(row),
      new Float64Array(6).fill(1),
      127,
      compensation(gram)!,
    );
    expect([...rounded]).toEqual([3, -2, 0, 7, 127, -127]);
  });

  it('never passes the limit', () => {
    const gram = createGram(5);
    for (const v of samples(5, 50, 5)) addSample(gram, v);
    const r = random(6);
    for (let k = 0; k < 50; k++) {
      const [row] = quantizeRow([{ weights: r.array(5), inputScale: 1 }], 0, compensation(gram));
      for (const w of row.weights) expect(Math.abs(w)).toBeLessThanOrEqual(127);
    }
  });

  it('has nothing to say without samples, or when all inputs are zero', () => {
    expect(compensation(createGram(3))).toBeUndefined();
    const gram = createGram(3);
    addSample(gram, Float64Array.of(0, 0, 0, 1));
    expect(compensation(gram)).toBeUndefined();
  });

  it("the upper factor is the inverse of the moments: U H U' = 1 up to the damping", () => {
    const size = 8;
    const gram = createGram(size);
    for (const v of samples(7, 200, size)) addSample(gram, v);
    const { upper, size: n } = compensation(gram)!;
    let trace = 0;
    for (let k = 0; k < size; k++) trace += moment(gram, k, k);
    const damping = (0.01 * trace) / size;
    // H^-1 = U' U, so (H + damping) (U' U) is the identity.
    for (let r = 0; r < n; r++)
      for (let c = 0; c < n; c++) {
        let sum = 0;
        for (let k = 0; k < n; k++) {
          let inverse = 0;
          for (let j = 0; j < n; j++) inverse += upper[j * n + k] * upper[j * n + c];
          sum += (moment(gram, r, k) + (r === k ? damping : 0)) * inverse;
        }
        expect(sum).toBeCloseTo(r === c ? 1 : 0, 6);
      }
  });
});
