/**
 * The simulator's cycles against the reference: `npm run validation`. Writes docs/validation.md, and the bands that every
 * latency carries (sim/timing/bands.json): quantiles of reference / estimate over the kernels, nine of ten inside.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { estimateCycles } from '../sim/timing/index.ts';
import {
  analyse,
  instrument,
  openMeter,
  subtract,
  type BlockCounts,
  type ModuleAnalysis,
} from '../sim/wasm/index.ts';
import type { KernelSource } from '../test/reference/tools/build.ts';
import { blindPredictions, firstLooks, placeOf } from '../test/reference/tools/first-look.ts';
import {
  floatSet,
  heldOutSet,
  heldOutSets,
  referenceKernel,
  type HeldOutSet,
} from '../test/reference/tools/kernels.ts';
import { heldOutSections } from './held-out.ts';
import { cells, cyclesCell, looksTable, ofSet } from './validation-sets.ts';
import { beyond, median, percent, sorted, table } from './validation-text.ts';

interface Reference {
  kernel: string;
  core: string;
  runtime: string;
  n: [number, number];
  cycles: number;
  /** Of the module that was measured, where it may have been compiled anew since. */
  sha256?: string;
}

export interface Comparison extends Reference {
  /** One of the project's own kernels. */
  shipped: boolean;
  predicted: number;
  /** predicted / reference - 1 */
  error: number;
  /** What was predicted before anybody had seen the kernel, where that is known. */
  blind?: number;
}

interface Band {
  low: number;
  high: number;
  kernels: number;
}

const reference = new URL('../test/reference/', import.meta.url);

export function compareAll(): Comparison[] {
  return compare([...read('measured-interpreters.json'), ...compiledRecords()]);
}

/** What one held-out set takes today: compiled code only. */
export const compareSet = (set: HeldOutSet): Comparison[] =>
  compare(
    read('measured.json').filter((r) => r.runtime.startsWith('wasm2c') && heldOutSet(r.kernel) === set),
  );

/** Kernels with floating point. */
export const compareFloats = (): Comparison[] =>
  compare(read('measured.json').filter((r) => r.runtime.startsWith('wasm2c') && floatSet(r.kernel)));

/** Interpreters as somebody else built them from the same sources. */
const compareOtherBuilds = (): Comparison[] =>
  compare(read('measured.json').filter((r) => !r.runtime.startsWith('wasm2c')));

const records = (file: string): Reference[] =>
  (JSON.parse(readFileSync(new URL(file, reference), 'utf8')) as { records: Reference[] }).records;

/** Whether the record is of the module that lies there now. */
const isCurrent = ({ kernel, sha256 }: Reference): boolean =>
  sha256 === undefined || createHash('sha256').update(referenceKernel(kernel).wasm).digest('hex') === sha256;

const read = (file: string): Reference[] => records(file).filter(isCurrent);

/** Kernels that were measured under an interpreter and have been compiled anew since. */
const outdated = (): string[] => [
  ...new Set(
    records('measured-interpreters.json')
      .filter((r) => !isCurrent(r))
      .map((r) => r.kernel),
  ),
];

/** Compiled code of the reference, without floating point. */
export const compiledRecords = (): Reference[] =>
  read('measured.json').filter((r) => r.runtime.startsWith('wasm2c') && !floatSet(r.kernel));

const compare = (measured: readonly Reference[]): Comparison[] => compareWith(measured, referenceKernel);

/** Records against what is predicted for the kernels of their names. */
export function compareWith(
  measured: readonly Reference[],
  sourceOf: (kernel: string) => KernelSource,
): Comparison[] {
  const blind = blindPredictions();
  const counted = new Map<string, Counted>();
  return measured.map((record) => {
    const key = `${record.kernel} ${record.n}`;
    let kernel = counted.get(key);
    if (!kernel) counted.set(key, (kernel = countKernel(sourceOf(record.kernel), record.n)));
    // Firmware keeps next to no checks: it is predicted as code without them.
    const runtime = record.runtime === 'wasm2c-firmware' ? 'wasm2c-unchecked' : record.runtime;
    const { cycles } = estimateCycles(kernel.analysis, kernel.counts, record.core, runtime);
    const error = cycles.value / record.cycles - 1;
    return {
      ...{ ...record, shipped: kernel.shipped, predicted: cycles.value, error },
      blind: blind.get(placeOf(record)),
    };
  });
}

