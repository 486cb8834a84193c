import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHtml } from '../../test/report/parse-html.ts';
import { escape, html, raw, svg } from './markup.ts';

describe('html', () => {
  it('escapes text and keeps markup', () => {
    const inner = svg`<b>${1}</b>`;
    expect(svg`<p title="${'a"b'}">${'<i>'} ${inner} ${[inner, 'x&y']}</p>`.text).toBe(
      '<p title="a&quot;b">&lt;i&gt; <b>1</b> <b>1</b>x&amp;y</p>',
    );
  });

  it('renders nothing for what is not there, but zero for zero', () => {
    expect(html`${false}${null}${undefined}${''}${0}`.text).toBe('0');
  });

  it('flattens its own indentation, never that of a value', () => {
    const value = raw('a\n    b');
    expect(
      svg`<p>
      ${value}
    </p>`.text,
    ).toBe('<p>\na\n    b\n</p>');
  });

  it('makes one element with one attribute out of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const elements = parseHtml(html`<p title="${text}">${text}</p>`.text);
        expect(elements.length).toBe(1);
        expect(Object.keys(elements[0]!.attributes)).toEqual(['title']);
      }),
    );
  });
});

describe('escape', () => {
  it('replaces what neither HTML nor XML may hold', () => {
    expect(escape('a\u0000b\u0085c\ud800d')).toBe('a\ufffdb\ufffdc\ufffdd');
    expect(escape('é手⌚')).toBe('é手⌚');
  });
});
