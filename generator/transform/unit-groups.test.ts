import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenSizes, groupUnits } from './unit-groups.ts';

/** Symmetric, from the upper triangle. */
const symmetric = (count: number, entry: (u: number, v: number) => number): Float64Array =>
  Float64Array.from({ length: count * count }, (_, at) => {
    const [u, v] = [Math.floor(at / count), at % count];
    return u === v ? 0 : entry(Math.min(u, v), Math.max(u, v));
  });

const inside = (affinity: Float64Array, group: Int32Array): number => {
  let sum = 0;
  group.forEach((g, u) => group.forEach((h, v) => (sum += g === h ? affinity[u * group.length + v]! : 0)));
  return sum;
};

describe('groupUnits', () => {
  it('finds two cliques that lie scattered', () => {
    const clique = [0, 1, 0, 1, 1, 0, 0, 1];
    const affinity = symmetric(8, (u, v) => (clique[u] === clique[v] ? 1 : 0.1));
    const group = groupUnits(affinity, [4, 4]);
    expect(new Set(clique.map((c, u) => `${c} ${group[u]}`)).size).toBe(2);
  });

  it('keeps the sizes, and never less inside than groups in order would', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 2, max: 4 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (count, k, numbers) => {
          const sizes = evenSizes(count, k);
          const values = new Map<string, number>();
          const affinity = symmetric(count, (u, v) => {
            const key = `${u} ${v}`;
            if (!values.has(key)) values.set(key, numbers.next().value as number);
            return values.get(key)!;
          });
          const group = groupUnits(affinity, sizes);
          sizes.forEach((size, g) => expect(group.filter((x) => x === g).length).toBe(size));
          const inOrder = Int32Array.from(sizes.flatMap((size, g) => new Array<number>(size).fill(g)));
          expect(inside(affinity, group)).toBeGreaterThanOrEqual(inside(affinity, inOrder) - 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});
