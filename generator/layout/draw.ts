/**
 * The memory plan as text: what lies where, and for which stages it matters. A column is a slot of the schedule (a stage, or the
 * branches of one group); rows that share addresses are never marked in the same column.
 *
 *      address     bytes  1 2 3  what
 *           24     41168  # # #  constants
 *        41664     12800  . # .  model_lstm_states: 100 x 64, h of the reverse direction
 */
import type { Program } from '../emit/program.ts';
import { liveRanges } from './liveness.ts';
import { FIRST_BLOCK, type MemoryPlan } from './plan.ts';

export function drawPlan(plan: MemoryPlan, program: Program): string[] {
  const slots = Math.max(0, ...[...liveRanges(program).values()].map(({ last }) => last + 1));
  const numbers = Array.from({ length: slots }, (_, slot) => slot);
  const always = numbers.map(() => true);
  const buffers = [...plan.placements.values()]
    .filter((placement) => placement.live !== undefined)
    .sort((a, b) => a.address - b.address || a.live!.first - b.live!.first);
  const rows = [
    { address: FIRST_BLOCK, bytes: plan.constantEnd - FIRST_BLOCK, live: always, what: 'constants' },
    { address: plan.stateStart, bytes: plan.stateBytes, live: always, what: 'state' },
    { address: plan.stateEnd, bytes: plan.ioBytes, live: always, what: 'input and output of the host' },
    ...buffers.map(({ address, bytes, live, block }) => ({
      address,
      bytes,
      live: numbers.map((slot) => live!.first <= slot && slot <= live!.last),
      what: `${block.name}: ${block.note}`,
    })),
  ].filter(({ bytes }) => bytes > 0);
  const line = (address: string, bytes: string, marks: readonly string[], what: string): string =>
    `${address.padStart(9)} ${bytes.padStart(9)}  ${marks.join(' ')}  ${what}`;
  return [
    line(
      'address',
      'bytes',
      numbers.map((slot) => String((slot + 1) % 10)),
      'what',
    ),
    ...rows.map(({ address, bytes, live, what }) =>
      line(
        String(address),
        String(bytes),
        live.map((on) => (on ? '#' : '.')),
        what,
      ),
    ),
  ];
}

/** Which stages a slot stands for, one line each. */
export function slotTitles({ stages }: Program): string[] {
  const titles: string[][] = [];
  let group: number | undefined;
  for (const { title, parallel } of stages) {
    if (titles.length > 0 && parallel !== undefined && parallel.group === group) titles.at(-1)!.push(title);
    else titles.push([title]);
    group = parallel?.group;
  }
  return titles.map((some, slot) => `${String(slot + 1).padStart(3)}  ${some.join(' | ')}`);
}
