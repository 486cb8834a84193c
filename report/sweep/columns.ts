/** Columns of a sweep's results in order, with the type that Parquet stores them as. */
import type { SweepRow } from './row.ts';

export type ColumnType = 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN';

export interface SweepColumn {
  name: keyof SweepRow;
  type: ColumnType;
}

const of = (type: ColumnType, ...names: (keyof SweepRow)[]): SweepColumn[] =>
  names.map((name) => ({ name, type }));

const band = <Name extends string>(name: Name) => [name, `${name}Low`, `${name}High`] as const;

export const sweepColumns: readonly SweepColumn[] = [
  ...of('INT32', 'index'),
  ...of('STRING', 'pipeline', 'family', 'model'),
  ...of('DOUBLE', 'rateHz'),
  ...of('STRING', 'board', 'runtime', 'profile', 'weights', 'refused', 'verdict', 'failed', 'undecided'),
  ...of('BOOLEAN', 'trainedForRate'),
  ...of('DOUBLE', ...band('latencyMs'), ...band('cycles'), ...band('utilization'), 'wasmOps', 'macs'),
  ...of('DOUBLE', 'sensorMw', ...band('averageMw'), ...band('batteryHours'), 'flashBytes', 'ramBytes'),
  ...of('BOOLEAN', 'fits'),
  ...of('INT32', 'windows'),
  ...of('DOUBLE', 'agreement', 'accuracy', 'far', 'frr', 'eer', 'floatEer'),
];
