import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPosition, parseFieldPath, type JsonPath } from './json-position.ts';

const text = `// a "file": {
{
  "a": 1, /* "b": 9 */
  "b": { "x": [10, { "y": "}]\\"" }, true], "1v8": null }
}
`;
const at = (path: JsonPath) => {
  const { line, column, start, end } = jsonPosition(text, path);
  return { line, column, value: text.slice(start, end) };
};

describe('the place of a value in a JSON file', () => {
  it('is found behind comments, strings and brackets', () => {
    expect(at(['a'])).toEqual({ line: 3, column: 8, value: '1' });
    expect(at(['b', 'x', 0]).value).toBe('10');
    expect(at(['b', 'x', 1, 'y'])).toEqual({ line: 4, column: 27, value: '"}]\\""' });
    expect(at(['b', 'x', 2]).value).toBe('true');
    expect(at(['b', '1v8']).value).toBe('null');
  });

  it('is that of the nearest ancestor when the value is missing', () => {
    expect(at(['b', 'missing', 'deep']).value).toMatch(/^\{ "x"/);
    expect(at(['a', 'below a number'])).toMatchObject({ line: 3, value: '1' });
    expect(at([]).value.startsWith('{')).toBe(true);
  });

  it('reads field paths as findings write them', () => {
    expect(parseFieldPath('cpu.active.operatingPoints[1].mhz')).toEqual([
      'cpu',
      'active',
      'operatingPoints',
      1,
      'mhz',
    ]);
    expect(parseFieldPath('(top)')).toEqual([]);
  });

  it('holds for every value of any JSON text', () => {
    const check = (whole: string, value: unknown, path: JsonPath): boolean => {
      const { start, end } = jsonPosition(whole, path);
      if (JSON.stringify(JSON.parse(whole.slice(start, end))) !== JSON.stringify(value)) return false;
      if (typeof value !== 'object' || value === null) return true;
      return Object.entries(value).every(([key, child]) =>
        check(whole, child, [...path, Array.isArray(value) ? Number(key) : key]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2), (value, indent) => {
        const whole = JSON.stringify(value, null, indent);
        return check(whole, JSON.parse(whole), []);
      }),
    );
  });
});
