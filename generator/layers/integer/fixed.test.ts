import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../compile/compile-kernel.ts';
import type { Block, Program } from '../../emit/program.ts';
import {
  divideRound,
  multiplyShift,
  requantize,
  rescale16,
  roundShift32,
  roundShiftSplit,
  saturate16,
} from './fixed.ts';

/** The law in exact integers: floor((x + 2^(shift-1)) / 2^shift), BigInt's >> being a floor. */
const roundShiftExact = (x: bigint, shift: number): bigint =>
  (x + (shift > 0 ? 1n << BigInt(shift - 1) : 0n)) >> BigInt(shift);
const clamp16 = (x: bigint): number => Number(x < -32768n ? -32768n : x > 32767n ? 32767n : x);
const fits32 = (x: bigint): boolean => x >= -(2n ** 31n) && x < 2n ** 31n;

const i32 = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(-(2 ** 31), -(2 ** 31) + 1, -1, 0, 1, 2 ** 31 - 1),
);
const multiplier = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  fc.constantFrom(0, 1, 2 ** 30, 2 ** 31 - 1),
);
const i16 = fc.integer({ min: -32768, max: 32767 });

describe('fixed-point primitives against exact integers', () => {
  it('multiplyShift is exact wherever the result fits 32 bits', () => {
    fc.assert(
      fc.property(i32, multiplier, fc.integer({ min: 0, max: 62 }), (a, m, shift) => {
        const exact = roundShiftExact(BigInt(a) * BigInt(m), shift);
        fc.pre(fits32(exact));
        expect(multiplyShift(a, m, shift) + 0).toBe(Number(exact));
        expect(requantize(a, m, shift) + 0).toBe(clamp16(exact));
      }),
      { numRuns: 2000 },
    );
  });

  it('two products join with one rounding', () => {
    fc.assert(
      fc.property(
        i32,
        multiplier,
        i32,
        multiplier,
        fc.integer({ min: 0, max: 61 }),
        (a, ma, b, mb, shift) => {
          const exact = roundShiftExact(BigInt(a) * BigInt(ma) + BigInt(b) * BigInt(mb), shift);
          fc.pre(fits32(exact));
          const high = a * (ma >>> 16) + b * (mb >>> 16);
          const low = a * (ma & 0xffff) + b * (mb & 0xffff);
          expect(roundShiftSplit(high, low, shift) + 0).toBe(Number(exact));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('roundShift32 and rescale16 stay in 32 bits', () => {
    fc.assert(
      fc.property(i16, fc.integer({ min: 0, max: 32767 }), fc.integer({ min: 0, max: 30 }), (x, m, shift) => {
        const exact = roundShiftExact(BigInt(x) * BigInt(m), shift);
        expect(roundShift32(x * m, shift) + 0).toBe(Number(exact));
        expect(rescale16(x, m, shift) + 0).toBe(clamp16(exact));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [5, 1, 3],
    [-5, 1, -2],
    [6, 2, 2],
    [-6, 2, -1],
  ])('rounds ties toward +infinity: %i / 2^%i = %i', (x, shift, rounded) => {
    expect(roundShift32(x, shift)).toBe(rounded);
    expect(multiplyShift(x, 1, shift)).toBe(rounded);
  });

  it.each([
    [7, 2, 4],
    [-7, 2, -4],
    [-5, 3, -2],
    [1, 3, 0],
  ])('divides ties away from zero: %i / %i = %i', (n, d, rounded) => {
    expect(divideRound(n, d) + 0).toBe(rounded);
  });

  it('saturates to 16 bits', () => {
    expect([-32769, -32768, 32767, 32768].map(saturate16)).toEqual([-32768, -32768, 32767, 32767]);
  });
});

describe('fixed-point primitives in the kernel', () => {
  const cases = 500;
  const blocks: Block[] = ['a', 'm', 'shift', 'wide', 'narrow', 'quotient'].map((name) => ({
    name,
    type: 'i32',
    length: cases,
    kind: 'io',
    note: '',
  }));
  const program: Program = {
    name: 'fixed',
    blocks,
    stages: [
      {
        name: 'all',
        title: 'primitives on every case',
        blocks: blocks.map((b) => b.name),
        uses: { fixed: ['multiplyShift', 'requantize', 'divideRound'] },
        body: [
          `for (let k: usize = 0; k < ${4 * cases}; k += 4) {`,
          '  const a = load<i32>($a + k), m = load<i32>($m + k), shift = load<i32>($shift + k);',
          '  store<i32>($wide + k, multiplyShift(a, m, shift));',
          '  store<i32>($narrow + k, requantize(a, m, shift));',
          '  store<i32>($quotient + k, <i32>divideRound(a, m | 1));',
          '}',
        ],
        returns: 'void',
        macs: 0,
        proofs: [],
        run: () => {},
      },
    ],
    entries: [{ name: 'model', stages: ['all'] }],
  };

  it('give the same bits as the reference', async () => {
    const { wasm, plan } = await compileKernel(
      program,
      {
        rateHz: 1,
        windowSeconds: 1,
        hopSeconds: 1,
        steps: 1,
        channels: [],
        trainedForRate: true,
        decision: { kind: 'argmax', classes: 1 },
        io: { modelInput: 'a', modelOutput: 'wide' },
      },
      { generator: 'test' },
    );
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    const cells = (name: string): Int32Array =>
      new Int32Array(
        (exports.memory as WebAssembly.Memory).buffer,
        plan.placements.get(name)!.address,
        cases,
      );
    const samples = fc
      .sample(fc.tuple(i32, multiplier, fc.integer({ min: 0, max: 62 })), { numRuns: 40 * cases, seed: 1 })
      .filter(([a, m, shift]) => fits32(roundShiftExact(BigInt(a) * BigInt(m), shift)))
      .slice(0, cases);
    expect(samples.length).toBe(cases);
    samples.forEach(([a, m, shift], k) => {
      cells('a')[k] = a;
      cells('m')[k] = m;
      cells('shift')[k] = shift;
    });
    (exports.model as () => void)();
    samples.forEach(([a, m, shift], k) => {
      expect(cells('wide')[k]).toBe(multiplyShift(a, m, shift) + 0);
      expect(cells('narrow')[k]).toBe(requantize(a, m, shift) + 0);
      expect(cells('quotient')[k]).toBe(divideRound(a, m | 1) + 0);
    });
  });
});
