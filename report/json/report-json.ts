/** JSON of a run and of one simulation. */
import type { RunReport, SystemReport, VariantReport } from '../run-report.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { canonicalJson } from './canonical.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byPlace = (a: SimulationResult, b: SimulationResult): number =>
  compareText(a.board, b.board) || compareText(a.runtime, b.runtime) || a.rateHz - b.rateHz;

const sortedVariant = (variant: VariantReport): VariantReport => ({
  ...variant,
  results: [...variant.results].sort(byPlace),
  kernels: [...variant.kernels].sort((a, b) => a.rateHz - b.rateHz),
});

const sortedSystem = (system: SystemReport): SystemReport => ({
  ...system,
  rates: [...system.rates].sort((a, b) => a - b),
  variants: system.variants.map(sortedVariant),
});

/**
 * The report in one order whatever the order of simulation was: results by board, runtime and rate; kernels and
 * rates rising. Systems, variants, stages, parts, checks and notes keep theirs, which means something.
 */
export const sortedReport = <T extends Pick<RunReport, 'systems'>>(report: T): T => ({
  ...report,
  systems: report.systems.map(sortedSystem),
});

/** What `escapement compare --json` prints. */
export const reportJson = (report: RunReport): string => canonicalJson(sortedReport(report));

/** What `escapement simulate --json` prints. */
export const simulationJson = (result: SimulationResult): string => canonicalJson(result);
