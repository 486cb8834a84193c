import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countedLoop, timesHeld } from './counted-loop.ts';
import { evaluator, type Expression } from './expression.ts';
import type { Item } from './item.ts';

const variable = (index: number): Expression => ({ kind: 'variable', index });
const constant = (value: number): Expression => ({ kind: 'constant', value });

/** loop { i += step; br_if 0 (i compare n) } over variables i, n. */
function loopOf(step: number, compare: string): Item[] {
  const next: Expression = { kind: 'operator', name: 'i32.add', args: [variable(0), constant(step)] };
  const test: Expression = { kind: 'operator', name: `i32.${compare}`, args: [variable(0), variable(1)] };
  return [
    { kind: 'assign', variable: 0, expression: next, value: evaluator(next), chooses: false },
    { kind: 'branchIf', expression: test, condition: evaluator(test), depth: 0 },
  ];
}

it('says how often a comparison holds as counting does', () => {
  const up = fc.constantFrom('lt_s', 'le_s', 'lt_u', 'le_u');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), up, fc.nat(200), fc.nat(2000), (step, compare, from, to) => {
      const body = loopOf(step, compare);
      const start = [from, to];
      const times = timesHeld(countedLoop(body)!, start);
      let i = from;
      let held = 0;
      for (;;) {
        i += step;
        if (compare.startsWith('lt') ? i < to : i <= to) held++;
        else break;
      }
      expect([times, start[0]]).toEqual([held, i]);
    }),
  );
});

it('leaves alone what does not only count', () => {
  expect(countedLoop(loopOf(1, 'ne'))).toBeUndefined();
  expect(timesHeld(countedLoop(loopOf(1, 'lt_s'))!, [undefined, 5])).toBeUndefined();
  // It would only end by wrapping around.
  expect(timesHeld(countedLoop(loopOf(-1, 'lt_s'))!, [0, 5])).toBeUndefined();
});
