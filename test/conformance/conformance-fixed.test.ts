/** Recurrent conformance cases as integers. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findCases } from '../../scripts/conformance-case.ts';
import { limits, runFixedCase } from '../../scripts/conformance-fixed.ts';
import { fixedCoverageText } from '../../scripts/conformance-fixed-table.ts';

const own = fileURLToPath(new URL('cases/', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/conformance/onnx-recurrent/', import.meta.url));
const absent = existsSync(shared) ? '' : '(skipped: ../shared/conformance is not on this machine)';

describe('the cases of this repository', () => {
  it.each(findCases(own).map((folder) => [folder.slice(own.length), folder] as const))(
    '%s gives the bits of the reference and passes',
    async (_, folder) => {
      const { status, reason, ratios } = await runFixedCase(folder, { compiled: true });
      expect([status, reason]).toEqual(['pass', undefined]);
      expect(Math.min(...Object.values(ratios))).toBeGreaterThan(limits.every);
    },
    20_000,
  );
});

describe.skipIf(absent)(`the shared suite ${absent}`, () => {
  it('docs/coverage-fixed.md is up to date, every case passes, and the median is high', async () => {
    const text = await fixedCoverageText(shared);
    const committed = readFileSync(new URL('../../docs/coverage-fixed.md', import.meta.url), 'utf8');
    expect(committed === text, 'run: node --import tsx scripts/conformance-fixed-coverage.ts').toBe(true);
    const [cases, pass, refused, wrong, , least, median] = /\| *(72.*) dB *\|/
      .exec(text)![1]!
      .split('|')
      .map((cell) => Number.parseFloat(cell));
    expect([cases, pass, refused, wrong]).toEqual([72, 72, 0, 0]);
    expect(least).toBeGreaterThanOrEqual(limits.every);
    expect(median).toBeGreaterThanOrEqual(limits.median);
  });
});
