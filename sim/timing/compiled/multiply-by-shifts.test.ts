import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';
import { shiftsFor } from './multiply-by-shifts.ts';

// gcc 12.2 -O2 of `u32 f(u32 x) { return x * K; }`: additions of shifted registers (0: a multiplication), by core.
it.each([
  [3, 1, 0],
  [6, 2, 0],
  [7, 1, 0],
  [10, 2, 0],
  [11, 2, 0],
  [31, 1, 0],
  [60, 2, 0],
  [100, 0, 0],
  [257, 1, 0],
  [-3, 1, 0],
])('makes %i x of %i instructions on the Cortex-M4, %i on the Cortex-A7', (k, m4, a7) => {
  const of = (most: number) => shiftsFor(k, most)?.length ?? 0;
  expect(of(cores['cortex-m4'].shiftAdds)).toBe(m4);
  expect(of(cores['cortex-a7'].shiftAdds)).toBe(a7);
});

it('finds steps that make the multiple', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (multiple, x) => {
      const steps = shiftsFor(multiple, 2);
      if (!steps) return;
      const values = [x];
      for (const { a, shift, sign, b, other } of steps)
        values.push((sign * (values[a]! << shift) + (b === null ? 0 : other * values[b]!)) | 0);
      expect(values.at(-1)).toBe(Math.imul(multiple, x));
    }),
    { numRuns: 60 },
  );
});

describe('x * 31 + y', () => {
  const source = {
    params: ['i32', 'i32'],
    results: ['i32'],
    body: [['local.get', 0], ['i32.const', 31], ['i32.mul'], ['local.get', 1], ['i32.add']],
  } as Parameters<typeof listing>[0];
  const text = (core: 'cortex-m4' | 'cortex-a7') =>
    listing(source, [1, 2], buildFor(cores[core], false)).flatMap((b) => b.code);
  it('is rsb and add on the Cortex-M4, mla on the Cortex-A7', () => {
    expect(text('cortex-m4')).toContain('rsb shl #5');
    expect(text('cortex-m4')).not.toContain('mla');
    expect(text('cortex-a7')).toContain('mla');
  });
});
