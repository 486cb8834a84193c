/**
 * What the page needs of a report: everything but the reasons of checks that passed, which no view shows. Packed,
 * deflated by fflate (whose bytes, unlike those of a platform's zlib, are the same everywhere) and in base64, which
 * also needs no escaping inside a script element.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
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

export const encodeSystems = (report: RunReport): string =>
  Buffer.from(deflateSync(strToU8(JSON.stringify(pack(report.systems.map(slim)))), { level: 9 })).toString(
    'base64',
  );

export function decodeSystems(text: string): SystemReport[] {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  return unpack(JSON.parse(strFromU8(inflateSync(bytes))) as Pack) as SystemReport[];
}
