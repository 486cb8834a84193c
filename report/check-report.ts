/** The outcome of `escapement check` as cases, for the formats that continuous integration reads. */
import type { BudgetCheck, SimulationResult, Verdict } from '../sim/result.ts';
import { overall } from './run-report.ts';

export interface CheckReport {
  tool: string;
  kernel: string;
  board: string;
  runtime: string;
  rateHz: number;
  verdict: Verdict;
  cases: CheckCase[];
  /** Assumptions that the figures rest on. */
  notes: string[];
}

/** Parity is not judged without windows and a model trained for the rate: no pass, no failure. */
export type CaseVerdict = Verdict | 'not judged';

export interface CheckCase {
  rule: RuleId;
  title: string;
  verdict: CaseVerdict;
  reason: string;
  /** Absent for parity. */
  budget?: BudgetCheck;
  /** Where the limit is set; absent when it is in no file of the user. */
  place?: Place;
}

/** A place in a file, its path relative to the working folder with slashes. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

export type RuleId =
  'latency' | 'throughput' | 'average-power' | 'battery-life' | 'flash' | 'ram' | 'sensor' | 'float-parity';

const ruleOf: Readonly<Record<BudgetCheck['budget'], RuleId>> = {
  latencyMs: 'latency',
  throughput: 'throughput',
  averageMw: 'average-power',
  batteryHours: 'battery-life',
  flashBytes: 'flash',
  ramBytes: 'ram',
  sensor: 'sensor',
};

export interface CheckInput {
  tool: string;
  result: SimulationResult;
  /** `holds` is null where parity was not judged. */
  parity: { holds: boolean | null; sentence: string };
  /** Where the limit behind a rule is set. */
  placeOf: (rule: RuleId) => Place | undefined;
}

const placed = (found: CheckCase, place: Place | undefined): CheckCase =>
  place ? { ...found, place } : found;

export function checkReport({ tool, result, parity, placeOf }: CheckInput): CheckReport {
  const cases = result.checks.map((check): CheckCase => {
    const { title, verdict, reason } = check;
    const rule = ruleOf[check.budget];
    return placed({ rule, title, verdict, reason, budget: check }, placeOf(rule));
  });
  cases.push(
    placed(
      {
        rule: 'float-parity',
        title: 'decisions as in float',
        verdict: parity.holds === null ? 'not judged' : parity.holds ? 'pass' : 'fail',
        reason: parity.sentence,
      },
      placeOf('float-parity'),
    ),
  );
  const { kernel, board, runtime, rateHz, notes } = result;
  return {
    tool,
    kernel,
    board,
    runtime,
    rateHz,
    verdict: overall(cases.map((c) => c.verdict).filter((v) => v !== 'not judged')),
    cases,
    notes,
  };
}

/** "pulse/25hz on we-be-class with wasm2c at 25 Hz" */
export const subjectOf = ({ kernel, board, runtime, rateHz }: CheckReport): string =>
  `${kernel} on ${board} with ${runtime} at ${rateHz} Hz`;
