/**
 * The data of examples/waca, and the numbers of its pipeline file.
 *
 * Nothing is trained. People 1 to 8 give what has to be known beforehand (ranges, centre, thresholds), people 9 to 16 are enrolled and tested.
 * Float features are those of `floatWindows` on straight lines between the samples of the recordings, in float64.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeTensor } from '../generator/data/safetensors.ts';
import { floatWindows } from '../generator/pipeline/float-windows.ts';
import type { Pipeline, TemplateDistance } from '../generator/pipeline/pipeline.ts';
import { templateMatcher } from '../generator/stages/template-float.ts';
import { equalError } from '../generator/verify/metrics.ts';
import { VERIFICATION_KEY } from '../generator/verify/verify-kernel.ts';
import { imuChannels, integers, unzipLines, watchRecording, writeTensors, writeText } from './cut-tools.ts';

const rateHz = 100;
/** The last executions of a person are for tests, as in typing102. */
const testExecutions = 3;
const development = [1, 2, 3, 4, 5, 6, 7, 8];
const tested = [9, 10, 11, 12, 13, 14, 15, 16];
/** Test executions of two people; the first one drives the simulation. */
const recordings = [
  ['s09', '09'],
  ['s13', '08'],
] as const;
const bits = 256;
const leastRange = 0.01;
/** Share of the range of people 1 to 8 that is left free on either side. */
const margin = 0.5;

type Signal = Pick<Pipeline, 'channels' | 'preprocess' | 'window'>;

interface Row {
  user: number;
  execution: number;
  test: boolean;
  x: Float64Array;
}

/** Numbers of pipeline.json that come from people 1 to 8. */
export interface WacaNumbers {
  low: number[];
  high: number[];
  centre: number[];
  thresholds: Record<TemplateDistance, number>;
}

/** The signal part of the shipped pipeline file. */
export const wacaSignal = (): Signal =>
  JSON.parse(readFileSync(new URL('../examples/waca/pipeline.json', import.meta.url), 'utf8')) as Signal;

/** @param pipeline the signal part of pipeline.json; "minmax" is left out of it here */
export function cutWaca(shared: string, example: string, pipeline: Signal): WacaNumbers {
  const raw = everyRow(shared, {
    ...pipeline,
    preprocess: pipeline.preprocess.filter((s) => s.step !== 'minmax'),
  });
  const numbers = numbersOf(raw);
  const rows = raw.map((row) => ({ ...row, x: scaled(row.x, numbers) }));
  const own = rows.filter(({ user }) => tested.includes(user));
  const [enrol, test] = [false, true].map((kind) => own.filter((row) => row.test === kind));
  writeTensors(
    example,
    {
      x_calibration: tensor(rows.filter((row) => !tested.includes(row.user) && !row.test).slice(0, 64)),
      x_enrol: tensor(enrol!),
      user_enrol: integers(enrol!.map(({ user }) => user)),
      x_test: tensor(test!),
      user_test: integers(test!.map(({ user }) => user)),
      session_test: integers(test!.map(({ user, execution }) => user * 100 + execution)),
    },
    {
      x: 'features brought to 0 .. 1 (window, column times 14 and feature), float64 rounded to float32',
      user: 'person, 9 to 16',
      session_test: 'user times 100 and execution: windows of one follow each other by one second',
      x_calibration: 'windows of people 1 to 8',
      source:
        'sp_sw_har: Matey-Sanz and others (2023), doi:10.5281/zenodo.8398688, CC BY 4.0, features of windows',
    },
  );
  for (const [name, execution] of recordings)
    writeText(
      join(example, 'recordings'),
      `${name}-${execution}.csv`,
      watchRecording(shared, name, execution),
    );
  return numbers;
}

/** Float features of every window of every execution of the watch. */
function everyRow(shared: string, pipeline: Signal): Row[] {
  return [...development, ...tested].flatMap((user) => {
    const executions = executionsOf(shared, user);
    return executions.flatMap(({ execution, streams }, i) =>
      floatWindows(pipeline, rateHz, streams).map((x) => ({
        user,
        execution,
        test: i >= executions.length - testExecutions,
        x,
      })),
    );
  });
}

