/** `escapement claims`: which published claims the model gives, and that none hides a fit or a miss. */
import { readFileSync } from 'node:fs';
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
      expect.arrayContaining(['deepauth up to 10x', 'deepauth more than 5 s']),
    );
    for (const { because } of missed) expect(because).toMatch(/\w+ \w+/);
  });

  it('spans what an unpublished set-up leaves open: what baseline is, how often an application is woken', () => {
    const spo2 = row('pulse', /baseline excluded/);
    expect(spo2).toMatchObject({ outcome: 'within the band', published: '40 %' });
    expect(spo2.model!.low).toBeLessThan(20);
    expect(spo2.model!.high).toBeCloseTo(75, 0);
    expect(spo2.because).toMatch(/2\d % of the fixed part, is switched on with the sensor/);
    expect(row('smarteryou', /CPU load/)).toMatchObject({ outcome: 'within the band' });
    expect(row('smarteryou', /phone locked/)).toMatchObject({ outcome: 'within the band' });
    expect(row('smarteryou', /half of it in use/)).toMatchObject({ outcome: 'not reproduced' });
  });

  it('shows arithmetic beside what was published, and judges both', () => {
    expect(row('deepauth', /128-unit RNN$/).arithmetic).toMatchObject({ says: '5-8x', range: [5, 8] });
    const run = row('deepauth', /64-unit/);
    expect(run.arithmetic).toMatchObject({
      says: '2-3x',
      holds: run.model!.value >= 2 && run.model!.value <= 3,
    });
  });

  it('gives about what two cores can give of the sub-RNN, and never more than arithmetic allows', () => {
    expect(row('deepauth', /decides/)).toMatchObject({ outcome: 'reproduced' });
    const [large, small] = [row('deepauth', /128-unit RNN$/), row('deepauth', /64-unit/)];
    expect(large.claim).toMatch(/faster/);
    expect(large.model!.value).toBeGreaterThan(4);
    expect(large.model!.value).toBeLessThanOrEqual(8);
    // The reference has both kernels, on one core each: two cores give at most twice their ratio, and the activations keep them from it.
    const onOneCore = referenceCycles('rnn64') / referenceCycles('sub128');
    expect(small.model!.value).toBeGreaterThan(0.9 * 1.8 * onOneCore);
    expect(small.model!.value).toBeLessThan(1.1 * 2 * onOneCore);
  });

  it('never takes a figure of the phone for one of the watch', () => {
    for (const found of rows.filter(({ system }) => system === 'smarteryou')) {
      expect(found.publishedOn).toMatch(/Nexus 5|phone/);
      expect(found.modelOn).toMatch(/^(moto-360|none)/);
    }
  });
});

/** Of one infer() on the Cortex-A7 with all checks. */
function referenceCycles(kernel: string): number {
  const { records } = JSON.parse(
    readFileSync(new URL('../reference/measured.json', import.meta.url), 'utf8'),
  ) as { records: { kernel: string; core: string; runtime: string; cycles: number }[] };
  return records.find((r) => r.kernel === kernel && r.core === 'cortex-a7' && r.runtime === 'wasm2c')!.cycles;
}
