/** What is said of the worst case beside latencies that were computed for a recording. */
import type { SimulationResult } from '../../sim/result.ts';
import { fixed } from '../text/number.ts';
import { duration, hertz } from '../text/quantity.ts';

/** For one result; empty where it was not asked for. */
export function worstCaseText({ worstCase }: SimulationResult): string {
  if (!worstCase) return '';
  if (worstCase.kind === 'constant') return 'the same for every window';
  if (worstCase.kind === 'unbounded') return 'no worst case known';
  return `worst case ${duration(worstCase.latencyMs.value)}`;
}

/** For the rows of a table, by rate: how much more the worst case takes, and which verdicts on latency it changes. */
export function worstCaseSummary(results: readonly SimulationResult[]): string {
  const asked = results.filter(({ worstCase }) => worstCase);
  if (asked.length === 0) return '';
  const unknown = asked.filter(({ worstCase }) => worstCase!.kind === 'unbounded');
  if (unknown.length > 0)
    return `Worst case: not known at ${rates(unknown)}; latencies there are those of the recording.`;
  if (asked.every(({ worstCase }) => worstCase!.kind === 'constant'))
    return 'Worst case: latency is the same for every window.';
  const most = Math.max(
    ...asked.map(({ worstCase, latencyMs }) =>
      worstCase!.kind === 'unbounded' ? 1 : worstCase!.latencyMs.value / latencyMs.value,
    ),
  );
  const times = most < 1.005 ? 'less than 1 % more' : `at most ${fixed(100 * (most - 1), 0)} % more`;
  const judged = asked.flatMap((result) =>
    result.checks.filter((c) => c.budget === 'latencyMs').map((c) => ({ result, check: c })),
  );
  const changed = judged
    .filter(({ check }) => check.worstCase && check.worstCase.verdict !== check.verdict)
    .map(({ result }) => result);
  const verdicts =
    judged.length === 0
      ? ''
      : changed.length === 0
        ? '; every verdict on latency holds there too'
        : `; the verdict on latency at ${rates(changed)} does not hold there`;
  return `Worst case: ${times}, whatever the data are${verdicts}.`;
}

const rates = (results: readonly SimulationResult[]): string =>
  results.map(({ rateHz }) => hertz(rateHz)).join(', ');
