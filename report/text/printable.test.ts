import { describe, expect, it } from 'vitest';
import { printable, printableDeep } from './printable.ts';

describe('printable', () => {
  it('shows what would move the cursor, recolour, or turn the reading direction', () => {
    expect(printable('a\u001b[31mb')).toBe('a<1b>[31mb');
    expect(printable('x\r\ny')).toBe('x<d> y');
    expect(printable('safe\u202egnp.exe')).toBe('safe<202e>gnp.exe');
    expect(printable('c1\u009bm')).toBe('c1<9b>m');
  });

  it('leaves any script as it is', () => {
    expect(printable('手表 µ ✓ é')).toBe('手表 µ ✓ é');
  });

  it('reaches every string of a value and nothing else', () => {
    expect(printableDeep({ a: ['\u0007', 1, null], b: { c: 'ok' }, d: undefined })).toEqual({
      a: ['<7>', 1, null],
      b: { c: 'ok' },
      d: undefined,
    });
  });
});
