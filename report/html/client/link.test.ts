import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLink, writeLink } from './link.ts';

describe('links to a view', () => {
  it('are read as they were written, whatever the names hold', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(
        fc.nat(9),
        name,
        name,
        name,
        fc.constantFrom(20, 24.995, 512),
        (system, variant, board, runtime, rateHz) => {
          const choice = { variant, board, runtime, rateHz };
          expect(readLink(writeLink(system, choice))).toEqual({ system, choice });
        },
      ),
    );
  });

  it('are not found in any other address', () => {
    for (const hash of [
      '',
      '#summary',
      '#system-0',
      '#system-0/a/b/c',
      '#system-x/a/b/c/1',
      '#system-0/%/b/c/1',
    ])
      expect(readLink(hash)).toBeUndefined();
  });
});
