/** The page in a real browser: its policy lets its script run, and a view in the address is drawn. Needs Chromium. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../report/html/page.ts';
import { writeLink } from '../../report/html/client/link.ts';
import { fixtureReport } from '../../report/testing/fixture.ts';
import { findChromium, runChromium } from '../../scripts/chromium.ts';
import { ATTACKS, hostileReport } from './hostile.ts';

const chromium = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'escapement-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function dom(html: string, fragment: string): string {
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  return runChromium(chromium!, ['--dump-dom', `${pathToFileURL(file).href}${fragment}`]);
}
const live = (text: string): string => /aria-live="polite"[^>]*>([^<]*)</.exec(text)![1]!;

describe.skipIf(chromium === undefined)('the page in Chromium (skipped without Chromium on the PATH)', () => {
  it('shows its controls and draws the view that the address names', () => {
    const choice = { variant: 'rnn128', board: 'we-be-class', runtime: 'wasm3', rateHz: 512 };
    const text = dom(htmlReport(fixtureReport()), writeLink(1, choice));
    expect(live(text)).toBe('we-be-class with wasm3 at 512 Hz: fail, latency 354 s [301..460].');
    expect(text).toContain('Latency on we-be-class with wasm3');
    expect(text).not.toMatch(/<form[^>]*\bhidden\b/);
  });

  it.each([
    [1200, 900],
    [390, 800],
  ])(
    'keeps to a screen of %i pixels: no table of verdicts is cut off on a desktop, no page scrolls sideways',
    (width, height) => {
      // A measuring script has no place in the page's policy: it is added to a copy without one.
      const measure = `<script>addEventListener('load', () => {
      const cut = [...document.querySelectorAll('.cards .scroll')].filter((box) => box.scrollWidth > box.clientWidth + 1);
      document.title = 'cut=' + cut.length + ' wide=' + (document.documentElement.scrollWidth > innerWidth);
    });</script>`;
      const html = htmlReport(fixtureReport())
        .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
        .replace('</body>', `${measure}</body>`);
      const file = join(folder, 'measured.html');
      writeFileSync(file, html);
      const text = runChromium(chromium!, [
        `--window-size=${width},${height}`,
        '--dump-dom',
        pathToFileURL(file).href,
      ]);
      const title = /<title>([^<]*)<\/title>/.exec(text)![1]!;
      expect(title).toContain('wide=false');
      if (width >= 1200) expect(title).toContain('cut=0');
    },
  );

  it('runs nothing that a name of a board or runtime holds', () => {
    const choice = {
      variant: 'bilstm',
      board: ATTACKS.board.replace('\u001b', '<1b>'),
      runtime: ATTACKS.runtime,
      rateHz: 20,
    };
    const text = dom(htmlReport(hostileReport()), writeLink(0, choice));
    expect(live(text)).toContain('alert(1)');
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img');
  });
});
