import { describe, expect, it } from 'vitest';
import { sourceLookup } from './source-map.ts';

describe('sourceLookup', () => {
  // Segments of four numbers, each relative to the one before: column, source, line, column there.
  // IAAE: 4, 0, 0, 2; QACA: 8, 0, 1, 0; gBCDF: 16, 1, -1, -2. (Digits by hand from ECMA-426: A = 0, C = 1, D = -1, ...)
  const locate = sourceLookup({ version: 3, sources: ['a.ts', 'b.ts'], mappings: 'IAAE,QACA,gBCDF' });

  it.each([
    [4, 'a.ts', 1],
    [11, 'a.ts', 1],
    [12, 'a.ts', 2],
    [27, 'a.ts', 2],
    [28, 'b.ts', 1],
    [9999, 'b.ts', 1],
  ])('finds byte %i in %s, line %i', (offset, file, line) => {
    expect(locate(offset)).toEqual({ file, line });
  });

  it('knows nothing before the first mapping', () => {
    expect(locate(3)).toBeNull();
  });
});
