/** Cycles of machine code on a core: each block from the state that its most frequent predecessor leaves. */
import type { Machine, MachineBlock, MachineCode } from './machine.ts';
import type { Core, DualIssueTiming, SingleIssueTiming } from '../../cores/core.ts';
import { dualIssueBlock, emptyPipeline, type PipelineState } from './dual-issue.ts';
import { schedule } from './schedule.ts';
import { singleIssueBlock } from './single-issue.ts';

/** Cycles of one run of each block, by block id. */
export type BlockCycles = Map<number, number>;

/** Schedules a copy of the code for the core and runs it there. */
export function execute(code: MachineCode, core: Core): BlockCycles {
  const scheduled = schedule(code, core.scheduler);
  return core.timing.kind === 'single-issue'
    ? runSingleIssue(scheduled, core.timing)
    : runDualIssue(scheduled, core.timing);
}

function runSingleIssue(code: MachineCode, t: SingleIssueTiming): BlockCycles {
  const before = heaviestPredecessors(code);
  const byId = new Map(code.blocks.map((b) => [b.id, b]));
  return new Map(
    code.blocks.map((b) => {
      const from = before.get(b.id);
      const last = from === undefined ? null : lastOf(byId.get(from)!);
      // What a taken branch leads to comes after a refill.
      const falls = from !== undefined && byId.get(from)!.next === b.id;
      return [b.id, singleIssueBlock(b, falls ? last : null, targetWidth(b, byId), t)];
    }),
  );
}

/** Share of 32-bit encodings of the instruction that a block's taken branch leads to. */
function targetWidth(b: MachineBlock, byId: ReadonlyMap<number, MachineBlock>): number {
  const target = b.successors.find((s) => s.to !== b.next) ?? b.successors[0];
  return target ? (byId.get(target.to)?.code[0]?.wide ?? 0.5) : 0.5;
}

const lastOf = (b: MachineBlock): Machine | null => b.code.at(-1) ?? null;

function runDualIssue(code: MachineCode, t: DualIssueTiming): BlockCycles {
  const before = heaviestPredecessors(code);
  const byId = new Map(code.blocks.map((b) => [b.id, b]));
  const states = new Map<number, PipelineState>();
  const cycles: BlockCycles = new Map();
  // Twice, so that loops begin with what their last blocks leave.
  for (let round = 0; round < 3; round++)
    for (const b of code.blocks) {
      const from = before.get(b.id);
      let state = (from === undefined ? undefined : states.get(from)) ?? emptyPipeline();
      const falls = from !== undefined && byId.get(from)!.next === b.id;
      if (!falls) state = { ...state, slot: 0 };
      const result = dualIssueBlock(b, state, t);
      states.set(b.id, result.state);
      cycles.set(b.id, result.cycles + mispredicts(b, t) * t.mispredict.value);
    }
  return cycles;
}

/**
 * Mispredicted branches of one run of a block. A short loop fits the history of the predictor; a longer one
 * misses once, at its end; other branches miss as often as they go the rarer way.
 */
function mispredicts(b: MachineBlock, t: DualIssueTiming): number {
  let misses = 0;
  for (const m of b.code) {
    if (m.text === 'tbb') misses += changesOfTarget(b);
    misses += m.changes;
    if (m.kind !== 'branch' || m.taken <= 0 || m.taken >= 1) continue;
    const rare = Math.min(m.taken, 1 - m.taken);
    if (m.backward && 1 / (1 - m.taken) <= t.predictedIterations.value) continue;
    misses += rare;
  }
  return misses;
}

/** An indirect branch is predicted to go where it went last: it misses when that changes, as for independent draws. */
function changesOfTarget({ successors }: MachineBlock): number {
  const total = successors.reduce((sum, s) => sum + s.weight, 0);
  if (total === 0) return 0;
  return 1 - successors.reduce((sum, s) => sum + (s.weight / total) ** 2, 0);
}

function heaviestPredecessors(code: MachineCode): Map<number, number> {
  const best = new Map<number, { from: number; weight: number }>();
  for (const b of code.blocks)
    for (const { to, weight } of b.successors) {
      const known = best.get(to);
      if (!known || weight > known.weight) best.set(to, { from: b.id, weight });
    }
  return new Map([...best].map(([to, { from }]) => [to, from]));
}
