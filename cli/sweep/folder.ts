/**
 * The folder of a sweep:
 *
 *   sweep.json        the plan: what is covered, with a digest of every input; equal for all shards
 *   kernels/0007.jsonl  rows of kernel 7, written whole when it is done; a run that goes on skips it
 *   results.jsonl     all rows in the order of the plan, once every kernel is there
 *   results.parquet   the same rows
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  damagedRows,
  missingKernels,
  notASweep,
  otherSweep,
  rowsDiffer,
} from '../../common/refusals/sweep.ts';
import { canonicalJson } from '../../report/json/canonical.ts';
import { sweepParquet } from '../../report/sweep/parquet.ts';
import type { SweepRow } from '../../report/sweep/row.ts';
import type { SweepPlan } from './plan.ts';

export const planFile = (folder: string): string => join(folder, 'sweep.json');
export const kernelFile = (folder: string, number: number): string =>
  join(folder, 'kernels', `${String(number).padStart(4, '0')}.jsonl`);

/** The plan of a folder; undefined when it holds none. Throws ESC522 when the file is none of ours. */
export function readPlan(folder: string): SweepPlan | undefined {
  const path = planFile(folder);
  if (!existsSync(path)) return undefined;
  try {
    const plan = JSON.parse(readFileSync(path, 'utf8')) as SweepPlan;
    if (typeof plan.digest === 'string' && Array.isArray(plan.kernels)) return plan;
  } catch {
    // Told below.
  }
  throw notASweep(folder, 'its sweep.json is damaged');
}

/** Refuses a folder that holds another sweep (ESC521). */
export function claimFolder(folder: string, plan: SweepPlan): void {
  const there = readPlan(folder);
  if (there && there.digest !== plan.digest) throw otherSweep(folder);
}

/** Removes what an earlier sweep left, and nothing else. */
export function clearFolder(folder: string): void {
  if (!existsSync(planFile(folder))) return;
  rmSync(join(folder, 'kernels'), { recursive: true, force: true });
  for (const name of ['sweep.json', 'results.jsonl', 'results.parquet'])
    rmSync(join(folder, name), { force: true });
}

/** Rows of every kernel, looked for in all folders. Throws ESC523 (some are missing), ESC524, ESC525. */
export function gatherRows(folders: readonly string[], plan: SweepPlan): string[] {
  const missing: number[] = [];
  const texts = plan.kernels.map((_, number) => {
    const found = folders.map((folder) => kernelFile(folder, number)).filter((path) => existsSync(path));
    if (found.length === 0) missing.push(number);
    const [first = '', ...rest] = found.map((path) => readFileSync(path, 'utf8'));
    const other = rest.findIndex((text) => text !== first);
    if (other >= 0) throw rowsDiffer(found[0]!, found[other + 1]!);
    if (found.length > 0) checkRows(found[0]!, first, plan, number);
    return first;
  });
  if (missing.length > 0) throw missingKernels(missing.length, plan.kernels.length, missing.slice(0, 5));
  return texts;
}

/** Rows must be whole, in order and of this kernel: files get cut off when they are copied. */
function checkRows(path: string, text: string, plan: SweepPlan, number: number): void {
  const perKernel = plan.configurations / plan.kernels.length;
  const lines = text.split('\n');
  const whole = lines.pop() === '' && lines.length === perKernel;
  const inPlace = (line: string, at: number): boolean => {
    try {
      return (JSON.parse(line) as SweepRow).index === number * perKernel + at;
    } catch {
      return false;
    }
  };
  if (!whole || !lines.every(inPlace)) throw damagedRows(path);
}

/** `results.jsonl` and `results.parquet` of all rows, and the plan. */
export function resultFiles(
  folder: string,
  plan: SweepPlan,
  texts: readonly string[],
): Map<string, string | Uint8Array> {
  const lines = texts.join('');
  const { tool, digest } = plan;
  return new Map<string, string | Uint8Array>([
    [planFile(folder), canonicalJson(plan)],
    [join(folder, 'results.jsonl'), lines],
    [join(folder, 'results.parquet'), sweepParquet(rowsOf(lines), { tool, digest })],
  ]);
}

export const rowsOf = (lines: string): SweepRow[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SweepRow);
