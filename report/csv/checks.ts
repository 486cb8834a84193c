/** Checks as CSV: one row a check. */
import type { CheckReport } from '../check-report.ts';
import { rounded } from '../json/round.ts';
import { csv } from './csv.ts';

const header = [
  'kernel',
  'board',
  'runtime',
  'rateHz',
  'check',
  'verdict',
  'actual',
  'low',
  'high',
  'limit',
  'reason',
];

export const checksCsv = (reports: readonly CheckReport[]): string =>
  csv(
    header,
    reports.flatMap(({ kernel, board, runtime, rateHz, cases }) =>
      cases.map(({ rule, verdict, reason, budget }) => [
        kernel,
        board,
        runtime,
        rateHz,
        rule,
        verdict,
        ...(budget
          ? [budget.actual.value, budget.actual.low, budget.actual.high, budget.limit].map((n) =>
              rounded(n, rule),
            )
          : [null, null, null, null]),
        reason,
      ]),
    ),
  );
