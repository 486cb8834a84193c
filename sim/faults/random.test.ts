import { describe, expect, it } from 'vitest';
import { seeded } from './random.ts';

describe('seeded random numbers', () => {
  it('are mulberry32: the first outputs of seed 0 as other implementations give them', () => {
    const { uniform } = seeded(0);
    expect([uniform(), uniform()].map((value) => Math.floor(value * 2 ** 32))).toEqual([1144304738, 1416247]);
  });

  it('repeat with the seed and differ without it', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seeded(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('have the moments of their distributions', () => {
    const random = seeded(3);
    const count = 20_000;
    const uniforms = Array.from({ length: count }, random.uniform);
    const normals = Array.from({ length: count }, random.normal);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / count;
    expect(mean(uniforms)).toBeCloseTo(0.5, 1);
    expect(Math.abs(mean(normals))).toBeLessThan(0.03);
    expect(mean(normals.map((value) => value * value))).toBeCloseTo(1, 1);
  });
});
