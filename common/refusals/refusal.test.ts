import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { define } from './refusal.ts';

const unknown = define(
  'ESC999',
  (name: string) => `There is no "${name}".`,
  () => 'Look again.',
);

describe('a refusal', () => {
  it('has a number, what is wrong and the next step', () => {
    const refusal = unknown('x');
    expect(refusal.code).toBe('ESC999');
    expect(refusal.message).toBe('ESC999 There is no "x". Look again.');
  });

  it('shows control characters of the input as escapes', () => {
    expect(unknown('a\u001b[31m\nb\t').message).toContain('"a\\u001b[31m\\nb\\t"');
  });

  it('is one line whatever it names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(unknown(name).message).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});
