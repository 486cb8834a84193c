/** Which sampling rates are worth choosing on one board and runtime: the Pareto front, and the lowest that keeps every budget. */
import type { SimulationResult } from '../result.ts';

export interface RateChoice {
  board: string;
  runtime: string;
  /** Rates that no other rate beats: see `paretoFront`. */
  paretoRatesHz: number[];
  /** Lowest rate whose verdict is pass; null when there is none. */
  lowestPassingHz: number | null;
  /** Lowest passing rate that a model was trained for; null when there is none. */
  lowestTrainedPassingHz: number | null;
  /** Lowest rate that may pass: no limit is broken for certain; null when every rate fails. */
  lowestUndecidedHz: number | null;
}

/** What a choice is made by, all to be small, at central values; EER of the fixed-point kernel where it is known. */
const costs = ({ power, latencyMs, memory }: SimulationResult): number[] => [
  power.averageMw.value,
  latencyMs.value,
  memory.ramBytes,
];

/**
 * True when `a` is at least as good as `b` in everything and better in something. A rate without a trained model has no
 * known error: it never beats one that has, and one that is no worse in cost beats it.
 */
export function dominates(a: SimulationResult, b: SimulationResult): boolean {
  const [ours, theirs] = [costs(a), costs(b)];
  if (ours.some((cost, index) => cost > theirs[index]!)) return false;
  const cheaper = ours.some((cost, index) => cost < theirs[index]!);
  const [errorA, errorB] = [a.accuracy?.fixed.eer, b.accuracy?.fixed.eer];
  if (errorB === undefined) return cheaper || errorA !== undefined;
  if (errorA === undefined) return false;
  return errorA <= errorB && (cheaper || errorA < errorB);
}

/** Results that none of the others dominates, in their order. */
export const paretoFront = (results: readonly SimulationResult[]): SimulationResult[] =>
  results.filter((result) => !results.some((other) => other !== result && dominates(other, result)));

/** Choices of every board and runtime among results of one model family, in the order of the results. */
export function rateChoices(results: readonly SimulationResult[]): RateChoice[] {
  const places = new Map<string, SimulationResult[]>();
  for (const result of results) {
    const place = `${result.board}\n${result.runtime}`;
    places.set(place, [...(places.get(place) ?? []), result]);
  }
  return [...places.values()].map((group): RateChoice => {
    const passing = group.filter(({ verdict }) => verdict === 'pass');
    return {
      board: group[0]!.board,
      runtime: group[0]!.runtime,
      paretoRatesHz: paretoFront(group)
        .map(({ rateHz }) => rateHz)
        .sort((a, b) => a - b),
      lowestPassingHz: lowest(passing),
      lowestTrainedPassingHz: lowest(passing.filter(({ trainedForRate }) => trainedForRate)),
      lowestUndecidedHz: lowest(group.filter(({ verdict }) => verdict !== 'fail')),
    };
  });
}

const lowest = (results: readonly SimulationResult[]): number | null =>
  results.length === 0 ? null : Math.min(...results.map(({ rateHz }) => rateHz));
