import { describe, expect, it } from 'vitest';
import { Predictor } from './predictor.ts';

const misses = (p: Predictor, sites: readonly number[], rounds: number): number => {
  let missed = 0;
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < sites.length; i++) if (p.jump(sites[i]!, sites[(i + 1) % sites.length]!)) missed++;
  return missed;
};

describe('a table of the last targets of indirect jumps', () => {
  it('learns a loop of as many jumps as it has entries', () => {
    expect(misses(new Predictor(8, 8), [1, 2, 3, 4, 5, 6, 7, 8], 100)).toBe(8);
  });

  it('learns nothing of a loop of one jump more, since the oldest is always the next', () => {
    expect(misses(new Predictor(8, 8), [1, 2, 3, 4, 5, 6, 7, 8, 9], 100)).toBe(900);
  });

  it('misses a jump that goes to two places in turn', () => {
    expect(misses(new Predictor(8, 8), [1, 1, 2], 100)).toBeGreaterThanOrEqual(200);
  });

  it('misses all again after other code', () => {
    const p = new Predictor(8, 8);
    misses(p, [1, 2, 3], 10);
    p.forget();
    expect(misses(p, [1, 2, 3], 10)).toBe(3);
  });
});

describe('conditional branches', () => {
  it('learns a pattern that its history tells apart', () => {
    const p = new Predictor(8, 8);
    let late = 0;
    for (let i = 0; i < 400; i++) if (p.branch(1, i % 5 === 4) && i >= 200) late++;
    expect(late).toBe(0);
  });
});
