/**
 * Workflow commands of GitHub Actions: `::error file=...,line=...,col=...,title=...::message`, one line for each check
 * that does not pass. Escapes: % CR LF in messages; also : and , in properties.
 */
import { subjectOf, type CheckReport } from '../check-report.ts';

export const annotations = (report: CheckReport): string[] =>
  report.cases
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ verdict, title, reason, place }) => {
      const command = verdict === 'fail' ? 'error' : verdict === 'undecided' ? 'warning' : 'notice';
      const properties = [
        ...(place
          ? [
              ['file', place.file],
              ['line', String(place.line)],
              ['col', String(place.column)],
            ]
          : []),
        ['title', `${title}: ${verdict}`],
      ];
      const list = properties.map(([key, value]) => `${key}=${property(value!)}`).join(',');
      return `::${command} ${list}::${message(`${subjectOf(report)}: ${reason}`)}`;
    });

const message = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
