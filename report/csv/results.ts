/** Simulations as CSV: one row a board, runtime and rate, units in the names of the columns. */
import type { Estimate } from '../../common/estimate.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { rounded } from '../json/round.ts';
import { csv, type CsvValue } from './csv.ts';

type Column = readonly [name: string, value: (result: SimulationResult) => CsvValue];

const band = (name: string, of: (result: SimulationResult) => Estimate): Column[] => [
  [name, (result) => of(result).value],
  [`${name}Low`, (result) => of(result).low],
  [`${name}High`, (result) => of(result).high],
];

/** "clock ramp" -> "clockRampMs" */
const camel = (name: string): string =>
  `${name.toLowerCase().replace(/[ -](\w)/g, (_, first: string) => first.toUpperCase())}Ms`;

const columns: readonly Column[] = [
  ['kernel', (r) => r.kernel],
  ['board', (r) => r.board],
  ['runtime', (r) => r.runtime],
  ['rateHz', (r) => r.rateHz],
  ['trainedForRate', (r) => r.trainedForRate],
  ['verdict', (r) => r.verdict],
  ...band('latencyMs', (r) => r.latencyMs),
  // Empty where no bound is known.
  [
    'worstCaseMs',
    ({ worstCase }) => (worstCase && worstCase.kind !== 'unbounded' ? worstCase.latencyMs.value : undefined),
  ],
  ...['sensor FIFO', 'wake-up and scheduling', 'taking samples in', 'kernel', 'clock ramp', 'contention'].map(
    (name): Column => [camel(name), (r) => r.latencyParts.find((part) => part.name === name)?.ms],
  ),
  ...band('utilization', (r) => r.utilization),
  ...band('cycles', (r) => r.cycles),
  ['wasmOps', (r) => r.wasmOpsPerInference],
  ['macs', (r) => r.macsPerInference],
  ['sensorMw', (r) => r.power.sensorMw],
  ...band('averageMw', (r) => r.power.averageMw),
  ...band('batteryHours', (r) => r.battery.hours),
  ['flashBytes', (r) => r.memory.flashBytes],
  ['ramBytes', (r) => r.memory.ramBytes],
  ['fits', (r) => r.memory.fits],
  ['agreement', (r) => r.accuracy?.agreement],
  ['accuracy', (r) => r.accuracy?.fixed.accuracy],
  ['far', (r) => r.accuracy?.fixed.far],
  ['frr', (r) => r.accuracy?.fixed.frr],
  ['eer', (r) => r.accuracy?.fixed.eer],
  ['floatEer', (r) => r.accuracy?.float.eer],
];

export const resultsCsv = (results: readonly SimulationResult[]): string =>
  csv(
    columns.map(([name]) => name),
    results.map((result) =>
      columns.map(([name, value]) => {
        const found = value(result);
        return typeof found === 'number' ? rounded(found, name) : found;
      }),
    ),
  );
