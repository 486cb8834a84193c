import { describe, expect, it } from 'vitest';
import { inTurns } from '../../bench/rounds.ts';

describe('inTurns', () => {
  it('lets contenders take turns, batch by batch, after each has warmed up', async () => {
    const order: string[] = [];
    const contenders = ['a', 'b'].map((name) => ({ name, run: () => void order.push(name) }));
    const times = await inTurns(contenders, { rounds: 2, calls: 2, warmUp: 1 });
    expect(order.join('')).toBe('abaabbaabb');
    expect(times.map((t) => t.name)).toEqual(['a', 'b']);
    for (const t of times) expect(t.lowerMs <= t.medianMs && t.medianMs <= t.upperMs).toBe(true);
  });

  it('waits for what is asynchronous', async () => {
    let running = 0;
    const run = async () => {
      expect((running += 1)).toBe(1);
      await Promise.resolve();
      running -= 1;
    };
    await inTurns([{ name: 'a', run }], { rounds: 2, calls: 3, warmUp: 2 });
  });
});
