/**
 * Cycles of a kernel's stages and of taking in samples, on a core under a runtime. They do not depend on the board around
 * the core, so they are computed once for each profile, core and runtime: a sweep over boards and rates asks many times.
 */
import type { Estimate } from '../common/estimate.ts';
import { allOf, countsUnder } from './kernel-counts.ts';
import type { KernelProfile } from './profile.ts';
import { findRuntime } from './runtimes/index.ts';
import { estimateCycles, scanNote } from './timing/index.ts';

export interface KernelCost {
  /** In the order of the profile's stages. */
  stages: { cycles: Estimate; wasmOps: number }[];
  /** All pushes that were counted; absent when the kernel has no sensors. */
  push?: Estimate;
  notes: string[];
}

const known = new WeakMap<KernelProfile, Map<string, KernelCost>>();

/** `core` and `runtime` are ids. Refuses unknown ones (ESC508, ESC509). */
export function kernelCost(profile: KernelProfile, core: string, runtime: string): KernelCost {
  const costs = known.get(profile) ?? new Map<string, KernelCost>();
  known.set(profile, costs);
  const key = `${core} ${runtime}`;
  const cost = costs.get(key) ?? compute(profile, core, runtime);
  costs.set(key, cost);
  return cost;
}

function compute(profile: KernelProfile, core: string, runtimeId: string): KernelCost {
  const { analysis } = profile;
  const runtime = findRuntime(runtimeId);
  const counts = countsUnder(profile, runtime);
  const estimates = counts.stages.map((stage) => estimateCycles(analysis, stage, core, runtimeId));
  const pushed = counts.push && estimateCycles(analysis, counts.push, core, runtimeId);
  const all = [...estimates, ...(pushed ? [pushed] : [])];
  const scanned = scanNote(analysis, allOf(counts), runtime, all);
  return {
    stages: estimates.map(({ cycles, wasmOps }) => ({ cycles, wasmOps })),
    ...(pushed ? { push: pushed.cycles } : {}),
    notes: [...new Set([...all.flatMap(({ notes }) => notes), ...(scanned ? [scanned] : [])])],
  };
}
