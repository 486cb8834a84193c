/** Closing line of a board on which at least one runtime meets every budget. */
import type { SimulationResult } from '../../../sim/result.ts';
import { durationBand, hertz, hoursBand, powerBand } from '../../text/quantity.ts';
import { budgetWord, decisive } from '../budget.ts';
import { tierOf } from '../tiers.ts';
import { slowInterpreters } from './interpreters.ts';
import { listed, target, timed, type Situation } from './situation.ts';

/** "wamr-classic fails (latency)", "wasm3 and wamr-fast are undecided (latency, power)"; nothing for no results. */
function others(results: readonly SimulationResult[], one: string, many: string): string[] {
  if (results.length === 0) return [];
  const names = listed(results.map((result) => result.runtime));
  const budgets = results.flatMap((result) => decisive(result).map((check) => budgetWord(check.budget)));
  return [`${names} ${results.length === 1 ? one : many} (${[...new Set(budgets)].join(', ')})`];
}

function everyRuntime({ best }: Situation): string {
  const kind = tierOf(best.runtime).boundsChecks ? 'the fastest that keeps bounds checks' : 'the fastest';
  return `every runtime meets ${target(best)}; ${timed(best)} is ${kind}`;
}

export function passReason(at: Situation): string {
  const { results, passing, undecided, best } = at;
  if (passing.length === results.length) return everyRuntime(at);
  const rest = passing.filter((result) => result !== best);
  const more = rest.length === 1 ? rest.map(timed) : rest.map((result) => result.runtime);
  const slow = slowInterpreters(at);
  if (slow !== undefined)
    return rest.length === 0
      ? `${slow}; ${best.runtime} does with ${durationBand(best.latencyMs)}`
      : `${slow}; ${listed([timed(best), ...more])} do`;
  const failing = results.filter((result) => result.verdict === 'fail');
  return [
    `${listed([timed(best), ...more])} ${rest.length === 0 ? 'passes' : 'pass'}`,
    ...others(undecided, 'is undecided', 'are undecided'),
    ...others(failing, 'fails', 'fail'),
  ].join('; ');
}

export function passNext({ best, rateHz }: Situation): string {
  const cost = `${powerBand(best.power.averageMw)}, ${hoursBand(best.battery.hours)} of battery`;
  const caution = tierOf(best.runtime).boundsChecks
    ? ''
    : '; export keeps each bounds check that it cannot prove idle';
  const accuracy = best.accuracy
    ? ''
    : `; train a model for ${hertz(rateHz)} to learn its accuracy, this is its cost only`;
  return `flash the ${best.runtime} build: ${cost}${caution}${accuracy}`;
}
