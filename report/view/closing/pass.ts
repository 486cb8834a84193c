/** Closing line of a board on which at least one runtime meets every budget. */
import type { SimulationResult } from '../../../sim/result.ts';
import { duration, durationBand, hertz, powerBand, hoursBand } from '../../text/quantity.ts';
import { budgetWord, decisive } from '../budget.ts';
import { tierOf } from '../tiers.ts';
import { interpreters, listed, target, timed, type Situation } from './situation.ts';

/** Words of the budgets that keep these results from passing. */
const obstacles = (results: readonly SimulationResult[]): string[] => [
  ...new Set(results.flatMap((result) => decisive(result).map((check) => budgetWord(check.budget)))),
];

const everyRuntime = ({ best }: Situation): string => {
  const kind = tierOf(best.runtime).boundsChecks ? 'the fastest that keeps bounds checks' : 'the fastest';
  return `every runtime meets ${target(best)}; ${timed(best)} is ${kind}`;
};

/** Interpreters that do not pass, when none does and time is all that is in their way. */
function slowInterpreters({ results, passing }: Situation): SimulationResult[] {
  const slow = interpreters(results);
  const tooSlow = (result: SimulationResult): boolean =>
    !passing.includes(result) && decisive(result).every((check) => check.budget === 'latencyMs');
  return slow.every(tooSlow) ? slow : [];
}

export function passReason(at: Situation): string {
  const { results, passing, best } = at;
  const rest = results.filter((result) => !passing.includes(result));
  if (rest.length === 0) return everyRuntime(at);
  const others = passing.filter((result) => result !== best);
  const more = others.length === 1 ? others.map(timed) : others.map((result) => result.runtime);
  const slow = slowInterpreters(at);
  if (slow.length > 0) {
    const nearest = slow.reduce((a, b) => (a.latencyMs.value <= b.latencyMs.value ? a : b));
    const does =
      others.length === 0
        ? `${best.runtime} does with ${durationBand(best.latencyMs)}`
        : `${listed([timed(best), ...more])} do`;
    return `no interpreter meets ${target(best)} (nearest: ${nearest.runtime}, ${duration(nearest.latencyMs.value)}); ${does}`;
  }
  const pass = `${listed([timed(best), ...more])} ${others.length === 0 ? 'passes' : 'pass'}`;
  const names = listed(rest.map((result) => result.runtime));
  return `${pass}; ${names} ${rest.length === 1 ? 'does' : 'do'} not (${obstacles(rest).join(', ')})`;
}

export function passNext({ best, rateHz }: Situation): string {
  const cost = `${powerBand(best.power.averageMw)}, ${hoursBand(best.battery.hours)} of battery`;
  const caution = tierOf(best.runtime).boundsChecks
    ? ''
    : '; it drops bounds checks, so verify the exact kernel file before you flash it';
  const accuracy = best.accuracy
    ? ''
    : `; train a model for ${hertz(rateHz)} to learn its accuracy, this is its cost only`;
  return `flash the ${best.runtime} build: ${cost}${caution}${accuracy}`;
}
