import { describe, expect, it } from 'vitest';
import { parseProfile, profiles } from './profile.ts';

describe('parseProfile', () => {
  it('knows every profile by its name', () => {
    for (const profile of profiles) expect(parseProfile(profile)).toBe(profile);
  });

  it('refuses another name, and says which there are and what for (ESC320)', () => {
    expect(() => parseProfile('fast')).toThrow(/ESC320 --profile.*"fast".*aot, interp, host.*interpreters/);
  });
});
