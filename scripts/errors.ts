/**
 * `npm run errors -- [KERNEL ...] [--core LIST] [--outside FOLDER] [--save FILE] [--base FILE] [--top N]`: errors of the compiled-code model by runtime and core: mean
 * |ln(predicted / reference)|, median, kernels beyond 25 %, and the worst. --save keeps the predictions; --base says what has moved since.
 * --outside takes modules that test/reference/tools/outside.ts has measured. --core is cortex-m4,cortex-a7 where it is not given.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { outsideKernel, outsideRecords } from '../test/reference/tools/outside.ts';
import { compareWith, compiledRecords, groupsOf, type Comparison } from './comparisons.ts';
import { referenceKernel } from '../test/reference/tools/kernels.ts';
import { beyond, median, percent, sorted } from './validation-text.ts';

type Saved = Record<string, number>;

const keyOf = (c: Comparison): string => `${c.runtime}/${c.core}/${c.kernel}`;
const distance = (error: number): number => Math.abs(Math.log(1 + error));
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

function summary(name: string, group: readonly Comparison[], before: Saved | undefined): string {
  const known = before ? group.filter((c) => before[keyOf(c)] !== undefined) : [];
  const was = known.map((c) => before![keyOf(c)]! / c.cycles - 1);
  const figures = (errors: readonly number[]) =>
    `mean ${(100 * mean(errors.map(distance))).toFixed(2)}, median ${percent(median(sorted(errors)))}, beyond 25 %: ${beyond([...errors])}`;
  const now = `${name}: ${group.length} kernels, ${figures(group.map((c) => c.error))}`;
  return was.length
    ? `${now}\n  was (${was.length} of them): ${figures(was)}; those now: ${figures(known.map((c) => c.error))}`
    : now;
}

function worst(group: readonly Comparison[], top: number): string {
  const rows = group.toSorted((a, b) => distance(b.error) - distance(a.error)).slice(0, top);
  return `  ${rows.map((c) => `${c.kernel} ${percent(c.error)}`).join(', ')}`;
}

/** What has moved by more than half a percent, the largest improvements and the largest losses of |ln| first. */
function moved(group: readonly Comparison[], before: Saved, top: number): string {
  const rows = group
    .map((c) => ({ c, was: (before[keyOf(c)] ?? c.predicted) / c.cycles - 1 }))
    .filter(({ c, was }) => Math.abs(c.error - was) > 0.005)
    .map(({ c, was }) => ({
      gain: distance(was) - distance(c.error),
      text: `${c.kernel} ${percent(was)} -> ${percent(c.error)}`,
    }))
    .toSorted((a, b) => b.gain - a.gain);
  const better = rows.filter(({ gain }) => gain > 0);
  const worse = rows.filter(({ gain }) => gain <= 0).toReversed();
  const list = (some: typeof rows) =>
    some
      .slice(0, top)
      .map(({ text }) => text)
      .join(', ');
  return `  better (${better.length}): ${list(better)}\n  worse (${worse.length}): ${list(worse)}`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    core: { type: 'string', default: 'cortex-m4,cortex-a7' },
    outside: { type: 'string' },
    save: { type: 'string' },
    base: { type: 'string' },
    top: { type: 'string', default: '15' },
    firmware: { type: 'boolean', default: false },
  },
});
const { outside, save, base } = values;
const records = (outside ? outsideRecords(outside) : compiledRecords())
  .filter(({ core }) => values.core.split(',').includes(core))
  .filter(({ kernel }) => positionals.length === 0 || positionals.includes(kernel))
  .filter(({ runtime }) => runtime !== 'wasm2c-firmware' || values.firmware);
const all = compareWith(
  records,
  outside ? (name) => outsideKernel(join(outside, `${name}.wasm`)) : referenceKernel,
);
const before = base ? (JSON.parse(readFileSync(base, 'utf8')) as Saved) : undefined;
const top = Number(values.top);
for (const [name, group] of groupsOf(all)) {
  const lines = [
    summary(name, group, before),
    worst(group, top),
    ...(before ? [moved(group, before, top)] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
if (save) writeFileSync(save, JSON.stringify(Object.fromEntries(all.map((c) => [keyOf(c), c.predicted]))));
