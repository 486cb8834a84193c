/** All rules in order: a rule that needs a well-typed board runs only when the schema holds. */
import type { Board } from '../board.ts';
import type { Finding } from './finding.ts';
import { numberFindings } from './numbers.ts';
import { referenceFindings } from './references.ts';
import { schemaFindings } from './schema.ts';

/** Errors of a parsed board file; empty when it is a board. */
export function boardErrors(value: unknown): Finding[] {
  const findings = schemaFindings(value);
  if (findings.length > 0) return findings;
  return [...numberFindings(value), ...referenceFindings(value as Board)];
}
