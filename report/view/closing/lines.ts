/** The lines with which a run ends: one a system and board, each with the reason and the next step to take. */
import type { RunReport, SystemReport, VariantReport } from '../../run-report.ts';
import type { SimulationResult, Verdict } from '../../../sim/result.ts';
import { hertz } from '../../text/quantity.ts';
import { headlineRate, headlineVariant } from '../choice.ts';
import { boardsOf, variantName } from '../select.ts';
import { failNext, failReason } from './fail.ts';
import { passNext, passReason } from './pass.ts';
import { situation, verdictOf, type Situation } from './situation.ts';
import { undecidedNext, undecidedReason } from './undecided.ts';

export interface ClosingLine {
  verdict: Verdict;
  /** e.g. "pulse at 25 Hz". */
  subject: string;
  board: string;
  /** The result that the line speaks of. */
  result: SimulationResult;
  /** Why, as a clause that does not repeat the board. */
  reason: string;
  /** What to do next, as a clause in the imperative. */
  next: string;
}

function closingLine(at: Situation): ClosingLine {
  const verdict = verdictOf(at);
  const words = {
    pass: [passReason, passNext],
    undecided: [undecidedReason, undecidedNext],
    fail: [failReason, failNext],
  } as const;
  const [reason, next] = words[verdict];
  return {
    verdict,
    subject: `${variantName(at.system, at.variant)} at ${hertz(at.rateHz)}`,
    board: at.board,
    result: at.best,
    reason: reason(at),
    next: next(at),
  };
}

/** One line a board for one variant and rate; by default those with which the report opens. */
export function closingLinesOf(
  system: SystemReport,
  variant: VariantReport | undefined = headlineVariant(system),
  rateHz: number | undefined = variant && headlineRate(system, variant),
): ClosingLine[] {
  if (!variant || rateHz === undefined) return [];
  return boardsOf(variant)
    .map((board) => situation(system, variant, board, rateHz))
    .filter((at) => at !== undefined)
    .map(closingLine);
}

export const closingLines = (report: RunReport): ClosingLine[] =>
  report.systems.flatMap((system) => closingLinesOf(system));

/** One line for a log: "pulse at 25 Hz on we-be-class: no interpreter meets ... Next: ..." */
export const closingText = ({ subject, board, reason, next }: ClosingLine): string =>
  `${subject} on ${board}: ${reason}. Next: ${next}.`;
