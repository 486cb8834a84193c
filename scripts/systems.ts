/**
 * The five published systems in one table: `npm run systems` prints it and writes docs/systems.md. Takes a few minutes: every model of every example is built, verified on its
 * labelled windows, run on its recordings and costed on every board.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluateSystems } from './systems/evaluate.ts';
import { systemsPage, systemsText } from './systems/page.ts';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reports = await evaluateSystems();
  process.stdout.write(systemsText(reports));
  writeFileSync(new URL('../docs/systems.md', import.meta.url), await systemsPage(reports));
  process.stdout.write('wrote docs/systems.md\n');
}
