/** What the scripts share that cut examples from the full data in ../shared. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  readSafetensorsFile,
  requireTensor,
  writeSafetensors,
  type SafeTensor,
} from '../generator/data/safetensors.ts';

/** `count` of the items (or all), evenly spread from the first on. */
export function spread<T>(items: readonly T[], count: number): T[] {
  const length = Math.min(count, items.length);
  return Array.from({ length }, (_, i) => items[Math.floor((i * items.length) / length)]);
}

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

export function openTensors(path: string): (name: string) => SafeTensor {
  const tensors = readSafetensorsFile(path);
  return (name) => requireTensor(tensors, name, path);
}

export const rowsOf = (labels: Float64Array, label: number): number[] =>
  [...labels.keys()].filter((i) => labels[i] === label);

/** Rows of the first axis. */
export function pick({ dtype, shape, data }: SafeTensor, rows: readonly number[]): SafeTensor {
  const length = data.length / shape[0];
  const values = new Float64Array(rows.length * length);
  rows.forEach((row, i) => values.set(data.subarray(row * length, (row + 1) * length), i * length));
  return { dtype, shape: [rows.length, ...shape.slice(1)], data: values };
}

export const integers = (values: readonly number[]): SafeTensor => ({
  dtype: 'I32',
  shape: [values.length],
  data: Float64Array.from(values),
});

export function copyModel(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const file of ['model.onnx', 'meta.json'])
    writeFileSync(join(to, file), readFileSync(join(from, file)));
}

export function writeTensors(
  folder: string,
  tensors: Record<string, SafeTensor>,
  metadata: Record<string, string>,
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'windows.safetensors'),
    writeSafetensors(new Map(Object.entries(tensors)), metadata),
  );
}

export function writeText(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

export const unzipLines = (path: string): string[] =>
  gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');

export const imuChannels = ['x_acc', 'y_acc', 'z_acc', 'x_gyro', 'y_gyro', 'z_gyro'];

/** One execution of the watch as recorded; time_s counts from its first sample. */
export function watchRecording(shared: string, name: string, execution: string): string {
  const [header, ...lines] = unzipLines(join(shared, `data/sp_sw_har/${name}.csv.gz`));
  const columns = header.split(',');
  const cell = (cells: string[], column: string) => cells[columns.indexOf(column)];
  const rows = lines
    .map((line) => line.split(','))
    .filter((cells) => cell(cells, 'device') === 'sw' && cell(cells, 'execution') === execution);
  const startMs = Number(cell(rows[0], 'timestamp_ms'));
  const timeS = (cells: string[]) => ((Number(cell(cells, 'timestamp_ms')) - startMs) / 1000).toFixed(3);
  const body = rows.map((cells) => [timeS(cells), ...imuChannels.map((c) => cell(cells, c))].join());
  return `${[['time_s', ...imuChannels].join(), ...body].join('\n')}\n`;
}
