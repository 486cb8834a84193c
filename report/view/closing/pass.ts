/** Closing line of a board on which at least one runtime meets every budget. */
import type { SimulationResult } from '../../../sim/result.ts';
import { durationBand, hertz, hoursBand, powerBand } from '../../text/quantity.ts';
import { budgetWord, decisive } from '../budget.ts';
import { tierOf } from '../tiers.ts';
import { slowInterpreters } from './interpreters.ts';
import { listed, target, timed, type Situation } from './situation.ts';

/** Words of the budgets that keep these results from passing. */
const obstacles = (results: readonly SimulationResult[]): string[] => [
  ...new Set(results.flatMap((result) => decisive(result).map((check) => budgetWord(check.budget)))),
];

function everyRuntime({ best }: Situation): string {
  const kind = tierOf(best.runtime).boundsChecks ? 'the fastest that keeps bounds checks' : 'the fastest';
  return `every runtime meets ${target(best)}; ${timed(best)} is ${kind}`;
}

export function passReason(at: Situation): string {
  const { results, passing, best } = at;
  const rest = results.filter((result) => !passing.includes(result));
  if (rest.length === 0) return everyRuntime(at);
  const others = passing.filter((result) => result !== best);
  const more = others.length === 1 ? others.map(timed) : others.map((result) => result.runtime);
  const slow = slowInterpreters(at);
  if (slow !== undefined) {
    const does =
      others.length === 0
        ? `${best.runtime} does with ${durationBand(best.latencyMs)}`
        : `${listed([timed(best), ...more])} do`;
    return `${slow}; ${does}`;
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
