/** What the page needs of a report: everything but the reasons of checks that passed, which no view shows. */
import type { RunReport, SystemReport } from '../run-report.ts';
import { pack, unpack, type Pack } from './pack.ts';

/** Id of the element that holds the data. */
export const DATA_ELEMENT = 'report-data';

const slim = (system: SystemReport): SystemReport => ({
  ...system,
  variants: system.variants.map((variant) => ({
    ...variant,
    results: variant.results.map((result) => ({
      ...result,
      checks: result.checks.map((check) => (check.verdict === 'pass' ? { ...check, reason: '' } : check)),
    })),
  })),
});

/** JSON that may stand inside a script element: it holds no "<" and no line separator. */
export const encodeSystems = (report: RunReport): string =>
  JSON.stringify(pack(report.systems.map(slim))).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );

export const decodeSystems = (text: string): SystemReport[] =>
  unpack(JSON.parse(text) as Pack) as SystemReport[];