/** Watch recordings of a person on a grid that begins with the first sample, in the order of the executions. */
function executionsOf(shared: string, user: number): { execution: number; streams: Float64Array[] }[] {
  const [header, ...lines] = unzipLines(
    join(shared, `data/sp_sw_har/s${String(user).padStart(2, '0')}.csv.gz`),
  );
  const columns = header!.split(',');
  const place = (name: string) => columns.indexOf(name);
  const samples = new Map<number, number[][]>();
  for (const cells of lines.map((line) => line.split(','))) {
    if (cells[place('device')] !== 'sw') continue;
    const execution = Number(cells[place('execution')]);
    const list = samples.get(execution) ?? [];
    samples.set(execution, list);
    list.push(['timestamp_ms', ...imuChannels].map((name) => Number(cells[place(name)])));
  }
  return [...samples]
    .sort(([a], [b]) => a - b)
    .map(([execution, list]) => ({ execution, streams: onGrid(list) }));
}

/** Straight lines between neighbours; of samples that share a time the last one counts. */
function onGrid(samples: readonly number[][]): Float64Array[] {
  const start = samples[0]![0]!;
  const count = Math.floor(((samples.at(-1)![0]! - start) * rateHz) / 1000) + 1;
  const streams = imuChannels.map(() => new Float64Array(count));
  for (let k = 0, left = 0; k < count; k++) {
    const time = start + (k * 1000) / rateHz;
    while (left + 1 < samples.length && samples[left + 1]![0]! <= time) left++;
    const [a, b] = [samples[left]!, samples[left + 1] ?? samples[left]!];
    const share = b[0]! > a[0]! ? (time - a[0]!) / (b[0]! - a[0]!) : 0;
    streams.forEach((stream, c) => (stream[k] = a[c + 1]! + (b[c + 1]! - a[c + 1]!) * share));
  }
  return streams;
}

function numbersOf(rows: readonly Row[]): WacaNumbers {
  const known = rows.filter(({ user }) => development.includes(user));
  const columns = Array.from(known[0]!.x, (_, f) => known.map(({ x }) => x[f]!));
  const ends = columns.map((values) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const room = margin * (most - least);
    return [rounded(least - room), rounded(most + room)] as const;
  });
  const [low, high] = [ends.map(([a]) => a), ends.map(([, b]) => b)];
  const inRange = known.map((row) => ({ ...row, x: scaled(row.x, { low, high }) }));
  const centre = columns.map((_, f) =>
    rounded(inRange.reduce((sum, { x }) => sum + x[f]!, 0) / inRange.length),
  );
  const distances = ['euclidean', 'manhattan', 'minkowski5', 'cosine', 'correlation', 'hamming'] as const;
  const thresholds = Object.fromEntries(
    distances.map((distance) => [distance, rounded(thresholdOf(inRange, distance, centre))]),
  ) as Record<TemplateDistance, number>;
  return { low, high, centre, thresholds };
}

/** Where FAR and FRR meet among people 1 to 8. */
function thresholdOf(rows: readonly Row[], distance: TemplateDistance, centre: number[]): number {
  const options =
    distance === 'hamming'
      ? { distance, protection: { bits, centre }, key: VERIFICATION_KEY }
      : { distance, leastRange };
  const scores: Record<'own' | 'others', number[]> = { own: [], others: [] };
  for (const person of development) {
    const matcher = templateMatcher(
      rows.filter(({ user, test }) => user === person && !test).map(({ x }) => x),
      options,
    );
    for (const { user, test, x } of rows)
      if (test) scores[user === person ? 'own' : 'others'].push(-matcher(x));
  }
  return -equalError(scores.own, scores.others).threshold;
}

const scaled = (x: Float64Array, { low, high }: Pick<WacaNumbers, 'low' | 'high'>): Float64Array =>
  x.map((v, f) => Math.max(0, Math.min(1, (v - low[f]!) / (high[f]! - low[f]!))));

const rounded = (value: number): number => Number(value.toPrecision(8));

function tensor(rows: readonly Row[]): SafeTensor {
  const features = rows[0]!.x.length;
  const data = new Float64Array(rows.length * features);
  rows.forEach(({ x }, i) => data.set(x.map(Math.fround), i * features));
  return { dtype: 'F32', shape: [rows.length, features], data };
}
