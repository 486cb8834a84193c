/** Recordings of sp_sw_har in ../shared: phone and watch of one execution, as samples with their timestamps. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';

export interface Sample {
  timeMs: number;
  /** x_acc, y_acc, z_acc (m/s^2), x_gyro, y_gyro, z_gyro (rad/s) */
  values: number[];
}

export interface Execution {
  user: number;
  execution: number;
  watch: Sample[];
  phone: Sample[];
}

export const USERS = 16;

export function executionsOf(folder: string, user: number): Execution[] {
  const file = join(folder, `s${String(user).padStart(2, '0')}.csv.gz`);
  const [, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  const executions = new Map<number, Execution>();
  for (const line of lines) {
    const [device, number, time, ...cells] = line.split(',');
    const execution = Number(number);
    const entry = executions.get(execution) ?? { user, execution, watch: [], phone: [] };
    executions.set(execution, entry);
    const sample = { timeMs: Number(time), values: cells.slice(0, 6).map(Number) };
    (device === 'sw' ? entry.watch : entry.phone).push(sample);
  }
  return [...executions.values()].sort((a, b) => a.execution - b.execution);
}

/** The instant from which both devices record. */
export const startOf = ({ watch, phone }: Execution): number => Math.max(watch[0].timeMs, phone[0].timeMs);

/** Samples from an instant on, the first one there on the straight line between its neighbours. */
export function from(samples: readonly Sample[], startMs: number): Sample[] {
  let left = 0;
  while (left + 1 < samples.length && samples[left + 1].timeMs <= startMs) left++;
  const [a, b] = [samples[left], samples[left + 1]];
  const share = (startMs - a.timeMs) / (b.timeMs - a.timeMs);
  const values = a.values.map((x, c) => x + (b.values[c] - x) * share);
  return [{ timeMs: startMs, values }, ...samples.slice(left + 1)];
}
