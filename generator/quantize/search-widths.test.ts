import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeightBits } from '../emit/weight-type.ts';
import { mostCandidates, searchWidths } from './search-widths.ts';
import type { Widths, WidthTensor } from './widths.ts';

const tensor = (name: string, numbers: number, usual: WeightBits = 8): WidthTensor => ({
  name,
  kind: 'weights',
  usual,
  numbers,
});

/** Bytes of the weights, and an error to which each matrix adds its own for every bit that it lacks. */
const model = (tensors: readonly WidthTensor[], harm: Record<string, number>) => (widths: Widths) => ({
  bytes: tensors.reduce((sum, { name, numbers }) => sum + (numbers * widths[name]!) / 8, 0),
  error: tensors.reduce((sum, { name }) => sum + harm[name]! * (16 - widths[name]!), 0),
});

describe('searchWidths', () => {
  const tensors = [tensor('a', 100), tensor('b', 1000), tensor('c', 30, 16)];
  const search = (harm: Record<string, number>, limit: number) =>
    searchWidths(tensors, {
      evaluate: (widths) => Promise.resolve(model(tensors, harm)(widths)),
      objective: ({ bytes }) => bytes,
      acceptable: ({ error }) => error <= limit,
    });

  it('narrows what may be narrowed and leaves the rest', async () => {
    const { chosen } = await search({ a: 0, b: 1, c: 0 }, 8);
    expect(chosen.widths).toEqual({ a: 4, b: 8, c: 4 });
  });

  it('takes the largest matrix first when only one can be afforded', async () => {
    const { chosen, tried } = await search({ a: 1, b: 1, c: 1 }, 8 + 8 + 4);
    expect(chosen.widths).toEqual({ a: 8, b: 4, c: 16 });
    expect(tried[0]!.label).toBe('usual');
    expect(tried.map((c) => c.label)).toContain('uniform 4');
  });

  it('tries activations with 8 bits, among the weights, by what they save', async () => {
    const mixed = [...tensors, { ...tensor('h', 600, 16), kind: 'activations' as const }];
    const { chosen, tried } = await searchWidths(mixed, {
      evaluate: (widths) => Promise.resolve(model(mixed, { a: 0, b: 0, c: 0, h: 0 })(widths)),
      objective: ({ bytes }) => bytes,
      acceptable: () => true,
    });
    expect(chosen.widths).toEqual({ a: 4, b: 4, c: 4, h: 8 });
    // 8 x 600 bits, 4 x 1000, 4 x 100, 12 x 30.
    const labels = tried.map(({ label }) => label);
    expect(labels.slice(1, 5)).toEqual(['uniform 4', 'uniform 8', 'uniform 16', 'uniform 8, activations 8']);
    expect(labels.slice(5, 7)).toEqual(['h 8', 'b 4']);
    expect(tried.every(({ widths }) => widths['h'] !== 4)).toBe(true);
    expect(tried.length).toBeLessThanOrEqual(mostCandidates(mixed));
  });

  it('leaves alone what saves less than half a percent', async () => {
    const uneven = [tensor('large', 1000), tensor('small', 9)];
    const { chosen } = await searchWidths(uneven, {
      evaluate: (widths) => Promise.resolve(model(uneven, { large: 1, small: 0 })(widths)),
      objective: ({ bytes }) => bytes,
      acceptable: ({ error }) => error <= 8,
    });
    expect(chosen.widths).toEqual({ large: 8, small: 8 });
  });

  it('returns the usual widths when they are not acceptable and nothing else is', async () => {
    expect((await search({ a: 1, b: 1, c: 1 }, -1)).chosen.label).toBe('usual');
  });

  it('never chooses what is not acceptable, nor what is worse than an acceptable start', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }),
        fc.nat({ max: 500 }),
        async ([a, b, c], limit) => {
          const { chosen, tried } = await search({ a: a!, b: b!, c: c! }, limit);
          const [start] = tried;
          if (start!.found.error <= limit) {
            expect(chosen.found.error).toBeLessThanOrEqual(limit);
            expect(chosen.found.bytes).toBeLessThanOrEqual(start!.found.bytes);
          }
          expect(tried.length).toBeLessThanOrEqual(mostCandidates(tensors));
          expect(new Set(tried.map((t) => JSON.stringify(t.widths))).size).toBe(tried.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