interface Counted {
  analysis: ModuleAnalysis;
  counts: BlockCounts;
  shipped: boolean;
}

/** Blocks of one more iteration, or call. */
export function countKernel(
  { wasm, entry, takesCount }: KernelSource,
  [n1, n2]: readonly [number, number],
): Counted {
  const analysis = analyse(wasm);
  const run = (n: number): BlockCounts =>
    openMeter(instrument(analysis)).count((instance) => {
      const called = instance.exports[entry] as (n?: number) => number;
      if (takesCount) called(n);
      else for (let k = 0; k < n; k++) called();
    });
  const more = subtract(run(n2), run(n1));
  const counts = { ...more, blocks: more.blocks.map((f) => f.map((count) => count / (n2 - n1))) };
  return { analysis, counts, shipped: !takesCount };
}

/** By "runtime/core", in the order of the reference. */
export function groupsOf(all: readonly Comparison[]): Map<string, Comparison[]> {
  const groups = new Map<string, Comparison[]>();
  for (const one of all) {
    const name = `${one.runtime}/${one.core}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return groups;
}

/** With fewer kernels than this, quantiles say little: the band is the extremes and 15 % more. */
const FEW = 10;

export function bandOf(group: readonly Comparison[]): Band {
  const ratios = group.map((c) => c.cycles / (c.blind ?? c.predicted)).sort((a, b) => a - b);
  const at = (q: number) => ratios[Math.round(q * (ratios.length - 1))];
  const [low, high] = group.length < FEW ? [ratios[0] * 0.85, ratios.at(-1)! * 1.15] : [at(0.05), at(0.95)];
  const outward = (v: number, round: (x: number) => number) => round(v * 100) / 100;
  return {
    low: Math.min(1, outward(low, Math.floor)),
    high: Math.max(1, outward(high, Math.ceil)),
    kernels: group.length,
  };
}

function summaryRow(name: string, group: readonly Comparison[]): string {
  const errors = group.map((c) => c.error);
  const bias = group.reduce((sum, c) => sum + c.error, 0) / group.length;
  const worst = group.reduce((a, b) => (Math.abs(b.error) > Math.abs(a.error) ? b : a));
  const { low, high } = bandOf(group);
  return `| ${name} | ${group.length} | ${percent(bias)} | ${percent(median(sorted(errors)))} | ${percent(worst.error)} (${worst.kernel}) | ${beyond(errors)} | ${low} .. ${high} |`;
}

function page(groups: Map<string, Comparison[]>, floats: Map<string, Comparison[]>): string {
  const all = [...groups.values()].flat();
  const kernelsOf = (shipped: boolean) =>
    [
      ...new Set(all.filter((c) => c.shipped === shipped && !heldOutSet(c.kernel)).map((c) => c.kernel)),
    ].sort();
  const names = [...groups.keys()];
  const compiled = names.filter((name) => name.startsWith('wasm2c'));
  const interpreted = names.filter((name) => !name.startsWith('wasm2c'));
  const ofLoops = new Map(
    [...groups].filter(([name]) => !name.startsWith('wasm2c-firmware') && !measuredLater(name)),
  );
  const find = (kernel: string, name: string) => groups.get(name)!.find((c) => c.kernel === kernel);
  const cell = (kernel: string, name: string) => {
    const found = find(kernel, name);
    return found ? percent(found.error) : '';
  };
  const millions = (kernel: string, name: string) => {
    const found = find(kernel, name);
    if (!found) return '';
    const [predicted, cycles] = [found.predicted, found.cycles].map((c) => (c / 1e6).toFixed(2));
    return `${predicted} / ${cycles} (${percent(found.error)})`;
  };
  const rows = (kernels: readonly string[], columns: readonly string[], text: typeof cell) =>
    table(
      ['kernel', ...columns],
      kernels.map((kernel) => [kernel, ...columns.map((name) => text(kernel, name))]),
    );
  return `# Validation of the cycle model

Generated by \`npm run validation\`; a test fails when it is out of date.

Predicted cycles against the reference in \`test/reference\` (compiled ARM code, traced instruction by instruction and timed by published tables; \`npm run reference\`
repeats it, see its README). The reference is itself a model of timing: no silicon was measured. No constant of the compiled-code model is fitted to these kernels; the kernels were
looked at while the model was written, so they are no blind test. Interpreters: what wasm3 and WAMR make of the code at load time is worked out exactly, so the number of handlers
run is right to the last one (a test holds it); each handler's cycles are those of its compiled instructions, measured on programs that run one handler alone and not on these kernels,
and mispredicted dispatches come from a walk with the reference's own predictor. The small errors say that the model repeats the reference, not that either repeats silicon: the bands on
latency are widened by how far other builds of the same sources lie (below).

| runtime/core | kernels | bias | median error | worst error | beyond 25 % | band (reference / estimate) |
| --- | --- | --- | --- | --- | --- | --- |
${names.map((name) => summaryRow(name, groups.get(name)!)).join('\n')}

${lastLookText(groups)}

wamr-aot has no reference: it borrows wasm2c's cycles with the range of published ratios. Interpreters and floating point on the Cortex-M33 and the Cortex-A8 have none either, and carry a
wide labelled band.

## The project's own kernels

Million cycles of one \`infer()\` on a real window, predicted / reference (error of the prediction).

${rows(kernelsOf(true), compiled, millions)}

\`wasm2c-firmware\` is what \`escapement export\` compiles: accesses that are proved in range keep no check, and no barrier stands behind loads. It is predicted as wasm2c-unchecked, which is
the runtime to ask for when that code is flashed; \`wasm2c\` is the code with all its checks.

${rows(
  kernelsOf(true).filter((k) => interpreted.some((name) => find(k, name))),
  interpreted,
  millions,
)}

${outdatedText()}${heldOutSections(ofLoops)}

${floatText(floats)}

${laterCores.map((later) => laterText(groups, later)).join('\n\n')}

## Beyond the targets

${misses(groups)}

## Other builds of the interpreters

Predicted cycles against the same sources under a build with other settings, which nothing here was measured on.

| runtime/core | kernel | error |
| --- | --- | --- |
${compareOtherBuilds()
  .map((c) => `| ${c.runtime}/${c.core} | ${c.kernel} | ${percent(c.error)} |`)
  .join('\n')}

## Every loop

Error of the prediction, predicted / reference - 1.

${rows(kernelsOf(false), names, cell)}
`;
}

function outdatedText(): string {
  const kernels = outdated();
  return kernels.length
    ? `Measured under the interpreters before they were compiled anew, so left out: ${kernels.join(', ')}.\n\n`
    : '';
}

interface LaterCore {
  id: string;
  name: string;
  /** The core whose band its own is no narrower than, which rests on kernels that nobody had seen. */
  like: string;
  timing: string;
}

/** Cores that were measured when the model was finished for two others. */
const laterCores: readonly LaterCore[] = [
  {
    id: 'cortex-m33',
    name: 'Cortex-M33',
    like: "Cortex-M4's",
    timing:
      "Arm publishes no timing of it: the rules are those that were measured with the core's own counter on an RP2350 (`test/reference/tools/cortex-m33.ts` names the page and what it leaves open)",
  },
  {
    id: 'cortex-a8',
    name: 'Cortex-A8',
    like: "Cortex-A7's",
    timing:
      'A core without a divider, timed by the stages of ARM DDI 0344, chapter 16 (`test/reference/tools/cortex-a8.ts`)',
  },
];

const measuredLater = (name: string): boolean => laterCores.some(({ id }) => name.endsWith(`/${id}`));

function laterText(all: Map<string, Comparison[]>, { id, name, like, timing }: LaterCore): string {
  const groups = new Map([...all].filter(([group]) => group.endsWith(`/${id}`)));
  const set = heldOutSets.at(-1)!;
  const looks = firstLooks(set).filter(({ records }) => records.some(({ core }) => core === id));
  const seen = looks.length
    ? `\n\nThe latest held-out set, today and as it was predicted before anybody had seen it or measured it on this core:\n\n${looksTable(ofSet(groups, set), looks.slice(-1))}`
    : '';
  return `## ${name}

The same sources compiled with \`-mcpu=${id}\`. ${timing}. Mechanisms of its compiler were read off the code of other cores, never off this one's, but of the same kernels: so its band is no
narrower than the ${like}, which rests on kernels that nobody had seen. Cycles of an iteration or call, predicted / reference (error).

${cells(groups, [...groups.keys()], cyclesCell)}${seen}`;
}

/** How many of the latest blind predictions the bands hold: nine of ten are claimed over all kernels, most of which the model's authors knew. */
function lastLookText(groups: Map<string, Comparison[]>): string {
  const set = heldOutSets.at(-1)!;
  const counts = [...groups].flatMap(([name, group]) => {
    const { low, high } = bandOf(group);
    const blind = group.filter((c) => heldOutSet(c.kernel) === set && c.blind !== undefined);
    const inside = blind.filter(({ cycles, blind }) => low <= cycles / blind! && cycles / blind! <= high);
    return blind.length ? [`${inside.length} of ${blind.length} under ${name}`] : [];
  });
  return `Bands hold nine of ten kernels, those that were predicted blind as they were predicted then. Of the latest blind look alone (\`${set}\`) they hold ${counts.join(', ')}.`;
}

/** Doubles are calls where the unit has none: their cycles depend on their operands, and their band is assumed (sim/timing/bands.ts). */
const isSoft = ({ kernel, core }: Comparison): boolean => core === 'cortex-m4' && kernel.startsWith('d');

function floatText(groups: Map<string, Comparison[]>): string {
  const names = [...groups.keys()];
  return `## Floating point

Loops with floating-point work, single precision but for dmean and dbiquad: compiled for the unit of the core, \`-mfpu=fpv4-sp-d16 -mfloat-abi=hard\` on the Cortex-M4, which calls a
library for doubles. Cycles of an iteration, predicted / reference (error). They are rows of their own: the tables and bands above are of code without floating point.

| runtime/core | kernels | bias | median error | worst error | beyond 25 % | band (reference / estimate) |
| --- | --- | --- | --- | --- | --- | --- |
${names
  .map((name) =>
    summaryRow(
      name,
      groups.get(name)!.filter((c) => !isSoft(c)),
    ),
  )
  .join('\n')}

Kernels that were looked at while the model learnt floating point:

${cells(ofSet(groups, 'floats'), names, cyclesCell)}

Kernels that were written and measured before. Nobody looked at their code; their errors were seen once, and the last changes made after that, with other kernels in view:

${cells(ofSet(groups, 'floats-held-out'), names, cyclesCell)}

Today, and blind: what the model said of the latter when it was run on them for the first time (\`test/reference/floats-held-out/first-look.json\`), which the bands rest on.

${looksTable(ofSet(groups, 'floats-held-out'), firstLooks('floats-held-out'))}`;
}

/** What lies beyond the targets, by group. */
function misses(groups: Map<string, Comparison[]>): string {
  const lines = [...groups]
    .filter(([name]) => name.startsWith('wasm2c'))
    .map(([name, group]) => {
      const beyond = group.filter((c) => Math.abs(c.error) > 0.25).map((c) => c.kernel);
      return `- ${name}: ${beyond.length ? beyond.join(', ') : 'none'}`;
    });
  return `Targets for compiled code: a median of at most 10 %, a worst error of at most 25 %. Beyond 25 %:

${lines.join('\n')}

What is not modelled, or not well enough: which values gcc leaves in memory in short inner loops, where the order in which its reload frees registers decides (lstmhard, dot8x16u, knn,
conv1d, matmul on the Cortex-A7); comparisons threaded through the choices before them (medi5); pairs of 64-bit sums that are kept apart (mean3, biquad); which of several 64-bit bounds a loop
counts to (svmpoly); gcc's order of the accesses of a loop's sums (goertzel). How choices fall is counted, but not in which order: where a clamp branches, what it cuts is taken to be spread evenly.`;
}

/** The two generated files by path from the root of the repository, from every comparison by runtime and core. */
export function generate(groups: Map<string, Comparison[]>): Map<string, string> {
  const floats = groupsOf(compareFloats());
  const floatRows = [...floats].map(
    ([name, group]) => [`floats/${name}`, group.filter((c) => !isSoft(c))] as const,
  );
  const bands = [...groups, ...floatRows].map(([name, group]) => {
    const { low, high, kernels } = bandOf(group);
    return `  "${name}": { "low": ${low}, "high": ${high}, "kernels": ${kernels} }`;
  });
  return new Map([
    ['docs/validation.md', page(groups, floats)],
    ['sim/timing/bands.json', `{\n${bands.join(',\n')}\n}\n`],
  ]);
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  for (const [path, text] of generate(groupsOf(compareAll()))) {
    writeFileSync(new URL(`../${path}`, import.meta.url), text);
    process.stdout.write(`wrote ${path}\n`);
  }
