import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from './width.ts';
import { wrap } from './wrap.ts';

describe('wrap', () => {
  it('indents what follows the first line', () => {
    expect(wrap('one two three four', 11, { first: '- ' })).toEqual(['- one two', '  three', '  four']);
  });

  it('keeps every word in order and no line too wide, unless a word alone is', () => {
    const word = fc.stringMatching(/^[a-zµ手]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 26, max: 60 }), (words, width) => {
        const lines = wrap(words.join(' '), width, { first: '[1] ' });
        const back = lines.map((line) => line.slice(4)).join(' ');
        return back === words.join(' ') && lines.every((line) => displayWidth(line) <= Math.max(width, 28));
      }),
    );
  });
});
