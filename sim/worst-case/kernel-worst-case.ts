/** The most that a decision costs: its stages, each at its dearest. */
import { sum, type Estimate } from '../../common/estimate.ts';
import { allCounts } from '../memory/all-counts.ts';
import type { KernelProfile } from '../profile.ts';
import { blockCosts, worstCaseOf, type WorstCase } from './worst-case.ts';

const known = new WeakMap<KernelProfile, Map<string, WorstCase>>();

/** `observed`: of each stage, in the order of the profile's. Ids of core and runtime. Worked out once for each of them. */
export function kernelWorstCase(
  profile: KernelProfile,
  core: string,
  runtime: string,
  observed: readonly { cycles: Estimate; wasmOps: number }[],
): WorstCase {
  const done = known.get(profile) ?? new Map<string, WorstCase>();
  known.set(profile, done);
  const key = `${core} ${runtime}`;
  // Where there is no bound, and where there is one way only, the core and the runtime do not matter.
  const anywhere = done.get('');
  if (anywhere?.kind === 'unbounded') return anywhere;
  if (anywhere?.kind === 'constant') return constant(observed);
  const result = done.get(key) ?? compute(profile, core, runtime, observed);
  done.set(result.kind === 'bounded' ? key : '', result);
  return result;
}

const constant = (observed: readonly { cycles: Estimate; wasmOps: number }[]): WorstCase => ({
  kind: 'constant',
  cycles: sum(observed.map(({ cycles }) => cycles)),
  wasmOps: observed.reduce((n, { wasmOps }) => n + wasmOps, 0),
});

function compute(
  profile: KernelProfile,
  core: string,
  runtime: string,
  observed: readonly { cycles: Estimate; wasmOps: number }[],
): WorstCase {
  const { analysis, stages } = profile;
  const costs = blockCosts(analysis, allCounts(profile), core, runtime);
  const each: Exclude<WorstCase, { kind: 'unbounded' }>[] = [];
  for (const [at, { stage }] of stages.entries()) {
    const entry = analysis.module.exports.find(
      (e) => e.kind === 'function' && e.name === stage.export,
    )!.index;
    const worst = worstCaseOf({ analysis, entry, observed: observed[at]!, costs });
    if (worst.kind === 'unbounded') return worst;
    each.push(worst);
  }
  return {
    kind: each.every((w) => w.kind === 'constant') ? 'constant' : 'bounded',
    cycles: sum(each.map((w) => w.cycles)),
    wasmOps: each.reduce((n, w) => n + w.wasmOps, 0),
  };
}
