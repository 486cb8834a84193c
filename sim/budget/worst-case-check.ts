/** Whether a limit on latency holds whatever the data are, as a sentence beside the verdict on what was observed. */
import type { BudgetCheck, Verdict } from '../result.ts';
import { unboundedPlace, type WorstLatency } from '../worst-case/worst-latency.ts';
import { figure, withBand } from './figures.ts';
import { judge } from './judge.ts';

export function worstCaseCheck(worst: WorstLatency, limitMs: number): NonNullable<BudgetCheck['worstCase']> {
  if (worst.kind === 'unbounded')
    return {
      verdict: 'undecided',
      reason: `Whether it holds in the worst case is not known: ${unboundedPlace(worst)}.`,
    };
  const actual = worst.latencyMs;
  const verdict = judge(limitMs, actual, 'at-most');
  if (worst.kind === 'constant')
    return { verdict, actual, reason: 'It is the same for every window: no branch rests on data.' };
  const most = `at most ${withBand(actual, 'ms')}`;
  const says: { [key in Verdict]: string } = {
    pass: `In the worst case too: ${most}`,
    fail: `In the worst case it is ${most}, which breaks ${figure(limitMs)} ms`,
    undecided: `In the worst case it is ${most}, and ${figure(limitMs)} ms lies inside that band`,
  };
  return { verdict, actual, reason: `${says[verdict]}.` };
}
