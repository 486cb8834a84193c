/** Finds results in a report: by board, runtime and rate, in the order in which they were simulated. */
import type { SystemReport, VariantReport } from '../run-report.ts';
import type { SimulationResult } from '../../sim/result.ts';

export interface Place {
  board: string;
  runtime: string;
  rateHz: number;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
const resultsOf = (of: SystemReport | VariantReport): readonly SimulationResult[] =>
  'variants' in of ? of.variants.flatMap((variant) => variant.results) : of.results;

export const boardsOf = (of: SystemReport | VariantReport): string[] =>
  unique(resultsOf(of).map((result) => result.board));

export const runtimesOf = (of: SystemReport | VariantReport): string[] =>
  unique(resultsOf(of).map((result) => result.runtime));

/** Rates in hertz that were simulated, rising. */
export const ratesOf = (of: SystemReport | VariantReport): number[] =>
  unique(resultsOf(of).map((result) => result.rateHz)).sort((a, b) => a - b);

/** All results that agree with the given part of a place. */
export const resultsAt = (variant: VariantReport, place: Partial<Place>): SimulationResult[] =>
  variant.results.filter(
    (result) =>
      (place.board === undefined || result.board === place.board) &&
      (place.runtime === undefined || result.runtime === place.runtime) &&
      (place.rateHz === undefined || result.rateHz === place.rateHz),
  );

export const resultAt = (variant: VariantReport, place: Place): SimulationResult | undefined =>
  resultsAt(variant, place)[0];

/** How a variant is called in a sentence: the system alone when it has no other variant. */
export const variantName = (system: SystemReport, variant: VariantReport): string =>
  system.variants.length === 1 ? system.name : `${system.name}/${variant.id}`;
