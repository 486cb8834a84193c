import type { Program, Stage } from '../emit/program.ts';

/** Slots in execution order; a slot is one stage, or one whole group of parallel branches. */
export interface LiveRange {
  first: number;
  last: number;
}

/**
 * Live range of every block by the order in which `stages` run. Stages of one parallel group share a slot:
 * their branches may run at the same time, so nothing that one of them touches may overlap another's.
 */
export function liveRanges(program: Program): Map<string, LiveRange> {
  const ranges = new Map<string, LiveRange>();
  let slot = -1;
  let group: number | undefined;
  for (const stage of program.stages) {
    if (!(sameGroup(stage, group) && slot >= 0)) slot += 1;
    group = stage.parallel?.group;
    for (const name of stage.blocks) {
      const range = ranges.get(name);
      if (range) range.last = slot;
      else ranges.set(name, { first: slot, last: slot });
    }
  }
  return ranges;
}

const sameGroup = (stage: Stage, group: number | undefined): boolean =>
  stage.parallel !== undefined && stage.parallel.group === group;
