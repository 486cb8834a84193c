/** Writes docs/coverage.md from the shared conformance suites: `node --import tsx scripts/conformance-coverage.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { coverageText, suitesIn } from './conformance-table.ts';

const shared = fileURLToPath(new URL('../../shared/', import.meta.url));
writeFileSync(new URL('../docs/coverage.md', import.meta.url), await coverageText(suitesIn(shared)));
