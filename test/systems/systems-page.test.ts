/** docs/systems.md says what the tools say. Making all of it takes minutes, so one system is made anew and the inputs are compared. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateSystem } from '../../scripts/systems/evaluate.ts';
import { inputsDigest, LEAST_AGREEMENT, linesOf, MOST_EER_POINTS } from '../../scripts/systems/page.ts';
import { published } from '../../scripts/systems/papers.ts';

const squeeze = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
const page = squeeze(readFileSync(new URL('../../docs/systems.md', import.meta.url), 'utf8'));
const stale = 'docs/systems.md is out of date: npm run systems';

describe('docs/systems.md', () => {
  it('was made from the examples and boards as they are', () => {
    expect(page.includes(inputsDigest()), stale).toBe(true);
  });

  it('has the figures of smarteryou as they are made now', async () => {
    const report = await evaluateSystem(published.find(({ system }) => system === 'smarteryou')!);
    for (const line of linesOf(report)) expect(page.includes(squeeze(line)), `${stale}\n${line}`).toBe(true);
  });

  it('says of all systems that parity holds', () => {
    const rows = page.split('\n').filter((line) => /\| (holds|missed) \|$/.test(line));
    expect(rows.length).toBe(19);
    expect(new Set(rows.map((row) => row.split('|')[1]!.trim()))).toEqual(
      new Set(published.map((p) => p.system)),
    );
    for (const row of rows) {
      const [, , , , , agree, , , , , float, fixed, parity] = row.split('|').map((cell) => cell.trim());
      expect(parity).toBe('holds');
      expect(Number(agree)).toBeGreaterThanOrEqual(100 * LEAST_AGREEMENT);
      expect(Math.abs(Number(float) - Number(fixed))).toBeLessThanOrEqual(MOST_EER_POINTS);
    }
  });
});
