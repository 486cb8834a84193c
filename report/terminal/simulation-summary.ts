/** The answers of one simulation, before its tables: how fast, how much, how well. */
import type { SimulationResult } from '../../sim/result.ts';
import { plainNumber, significant } from '../text/number.ts';
import {
  bytes,
  clock,
  count,
  countBand,
  durationBand,
  hertz,
  hoursBand,
  percent,
  power,
  powerBand,
  setSeconds,
} from '../text/quantity.ts';
import { pad } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Style } from './style.ts';

const NAME_WIDTH = 14;
const VALUE_WIDTH = 29;
/** On a narrower terminal notes stand under their value. */
const COLUMNS_FOR_NOTES = 76;

/** Name, value, and what the value means. */
type Row = readonly [name: string, value: string, note: string];

function accuracyRow({ accuracy }: SimulationResult): Row {
  if (!accuracy) return ['accuracy', 'cost only', 'no model trained for this rate'];
  const { fixed, float, windows, agreement } = accuracy;
  const errors = `FAR ${percent(fixed.far)}, FRR ${percent(fixed.frr)}, EER ${percent(fixed.eer)} (float ${percent(float.eer)})`;
  return [
    'accuracy',
    percent(fixed.accuracy),
    `${errors}; ${percent(agreement)} of ${windows} windows decided as in float`,
  ];
}

/** "of 500 mWh, 90 % of the nominal 555 mWh" */
function batteryNote({ battery: { capacityMwh, usableMwh } }: SimulationResult): string {
  if (usableMwh.value === capacityMwh) return `of ${plainNumber(capacityMwh)} mWh`;
  return `of ${significant(usableMwh.value)} mWh usable, ${percent(usableMwh.value / capacityMwh, 0)} of the nominal ${plainNumber(capacityMwh)} mWh`;
}

function rowsOf(result: SimulationResult): Row[] {
  const { memory, power: drawn, battery } = result;
  const work = `${count(result.wasmOpsPerInference)} wasm operations, ${count(result.macsPerInference)} MACs`;
  return [
    ['latency', durationBand(result.latencyMs), 'from the last sample to the decision'],
    ['cycles', countBand(result.cycles), `${work}; ${count(result.cyclesPerSample)} cycles a sample`],
    drawn.sensorMw === 0
      ? ['sensor power', '-', 'no sensor of the pipeline runs on this board']
      : ['sensor power', power(drawn.sensorMw), 'sensors with their supply'],
    ['average power', powerBand(drawn.averageMw), `a decision each ${setSeconds(result.hopSeconds)}`],
    ['battery', hoursBand(battery.hours), batteryNote(result)],
    [
      'memory',
      `${bytes(memory.flashBytes)} flash, ${bytes(memory.ramBytes)} RAM`,
      memory.fits ? 'fits' : 'does not fit',
    ],
    accuracyRow(result),
  ];
}

export function simulationSummary(result: SimulationResult, style: Style): string[] {
  const cores = result.coresUsed > 1 ? `, ${result.coresUsed} cores` : '';
  const indent = ' '.repeat(NAME_WIDTH + VALUE_WIDTH);
  return [
    `${style.bold(result.kernel)} on ${style.bold(result.board)} with ${style.bold(result.runtime)} at ${hertz(result.rateHz)}`,
    style.dim(
      `${result.core}, ${clock(result.clockMhz)}${cores}; window ${setSeconds(result.windowSeconds)}`,
    ),
    '',
    ...rowsOf(result).flatMap(([name, value, note]) => {
      if (style.width < COLUMNS_FOR_NOTES)
        return [
          `${pad(name, NAME_WIDTH)}${value}`,
          ...wrap(note, style.width, { first: '  ', rest: '  ' }).map(style.dim),
        ];
      const [first = '', ...rest] = wrap(note, style.width - indent.length);
      return [
        `${pad(name, NAME_WIDTH)}${pad(value, VALUE_WIDTH)}${style.dim(first)}`,
        ...rest.map((line) => `${indent}${style.dim(line)}`),
      ];
    }),
  ];
}
