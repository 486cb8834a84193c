/**
 * Recordings: CSV with a header line `time_s,<channel>,...` and one line a sample. Times are seconds from any origin,
 * evenly spaced or not; neighbours may share a time (clocks of real devices tick in milliseconds), but never go back.
 */
import { readFileSync } from 'node:fs';
import { pipelineRefusals } from '../../common/refusals/index.ts';

export interface SensorRecording {
  /** For messages. */
  file: string;
  /** Seconds, non-decreasing. */
  timesS: Float64Array;
  /** Values by channel name, in the channel's unit. */
  columns: ReadonlyMap<string, Float64Array>;
}

/** A longer time without a sample is not bridged by interpolation: the windows in it would be invented. */
export const longestGapS = 1;

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a recording file; refuses one that cannot be opened (ESC260), then as `parseRecording`. */
export function readRecording(path: string, channels: readonly string[]): SensorRecording {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw pipelineRefusals.missingRecording(path);
  }
  return parseRecording(text, path, channels);
}

/**
 * Takes `time_s` and the named channels out of CSV text; other columns are ignored. Refuses a missing or repeated
 * column, a cell that is no decimal number, time that goes back, gaps and files without samples (ESC261 to ESC269).
 */
export function parseRecording(text: string, file: string, channels: readonly string[]): SensorRecording {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = lines[0].split(',').map((name) => name.trim());
  if (lines[0].trim() === '') throw pipelineRefusals.emptyRecording(file, 'it has no header line');
  const picked = ['time_s', ...channels].map((name) => ({ name, at: columnIndex(header, name, file) }));

  const rows: number[][] = [];
  const lineOf: number[] = [];
  for (let i = 1; i < lines.length; i++) {
    if (lines[i].trim() === '') continue;
    const cells = lines[i].split(',');
    rows.push(picked.map(({ name, at }) => parseCell(cells[at] ?? '', file, i + 1, name)));
    lineOf.push(i + 1);
  }
  if (rows.length < 2) throw pipelineRefusals.emptyRecording(file, `it has ${rows.length} samples`);
  const timesS = Float64Array.from(rows, (row) => row[0]);
  checkTimes(timesS, lineOf, file);
  return {
    file,
    timesS,
    columns: new Map(channels.map((name, c) => [name, Float64Array.from(rows, (row) => row[c + 1])])),
  };
}

function columnIndex(header: readonly string[], name: string, file: string): number {
  const at = header.indexOf(name);
  if (at < 0) throw pipelineRefusals.missingColumn(file, name, header);
  if (header.includes(name, at + 1)) throw pipelineRefusals.repeatedColumn(file, name);
  return at;
}

function parseCell(cell: string, file: string, line: number, column: string): number {
  const trimmed = cell.trim();
  const value = decimalNumber.test(trimmed) ? Number(trimmed) : NaN;
  if (!Number.isFinite(value)) throw pipelineRefusals.badCell(file, line, column, trimmed);
  return value;
}

function checkTimes(timesS: Float64Array, lineOf: readonly number[], file: string): void {
  for (let i = 1; i < timesS.length; i++) {
    const step = timesS[i] - timesS[i - 1];
    if (step < 0)
      throw pipelineRefusals.timeGoesBack(file, lineOf[i], String(timesS[i]), String(timesS[i - 1]));
    if (step > longestGapS)
      throw pipelineRefusals.recordingGap(file, lineOf[i], step.toFixed(3), longestGapS);
  }
  if (timesS[timesS.length - 1] === timesS[0])
    throw pipelineRefusals.emptyRecording(file, `all its ${timesS.length} samples have the same time`);
}
