import { describe, expect, it } from 'vitest';
import { JsonSyntaxError, parseJsonc } from './jsonc.ts';

describe('JSON with comments', () => {
  it('drops comments outside strings only', () => {
    const text = '{ // one\n "a": "http://x/*y*/", /* two\n lines */ "b": "\\"//" }';
    expect(parseJsonc(text)).toEqual({ a: 'http://x/*y*/', b: '"//' });
  });

  it('keeps line and column of a fault behind comments', () => {
    const text = '{\n  // first\n  /* a\n b */ "a": 1,\n  "b" 2\n}';
    try {
      parseJsonc(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(JsonSyntaxError);
      expect((error as JsonSyntaxError).line).toBe(5);
      expect((error as JsonSyntaxError).column).toBe(7);
    }
  });

  it.each([
    ['{ "id": }', 1, 9],
    ['{\n  "a": [1, 2,],\n  "b": 3\n}', 2, 14],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{ "a": tru }', 1, 8],
    ['{ "a": "x\\q" }', 1, 8],
    ['{ "a": 1 } x', 1, 12],
    ["{ 'a': 1 }", 1, 3],
  ])('finds the fault of %j', (text, line, column) => {
    try {
      parseJsonc(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: 'JsonSyntaxError', line, column });
      expect((error as Error).message).not.toMatch(/position|is not valid JSON/);
    }
  });

  it('places a fault of a cut-off file at its end', () => {
    expect(() => parseJsonc('{\n"a": 1')).toThrow(JsonSyntaxError);
    expect(() => parseJsonc('')).toThrow(JsonSyntaxError);
  });
});
