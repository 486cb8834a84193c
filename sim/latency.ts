/** Joins the cycles of stages into one decision: stages in a row, branches of a parallel group side by side. */
import { exact, larger, sum, type Estimate } from '../common/estimate.ts';
import type { StageCost } from './result.ts';

export interface DecisionCycles {
  /** On the longest path, which is what latency counts. */
  path: Estimate;
  /** Summed over all cores, which is what energy counts. */
  total: Estimate;
  /** Cores that are busy at once at most. */
  coresUsed: number;
}

/**
 * Stages run in order. Stages of one `parallel.group` run by branch on different cores where the board has them:
 * with fewer cores than branches, branch b runs on core b modulo the number of cores. The cores of a board are
 * alike and share nothing in this model; contention for a shared cache is the caller's band.
 */
export function joinStages(stages: readonly StageCost[], cores: number): DecisionCycles {
  const total = sum(stages.map((stage) => stage.cycles));
  const groups = new Set(stages.flatMap((s) => (s.parallel ? [s.parallel.group] : [])));
  const alone = sum(stages.filter((s) => !s.parallel).map((s) => s.cycles));
  const lanes = [...groups].map((group) => laneCycles(stages, group, cores));
  return {
    path: sum([alone, ...lanes.map((lane) => lane.reduce(larger))]),
    total,
    coresUsed: Math.max(1, ...lanes.map((lane) => lane.length)),
  };
}

/** Cycles of each core that a group keeps busy. */
function laneCycles(stages: readonly StageCost[], group: number, cores: number): Estimate[] {
  const members = stages.filter((s) => s.parallel?.group === group);
  const branches = [...new Set(members.map((s) => s.parallel!.branch))];
  const lanes = Array.from({ length: Math.min(cores, branches.length) }, () => exact(0));
  branches.forEach((branch, i) => {
    const cycles = members.filter((s) => s.parallel!.branch === branch).map((s) => s.cycles);
    const lane = i % lanes.length;
    lanes[lane] = sum([lanes[lane], ...cycles]);
  });
  return lanes;
}
