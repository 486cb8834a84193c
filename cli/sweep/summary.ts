/** What `escapement sweep --json` and `merge --json` print; the schema is generated into `schemas/sweep-summary.schema.json`. */
import type { SweepRow } from '../../report/sweep/row.ts';
import type { SweepPlan } from './plan.ts';

export interface SweepSummary {
  tool: string;
  /** SHA-256 over the settings and every file that the sweep rests on. */
  digest: string;
  kernels: number;
  configurations: number;
  pass: number;
  undecided: number;
  fail: number;
  refused: number;
  files: string[];
}

export function summaryOf(plan: SweepPlan, rows: readonly SweepRow[], files: string[]): SweepSummary {
  const having = (verdict: SweepRow['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  return {
    tool: plan.tool,
    digest: plan.digest,
    kernels: plan.kernels.length,
    configurations: rows.length,
    pass: having('pass'),
    undecided: having('undecided'),
    fail: having('fail'),
    refused: having(null),
    files,
  };
}
