import type { Verdict } from '../sim/result.ts';
import { exitCode, type ExitCode } from './exit-codes.ts';

const codes: Record<Verdict, ExitCode> = {
  pass: exitCode.pass,
  fail: exitCode.budgetViolated,
  undecided: exitCode.undecided,
};

export const verdictCode = (verdict: Verdict): ExitCode => codes[verdict];
