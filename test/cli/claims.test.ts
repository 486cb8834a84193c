/** `escapement claims`: which published claims the model gives, and that none hides a fit or a miss. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ClaimRow } from '../../report/claims/claim.ts';
import { escapement } from './run.ts';

describe('escapement claims', () => {
  let rows: ClaimRow[];
  const row = (system: string, words: RegExp) =>
    rows.find((found) => found.system === system && words.test(found.claim))!;

  beforeAll(async () => {
    const run = await escapement('claims', '--json');
    expect(run).toMatchObject({ code: 0, err: '' });
    rows = JSON.parse(run.out) as ClaimRow[];
  });

  it('gives the Pulse paper’s savings within a point and says that one constant was fitted to them', () => {
    for (const [words, percent] of [
      [/512 Hz/, 53],
      [/128 Hz/, 19],
    ] as const) {
      const found = row('pulse', words);
      expect(found.outcome).toBe('fitted');
      expect(Math.abs(found.model!.value - percent)).toBeLessThan(1);
      expect(found.because).toMatch(/one constant fitted/);
    }
    expect(row('pulse', /20 Hz/)).toMatchObject({ outcome: 'reproduced' });
  });

  it('shows what it misses, with the reason', () => {
    const missed = rows.filter(({ outcome }) => outcome === 'not reproduced');
    expect(missed.map(({ system, published }) => `${system} ${published}`)).toEqual(
      expect.arrayContaining(['pulse 40 %', 'deepauth up to 10x', 'deepauth more than 5 s']),
    );
    for (const { because } of missed) expect(because).toMatch(/\w+ \w+/);
  });

  it('gives what two cores can give of the sub-RNN: under 0.5 s, 5 to 8 times and about 2 to 3 times', () => {
    expect(row('deepauth', /decides/)).toMatchObject({ outcome: 'reproduced' });
    const [large, small] = [row('deepauth', /128-unit RNN$/), row('deepauth', /64-unit/)];
    expect(large.claim).toMatch(/faster/);
    expect(large.model!.value).toBeGreaterThan(4);
    expect(large.model!.value).toBeLessThanOrEqual(8);
    expect(small.model!.value).toBeGreaterThan(1.8);
    expect(small.model!.value).toBeLessThanOrEqual(3);
  });

  it('never takes a figure of the phone for one of the watch', () => {
    for (const found of rows.filter(({ system }) => system === 'smarteryou')) {
      expect(found.publishedOn).toMatch(/Nexus 5|phone/);
      expect(found.modelOn).toMatch(/^(moto-360|none)/);
    }
  });
});
