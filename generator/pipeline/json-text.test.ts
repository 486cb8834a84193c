import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from './json-text.ts';

const twice = (text: string): boolean => findJsonFault(text)?.kind === 'duplicate';

describe('findJsonFault', () => {
  it.each([
    ['', 1, 1, 'expected a value, found the end of the file'],
    ['nonsense', 1, 1, 'expected a value'],
    ['{"a": 1,}', 1, 9, 'expected a field name in double quotes'],
    ['{"a": 1\n "b": 2}', 2, 2, 'expected "," or "}"'],
    ['{\n  "a" 1\n}', 2, 7, 'expected ":"'],
    ['[1, 2', 1, 6, 'expected "," or "]", found the end of the file'],
    ['{"a": "x', 1, 7, 'a text in double quotes is not closed, or holds what must be escaped'],
    ['{"a": 01}', 1, 8, 'expected "," or "}"'],
    ['{} x', 1, 4, 'expected the end of the file'],
    ['['.repeat(200), 1, 102, 'nested deeper than 100 levels'],
  ])('finds the place in %j', (text, line, column, what) => {
    expect(findJsonFault(text)).toEqual({ line, column, what, kind: 'syntax' });
  });

  it('finds a field that stands twice, also when it is written with escapes', () => {
    expect(findJsonFault('{"a": 1,\n "b": {"c": 1}, "\\u0061": 2}')).toEqual({
      line: 2,
      column: 17,
      what: 'a',
      kind: 'duplicate',
    });
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '\u0001', 'e', '-', ' '))
      .map(([text, at, by]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + by + text.slice(place + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged, fc.string()), (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        if (!twice(text)) expect(findJsonFault(text) === undefined).toBe(parses);
      }),
      { numRuns: 2000 },
    );
  });
});
