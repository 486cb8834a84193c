/** The memory plan as data: what lies where, and in which slots of the schedule it matters. Text and pictures are made of it. */
import type { PlanRow, PlanView } from '../../kernel/evidence.ts';
import type { Program } from '../emit/program.ts';
import { liveRanges } from './liveness.ts';
import { FIRST_BLOCK, type MemoryPlan } from './plan.ts';

export function planView(plan: MemoryPlan, program: Program): PlanView {
  const slots = slotTitles(program);
  // A program without stages still has its constants to show.
  const always = { first: 0, last: Math.max(0, slots.length - 1) };
  const buffers = [...plan.placements.values()]
    .filter((placement) => placement.live !== undefined)
    .sort((a, b) => a.address - b.address || a.live!.first - b.live!.first)
    .map(({ address, bytes, live, block }): PlanRow => ({
      ...{ address, bytes, kind: 'buffer', first: live!.first, last: live!.last },
      what: `${block.name}: ${block.note}`,
    }));
  const constantBytes = plan.constantEnd - FIRST_BLOCK;
  const rows: PlanRow[] = [
    { address: FIRST_BLOCK, bytes: constantBytes, kind: 'constants', ...always, what: 'constants' },
    { address: plan.stateStart, bytes: plan.stateBytes, kind: 'state', ...always, what: 'state' },
    {
      ...{ address: plan.stateEnd, bytes: plan.ioBytes, kind: 'io', ...always },
      what: 'input and output of the host',
    },
    ...buffers,
  ];
  const { heapBase: bytes, bufferBytes, bufferBytesUnshared } = plan;
  return { bytes, bufferBytes, bufferBytesUnshared, slots, rows: rows.filter((row) => row.bytes > 0) };
}

/** What a slot stands for: the titles of its stages. Slots are those of `liveRanges`. */
function slotTitles(program: Program): string[] {
  const ranges = liveRanges(program);
  const titles: string[][] = [];
  let group: number | undefined;
  for (const { title, parallel } of program.stages) {
    if (titles.length > 0 && parallel !== undefined && parallel.group === group) titles.at(-1)!.push(title);
    else titles.push([title]);
    group = parallel?.group;
  }
  const used = Math.max(0, ...[...ranges.values()].map(({ last }) => last + 1));
  return titles.slice(0, used).map((some) => some.join(' | '));
}
