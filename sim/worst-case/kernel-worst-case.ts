/** The most that a decision costs: its stages, each at its dearest. */
import { sum, type Estimate } from '../../common/estimate.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import { countsUnder } from '../kernel-counts.ts';
import type { KernelProfile } from '../profile.ts';
import { findRuntime } from '../runtimes/index.ts';
import type { ModuleAnalysis } from '../wasm/index.ts';
import type { Ways } from './bound.ts';
import type { NoBound } from './knowledge.ts';
import type { ReadOnly } from './value.ts';
import { waysThrough, worstCaseOf, type WorstCase } from './worst-case.ts';

type Costs = readonly { cycles: Estimate; wasmOps: number }[];

interface Known {
  /** Of each stage; they do not depend on core and runtime. */
  ways: (Ways | NoBound)[];
  priced: Map<string, WorstCase>;
}

const known = new WeakMap<KernelProfile, Known>();

/** `observed`: of each stage, in the order of the profile's. Ids of core and runtime. Worked out once for each of them. */
export function kernelWorstCase(
  profile: KernelProfile,
  core: string,
  runtime: string,
  observed: Costs,
): WorstCase {
  const { ways, priced } = known.get(profile) ?? { ways: waysOfStages(profile), priced: new Map() };
  known.set(profile, { ways, priced });
  const key = `${core} ${runtime}`;
  const result: WorstCase = priced.get(key) ?? price(profile, ways, core, runtime, observed);
  priced.set(key, result);
  return result;
}

function waysOfStages({ analysis, stages, manifest }: KernelProfile): (Ways | NoBound)[] {
  const knowledge = { readOnly: constantMemory(analysis, manifest) };
  return stages.map(({ stage }) =>
    waysThrough({ analysis, entry: functionOf(analysis, stage.export), knowledge }),
  );
}

const functionOf = ({ module }: ModuleAnalysis, name: string): number =>
  module.exports.find((e) => e.kind === 'function' && e.name === name)!.index;

function price(
  profile: KernelProfile,
  ways: readonly (Ways | NoBound)[],
  core: string,
  runtime: string,
  observed: Costs,
): WorstCase {
  const each: Exclude<WorstCase, { kind: 'unbounded' }>[] = [];
  for (const [at, counts] of countsUnder(profile, findRuntime(runtime)).stages.entries()) {
    const worst = worstCaseOf(profile.analysis, ways[at]!, { counts, ...observed[at]! }, core, runtime);
    if (worst.kind === 'unbounded') return worst;
    each.push(worst);
  }
  return {
    kind: each.every((w) => w.kind === 'constant') ? 'constant' : 'bounded',
    cycles: sum(each.map((w) => w.cycles)),
    wasmOps: each.reduce((n, w) => n + w.wasmOps, 0),
  };
}

const bytesOf = { i8: 1, i16: 2, i32: 4, i64: 8 };

/** Constants of a kernel: no code of the kernel writes them (docs/decisions/0030). */
export function constantMemory(
  { module }: Pick<ModuleAnalysis, 'module'>,
  { blocks }: Pick<KernelManifest, 'blocks'>,
): ReadOnly[] {
  return blocks
    .filter(({ kind }) => kind === 'constant')
    .map(({ address, type, length }) => {
      const bytes = new Uint8Array(length * bytesOf[type]);
      for (const { address: from, bytes: data } of module.data) {
        if (from === undefined) continue;
        const start = Math.max(address, from);
        const end = Math.min(address + bytes.length, from + data.length);
        if (start < end) bytes.set(data.subarray(start - from, end - from), start - address);
      }
      return { address, bytes };
    })
    .sort((a, b) => a.address - b.address);
}
