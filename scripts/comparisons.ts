/** The simulator's cycles against records of the reference, kernel by kernel. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { estimateCycles } from '../sim/timing/index.ts';
import { placedAccesses } from '../cli/placed-accesses.ts';
import type { KernelManifest } from '../kernel/manifest.ts';
import { endTable, findRuntime } from '../sim/runtimes/index.ts';
import {
  analyse,
  countScans,
  instrument,
  openMeter,
  openScanMeter,
  subtract,
  type BlockCounts,
  type EndTable,
  type ModuleAnalysis,
  type Scan,
} from '../sim/wasm/index.ts';
import type { KernelSource } from '../test/reference/tools/build.ts';
import { blindPredictions, placeOf } from '../test/reference/tools/first-look.ts';
import { floatSet, heldOutSet, referenceKernel, type HeldOutSet } from '../test/reference/tools/kernels.ts';

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

const reference = new URL('../test/reference/', import.meta.url);

export function compareAll(): Comparison[] {
  const interpreted = read('measured-interpreters.json').filter((r) => !floatSet(r.kernel));
  return compare([...interpreted, ...compiledRecords()]);
}

/** What one held-out set takes today: compiled code only. */
export const compareSet = (set: HeldOutSet): Comparison[] =>
  compare(
    read('measured.json').filter((r) => r.runtime.startsWith('wasm2c') && heldOutSet(r.kernel) === set),
  );

/** Kernels with floating point. */
export const compareFloats = (): Comparison[] =>
  compare(
    [
      ...read('measured.json').filter((r) => r.runtime.startsWith('wasm2c')),
      ...read('measured-interpreters.json'),
    ].filter((r) => floatSet(r.kernel)),
  );

/** Interpreters as somebody else built them from the same sources. */
export const compareOtherBuilds = (): Comparison[] =>
  compare(read('measured.json').filter((r) => !r.runtime.startsWith('wasm2c')));

const records = (file: string): Reference[] =>
  (JSON.parse(readFileSync(new URL(file, reference), 'utf8')) as { records: Reference[] }).records;

/** Whether the record is of the module that lies there now. */
const isCurrent = ({ kernel, sha256 }: Reference): boolean =>
  sha256 === undefined || createHash('sha256').update(referenceKernel(kernel).wasm).digest('hex') === sha256;

const read = (file: string): Reference[] => records(file).filter(isCurrent);

/** Kernels that were measured under an interpreter and have been compiled anew since. */
export const outdated = (): string[] => [
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
    const { runtime } = record;
    const { cycles } = estimateCycles(kernel.analysis, kernel.countsUnder(runtime), record.core, runtime);
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
  /** With what an interpreter reads again for ends of blocks. */
  countsUnder(runtime: string): BlockCounts;
  shipped: boolean;
}

/** Blocks of one more iteration, or call. */
export function countKernel(
  { wasm, entry, takesCount, firmware }: KernelSource,
  [n1, n2]: readonly [number, number],
): Counted {
  // Constants lie in RAM, as where it was measured.
  const placed =
    firmware &&
    placedAccesses(wasm, { memory: firmware } as KernelManifest, { weights: 'ram', checks: 'proved' });
  const analysis = { ...analyse(wasm), ...(placed ? { placed } : {}) };
  const call = (n: number) => (instance: WebAssembly.Instance) => {
    const called = instance.exports[entry] as (n?: number) => number;
    if (takesCount) called(n);
    else for (let k = 0; k < n; k++) called();
  };
  const run = (n: number): BlockCounts => openMeter(instrument(analysis)).count(call(n));
  const more = subtract(run(n2), run(n1));
  const counts = { ...more, blocks: more.blocks.map((f) => f.map((count) => count / (n2 - n1))) };
  const scansUnder = (ends: EndTable): Scan[] | undefined => {
    const counting = countScans(analysis, ends);
    const [first, second] = [n1, n2].map((n) => counting && openScanMeter(counting).count(call(n)));
    return second?.map((one, i) => ({ ...one, scans: (one.scans - first![i].scans) / (n2 - n1) }));
  };
  let scanned: Scan[] | undefined;
  const countsUnder = (runtime: string): BlockCounts => {
    const ends = endTable(findRuntime(runtime));
    if (!ends) return counts;
    scanned ??= scansUnder(ends);
    return { ...counts, ...(scanned && { scans: scanned }) };
  };
  return { analysis, counts, countsUnder, shipped: !takesCount };
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
