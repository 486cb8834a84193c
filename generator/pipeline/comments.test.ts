import { describe, expect, it } from 'vitest';
import { blankComments } from './comments.ts';
import { parsePipeline } from './load.ts';

describe('blankComments', () => {
  it.each([
    ['{ // a\n "b": 1 }', '{     \n "b": 1 }'],
    ['{ /* a\n b */ "c": 1 }', '{     \n      "c": 1 }'],
    ['{ "a": "// no /* comment */" }', '{ "a": "// no /* comment */" }'],
    ['{ "a": "\\"// no" } // yes', '{ "a": "\\"// no" }       '],
    ['{ /* never ends', '{ /* never ends'],
  ])('%j', (text, expected) => {
    expect(blankComments(text)).toBe(expected);
  });

  it('keeps the place of a fault behind a comment (ESC202)', () => {
    expect(() => parsePipeline('{\n  // a comment\n  "name" 1\n}', 'p.json')).toThrow(
      /ESC202 p\.json, line 3, column 10/,
    );
  });
});
