/**
 * Takes the picture of a report for the README: `node --import tsx scripts/screenshot.ts [report.html] [picture.png]
 * [width x height] [#fragment]`, by default out/report.html, docs/images/report.png and 1280x860. Needs Chromium; skips with
 * a reason when there is none. The fragment chooses a view, e.g. "#system-1/sub128/we-be-class/wasm2c/25".
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium, runChromium } from './chromium.ts';

const [page = 'out/report.html', picture = 'docs/images/report.png', size = '1280x860', fragment = ''] =
  process.argv.slice(2);

function main(): number {
  const chromium = findChromium();
  if (chromium === undefined) {
    console.log(
      'Skipped: no Chromium on the PATH; install it (apt-get install chromium) or name it in CHROMIUM.',
    );
    return 0;
  }
  if (!existsSync(page)) {
    process.stderr.write(`There is no ${page}. Run npm start first, or name a report.\n`);
    return 2;
  }
  const [width, height] = size.split('x').map(Number);
  if (!width || !height) {
    process.stderr.write(`"${size}" is no size. Write it as width x height in pixels, e.g. 1280x860.\n`);
    return 2;
  }
  mkdirSync(dirname(picture), { recursive: true });
  runChromium(chromium, [
    `--screenshot=${resolve(picture)}`,
    `--window-size=${width},${height}`,
    `${pathToFileURL(resolve(page)).href}${fragment}`,
  ]);
  console.log(`Wrote ${picture}, ${width} x ${height}, ${Math.round(statSync(picture).size / 1024)} KiB.`);
  return 0;
}

process.exitCode = main();
