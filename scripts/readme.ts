/** Puts real output of the demonstration between the markers of README.md: `npm run readme`, after `npm start`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { RunReport } from '../report/run-report.ts';
import { comparison } from '../report/terminal/comparison.ts';
import { createStyle } from '../report/terminal/style.ts';
import { terminalReport } from '../report/terminal/report.ts';

const report = JSON.parse(readFileSync('out/report.json', 'utf8')) as RunReport;
const whole = terminalReport(report, { colour: false, columns: 100 });
const [pulse] = report.systems;
const table = comparison(
  pulse.variants[0],
  'we-be-class',
  'wasm2c-unchecked',
  createStyle({ colour: false }),
);
// The verdicts on the first system; those on the others read alike.
const verdicts = whole.slice(whole.search(/^pulse at \d+ Hz\n[✓✗?] /m)).split('\n\n')[0];
const block = `\`\`\`\n${table.join('\n')}\n\n${verdicts.trimEnd()}\n\`\`\``;
const readme = readFileSync('README.md', 'utf8');
writeFileSync(
  'README.md',
  readme.replace(/<!-- demo -->[\s\S]*<!-- \/demo -->/, `<!-- demo -->\n\n${block}\n\n<!-- /demo -->`),
);
