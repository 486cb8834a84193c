import type { Finding } from './rule.ts';
import type { FirmwareRuntime } from './runtime.ts';

/** What `escapement lint --json` prints; its schema is generated into `schemas/lint.schema.json`. */
export interface LintReport {
  /** Path as given. */
  module: string;
  runtime: FirmwareRuntime;
  bytes: number;
  sha256: string;
  errors: number;
  warnings: number;
  notes: number;
  /** Errors first. */
  findings: Finding[];
}
