import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluator } from './expression.ts';
import { inTurn, isForm, lost, type Circumstances, type Form } from './value.ts';

const operators = [
  'add',
  'sub',
  'mul',
  'shl',
  'eq',
  'ne',
  'lt_s',
  'gt_s',
  'le_s',
  'ge_s',
  'lt_u',
  'gt_u',
  'le_u',
  'ge_u',
];
const form = fc.record({
  base: fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer()),
  step: fc.integer({ min: -40, max: 40 }).filter((s) => s !== 0),
});
const operand = fc.oneof(form, fc.integer({ min: -300, max: 300 }), fc.integer());

it('answers for all turns up to the horizon as one would turn by turn', () => {
  fc.assert(
    fc.property(fc.constantFrom(...operators), operand, operand, (op, a, b) => {
      fc.pre(isForm(a) || isForm(b));
      const value = evaluator({
        kind: 'operator',
        name: `i32.${op}`,
        args: [
          { kind: 'variable', index: 0 },
          { kind: 'variable', index: 1 },
        ],
      });
      // Forms come with the turns after which they leave 32 bits.
      const fits = (f: number | Form): number =>
        isForm(f) ? Math.floor(((f.step > 0 ? 2 ** 31 - 1 : -(2 ** 31)) - f.base) / f.step) + 1 : Infinity;
      const at: Circumstances = { readOnly: [], hits: new Set(), horizon: Math.min(fits(a), fits(b)) };
      const answer = value([a, b], at);
      if (answer === lost) return;
      expect(at.horizon).toBeGreaterThanOrEqual(1);
      const turns = [0, 1, 2, 3, 7, 40, at.horizon - 2, at.horizon - 1];
      for (const t of turns.filter((x) => x >= 0 && x < Math.min(at.horizon, 1e6)))
        expect(inTurn(answer, t)).toBe(
          value([inTurn(a, t), inTurn(b, t)], { readOnly: [], hits: new Set(), horizon: Infinity }),
        );
    }),
    { numRuns: 3000 },
  );
});
