import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, canonicalJson } from './canonical.ts';
import { rounded } from './round.ts';

describe('canonicalJson', () => {
  it('sorts keys, indents by two and ends with a line feed', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true, gone: undefined })).toBe(
      '{\n  "a": true,\n  "b": [\n    1,\n    {\n      "c": "x",\n      "d": null\n    }\n  ]\n}\n',
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string())), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        return canonicalJson(value) === canonicalJson(reversed);
      }),
    );
  });

  it('is a fixed point', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const once = canonicalJson(value);
        return canonicalJson(JSON.parse(once)) === once;
      }),
    );
  });

  it('refuses what JSON cannot say, and names the place', () => {
    expect(() => canonicalJson({ battery: [{ hours: Number.POSITIVE_INFINITY }] })).toThrow(
      'battery[0].hours is Infinity',
    );
    expect(() => canonical({ a: Number.NaN })).toThrow('a is NaN');
    expect(() => canonical({ a: () => 1 })).toThrow('a is a function');
  });
});

describe('rounded', () => {
  it('keeps integers and cuts the rest to six digits', () => {
    expect([1_234_567_890, -0, 0.1 + 0.2, 123.456789].map((value) => rounded(value, ''))).toEqual([
      1_234_567_890, 0, 0.3, 123.457,
    ]);
  });

  it('keeps order, so a band still holds its value', () => {
    const figure = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(fc.property(figure, figure, (a, b) => (a <= b ? rounded(a, '') <= rounded(b, '') : true)));
  });
});
