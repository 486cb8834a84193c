/**
 * SARIF 2.1.0 (OASIS), as code scanning reads it: one run, one result for each check that does not pass, placed at the
 * line that sets the limit. A broken limit is an error; an undecided one a warning, since nobody knows yet; what was not judged is of kind notApplicable.
 */
import { createHash } from 'node:crypto';
import { subjectOf, type CheckCase, type CheckReport } from '../check-report.ts';
import { canonical } from '../json/canonical.ts';
import { rules } from './rules.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

export function sarif(reports: readonly CheckReport[]): string {
  const [name = 'escapement', version = '0'] = (reports[0]?.tool ?? '').split(' ');
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, rules: rules.map(descriptor) } },
        // Columns count UTF-16 code units, as the positions of our JSON reader do.
        columnKind: 'utf16CodeUnits',
        results: reports.flatMap((report) =>
          report.cases.filter(({ verdict }) => verdict !== 'pass').map((found) => resultOf(report, found)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const descriptor = ({ id, name, short, full, help }: (typeof rules)[number]) => ({
  id,
  name,
  shortDescription: { text: short },
  fullDescription: { text: full },
  help: { text: help },
  defaultConfiguration: { level: 'error' },
});

function resultOf(report: CheckReport, { rule, verdict, reason, place, budget }: CheckCase) {
  const subject = subjectOf(report);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    ...(verdict === 'not judged'
      ? { kind: 'notApplicable', level: 'none' }
      : { level: verdict === 'fail' ? 'error' : 'warning' }),
    message: { text: `${subject}: ${reason}` },
    ...(place
      ? {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(place.file) },
                region: { startLine: place.line, startColumn: place.column },
              },
            },
          ],
        }
      : {}),
    // The same finding of the next run, whatever its figures and its line.
    partialFingerprints: { 'subjectAndRule/v1': digest(`${subject}|${rule}`) },
    properties: canonical({ verdict, limit: budget?.limit, actual: budget?.actual }),
  };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
