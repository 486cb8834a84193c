/** One hash over everything that went into a run and everything that came out: two runs are equal when it is. */
import { createHash } from 'node:crypto';
import type { RunReport } from '../run-report.ts';
import { canonicalJson } from './canonical.ts';
import { sortedReport } from './report-json.ts';

/** One input of a run: a model, pipeline, board or recording. */
export interface InputDigest {
  /** Relative to the project or pipeline, never an absolute path: the hash must not depend on the machine. */
  name: string;
  /** SHA-256 of its bytes, hex. */
  sha256: string;
}

export const digestInput = (name: string, bytes: string | Uint8Array): InputDigest => ({
  name,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** SHA-256 in hex over the tool, the inputs in any order, and the results; the fingerprint field itself is left out. */
export function fingerprint(
  report: Omit<RunReport, 'fingerprint'>,
  inputs: readonly InputDigest[] = [],
): string {
  const { tool, systems } = sortedReport(report);
  const ordered = inputs
    .map(({ name, sha256 }) => ({ name, sha256 }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.sha256 < b.sha256 ? -1 : 1));
  return createHash('sha256')
    .update(canonicalJson({ inputs: ordered, systems, tool }))
    .digest('hex');
}
