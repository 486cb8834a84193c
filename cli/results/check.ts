/** The JSON of `escapement check --json`; its schema is generated into `schemas/check.schema.json`. */
import type { AccuracySummary, BudgetCheck, Verdict } from '../../sim/result.ts';
import type { ExitCode } from '../exit-codes.ts';

export interface CheckResult {
  kernel: string;
  board: string;
  runtime: string;
  rateHz: number;
  /** Of the budgets; parity is apart. */
  verdict: Verdict;
  /** Whether the kernel decides as the float model; null: not judged, no model was trained for the rate or no windows are named. */
  parity: boolean | null;
  checks: BudgetCheck[];
  accuracy: AccuracySummary | null;
  exitCode: ExitCode;
}
