import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add, addAll, blockKey, Choices, type Tally } from './tally.ts';

type Code = { block: number } | { all: Code[] } | { one: [Code, Code] } | { times: number; of: Code };
const { code } = fc.letrec<{ code: Code }>((tie) => ({
  code: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.record({ block: fc.nat(5) }),
    fc.record({ all: fc.array(tie('code'), { maxLength: 4 }) }),
    fc.record({ one: fc.tuple(tie('code'), tie('code')) }),
    fc.record({ times: fc.integer({ min: 1, max: 5 }), of: tie('code') }),
  ),
}));

function tallyOf(c: Code, choices: Choices): Tally {
  if ('one' in c) return choices.larger(tallyOf(c.one[0], choices), tallyOf(c.one[1], choices));
  const tally: Tally = new Map();
  if ('block' in c) add(tally, blockKey(3, c.block));
  else if ('all' in c) for (const part of c.all) addAll(tally, tallyOf(part, choices));
  else addAll(tally, tallyOf(c.of, choices), c.times);
  return tally;
}

function dearest(c: Code, prices: readonly number[]): number {
  if ('block' in c) return prices[c.block]!;
  if ('all' in c) return c.all.reduce((sum, part) => sum + dearest(part, prices), 0);
  if ('one' in c) return Math.max(dearest(c.one[0], prices), dearest(c.one[1], prices));
  return c.times * dearest(c.of, prices);
}

it('costs what the dearest ways cost, whatever blocks cost', () => {
  const prices = fc.array(fc.nat(100), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(code, prices, prices, (c, some, others) => {
      const choices = new Choices();
      const tally = tallyOf(c, choices);
      for (const p of [some, others])
        expect(choices.price(tally, (f, block) => (f === 3 ? p[block]! : NaN))).toBe(dearest(c, p));
    }),
    { numRuns: 500 },
  );
});
