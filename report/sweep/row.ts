/**
 * One configuration of a sweep as a flat row: what `results.jsonl` holds in its lines and `results.parquet` in its columns.
 * The schema of a line is generated from `SweepRow` into `schemas/sweep.schema.json`.
 */
import type { Estimate } from '../../common/estimate.ts';
import type { SimulationResult, Verdict } from '../../sim/result.ts';
import { rounded } from '../json/round.ts';

/** Fields are null where there is nothing to say: costs of what was refused, error rates without a trained model. */
export interface SweepRow {
  /** Place of the configuration in the sweep, from 0. */
  index: number;
  pipeline: string;
  /** Family of models. */
  family: string;
  /** Model of the family that was taken for the rate. */
  model: string;
  rateHz: number;
  board: string;
  runtime: string;
  /** Shape of the code. */
  profile: string;
  /** Bits of all weight matrices; "own": those of the pipeline. */
  weights: string;
  /** The refusal, with its number, of a configuration that cannot be built or run. */
  refused: string | null;
  verdict: Verdict | null;
  /** Budgets that fail, separated by blanks. */
  failed: string | null;
  /** Budgets that are undecided, separated by blanks. */
  undecided: string | null;
  trainedForRate: boolean;
  latencyMs: number | null;
  latencyMsLow: number | null;
  latencyMsHigh: number | null;
  cycles: number | null;
  cyclesLow: number | null;
  cyclesHigh: number | null;
  utilization: number | null;
  utilizationLow: number | null;
  utilizationHigh: number | null;
  wasmOps: number | null;
  macs: number | null;
  sensorMw: number | null;
  averageMw: number | null;
  averageMwLow: number | null;
  averageMwHigh: number | null;
  batteryHours: number | null;
  batteryHoursLow: number | null;
  batteryHoursHigh: number | null;
  flashBytes: number | null;
  ramBytes: number | null;
  fits: boolean | null;
  windows: number | null;
  agreement: number | null;
  accuracy: number | null;
  far: number | null;
  frr: number | null;
  eer: number | null;
  floatEer: number | null;
}

/** What is asked for: everything of a row that is known before the work. */
export type Configuration = Pick<
  SweepRow,
  | 'index'
  | 'pipeline'
  | 'family'
  | 'model'
  | 'rateHz'
  | 'board'
  | 'runtime'
  | 'profile'
  | 'weights'
  | 'trainedForRate'
>;

type Costs = Omit<SweepRow, keyof Configuration | 'refused'>;

const nothing: Costs = {
  verdict: null,
  failed: null,
  undecided: null,
  ...{ latencyMs: null, latencyMsLow: null, latencyMsHigh: null },
  ...{ cycles: null, cyclesLow: null, cyclesHigh: null },
  ...{ utilization: null, utilizationLow: null, utilizationHigh: null },
  wasmOps: null,
  macs: null,
  sensorMw: null,
  ...{ averageMw: null, averageMwLow: null, averageMwHigh: null },
  ...{ batteryHours: null, batteryHoursLow: null, batteryHoursHigh: null },
  flashBytes: null,
  ramBytes: null,
  fits: null,
  windows: null,
  agreement: null,
  accuracy: null,
  far: null,
  frr: null,
  eer: null,
  floatEer: null,
};

export const refusedRow = (asked: Configuration, refused: string): SweepRow => ({
  ...asked,
  refused,
  ...nothing,
});

export function costedRow(asked: Configuration, result: SimulationResult): SweepRow {
  const { accuracy, memory, power } = result;
  const of = (verdict: Verdict): string =>
    [...new Set(result.checks.filter((c) => c.verdict === verdict).map((c) => c.budget))].join(' ');
  const band = <Name extends string>(name: Name, { value, low, high }: Estimate) =>
    ({ [name]: value, [`${name}Low`]: low, [`${name}High`]: high }) as Record<
      Name | `${Name}Low` | `${Name}High`,
      number
    >;
  return {
    ...asked,
    refused: null,
    ...nothing,
    verdict: result.verdict,
    failed: of('fail'),
    undecided: of('undecided'),
    ...band('latencyMs', result.latencyMs),
    ...band('cycles', result.cycles),
    ...band('utilization', result.utilization),
    wasmOps: result.wasmOpsPerInference,
    macs: result.macsPerInference,
    sensorMw: power.sensorMw,
    ...band('averageMw', power.averageMw),
    ...band('batteryHours', result.battery.hours),
    flashBytes: memory.flashBytes,
    ramBytes: memory.ramBytes,
    fits: memory.fits,
    ...(accuracy && {
      windows: accuracy.windows,
      agreement: accuracy.agreement,
      ...accuracy.fixed,
      floatEer: accuracy.float.eer,
    }),
  };
}

/** One line of JSON without its line feed: keys in the order of the columns, numbers rounded as in every report. */
export function jsonLine(row: SweepRow, columns: readonly { name: keyof SweepRow }[]): string {
  const members = columns.map(({ name }) => {
    const value = row[name];
    return [name, typeof value === 'number' ? rounded(value, name) : value] as const;
  });
  return JSON.stringify(Object.fromEntries(members));
}
