import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, pad, plain } from './width.ts';

describe('displayWidth', () => {
  it('counts cells, not code units', () => {
    const known: [string, number][] = [
      ['abc', 3],
      ['µW', 2],
      ['✓ ✗ ?', 5],
      ['e\u0301', 1],
      ['手表', 4],
      ['ｗａｓｍ', 8],
      ['⌚', 2],
      ['\u001b[32mok\u001b[39m', 2],
      ['', 0],
    ];
    for (const [text, width] of known) expect([text, displayWidth(text)]).toEqual([text, width]);
  });

  it('is additive', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        (a, b) => displayWidth(`${a} ${b}`) === displayWidth(a) + 1 + displayWidth(b),
      ),
    );
  });
});

describe('pad', () => {
  it('fills to a width in cells on any side', () => {
    expect(pad('手', 4)).toBe('手  ');
    expect(pad('7', 3, 'right')).toBe('  7');
    expect(pad('7', 4, 'centre')).toBe(' 7  ');
    expect(pad('\u001b[1mab\u001b[22m', 3)).toBe('\u001b[1mab\u001b[22m ');
    expect(pad('longer', 3)).toBe('longer');
  });
});

describe('plain', () => {
  it('takes colour away', () => {
    expect(plain('\u001b[1m\u001b[31mfail\u001b[39m\u001b[22m')).toBe('fail');
  });
});
