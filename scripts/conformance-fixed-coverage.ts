/** Writes docs/coverage-fixed.md: `node --import tsx scripts/conformance-fixed-coverage.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fixedCoverageText } from './conformance-fixed-table.ts';

const folder = fileURLToPath(new URL('../../shared/conformance/onnx-recurrent/', import.meta.url));
writeFileSync(new URL('../docs/coverage-fixed.md', import.meta.url), await fixedCoverageText(folder));
