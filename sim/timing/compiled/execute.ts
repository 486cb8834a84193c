/** Cycles of machine code on a core: each block from the state that its most frequent predecessor leaves. */
import type { Machine, MachineBlock, MachineCode } from './machine.ts';
import type { Core, DualIssueTiming, SecondStage, SingleIssueTiming, Stages } from '../../cores/core.ts';
import { dualIssueBlock, emptyPipeline, type PipelineState } from './dual-issue.ts';
import { mispredictsPerRun } from './mispredicts.ts';
import { schedule } from './schedule.ts';
import { emptySecondStage, secondStageBlock, type SecondStageState } from './second-stage.ts';
import { singleIssueBlock } from './single-issue.ts';
import { emptyStages, stagedBlock } from './staged-issue.ts';

/** Cycles of one run of each block, by block id. */
export type BlockCycles = Map<number, number>;

/** Schedules a copy of the code for the core and runs it there. */
export function execute(code: MachineCode, core: Core): BlockCycles {
  return executeInOrder(schedule(code, core.scheduler), core);
}

/** The code in the order in which it stands. */
export function executeInOrder(code: MachineCode, { timing }: Core): BlockCycles {
  if (timing.kind === 'dual-issue') return runDualIssue(code, timing);
  const { secondStage } = timing;
  return secondStage ? runSecondStage(code, { ...timing, secondStage }) : runSingleIssue(code, timing);
}

function runSingleIssue(code: MachineCode, t: SingleIssueTiming): BlockCycles {
  const before = heaviestPredecessors(code);
  const byId = new Map(code.blocks.map((b) => [b.id, b]));
  const known = new Map<number, { cycles: number; busy: number }>();
  // Again where there are quotients, so that loops begin with what their last blocks leave.
  for (let round = 0; round < (code.floats.size > 0 ? 2 : 1); round++)
    for (const b of code.blocks) {
      const from = before.get(b.id);
      const last = from === undefined ? null : lastOf(byId.get(from)!);
      // What a taken branch leads to comes after a refill.
      const falls = from !== undefined && byId.get(from)!.next === b.id;
      const busy = (from === undefined ? undefined : known.get(from)?.busy) ?? 0;
      known.set(b.id, singleIssueBlock(b, falls ? last : null, busy, targetWidth(b, byId), t));
    }
  return new Map([...known].map(([id, { cycles }]) => [id, cycles]));
}

/** Share of 32-bit encodings of the instruction that a block's taken branch leads to. */
function targetWidth(b: MachineBlock, byId: ReadonlyMap<number, MachineBlock>): number {
  const target = b.successors.find((s) => s.to !== b.next) ?? b.successors[0];
  return target ? (byId.get(target.to)?.code[0]?.wide ?? 0.5) : 0.5;
}

const lastOf = (b: MachineBlock): Machine | null => b.code.at(-1) ?? null;

function runSecondStage(code: MachineCode, t: SingleIssueTiming & { secondStage: SecondStage }): BlockCycles {
  return runPipeline(code, {
    empty: emptySecondStage,
    jumped: (state): SecondStageState => ({ ...state, beside: null }),
    run: (b, state) => secondStageBlock(b, state, t),
  });
}

/** A pipeline with results under way: what it starts from, what a taken branch leaves of a state, and a block. */
interface Pipeline<State> {
  empty: () => State;
  jumped: (state: State) => State;
  run: (b: MachineBlock, state: State) => { cycles: number; state: State };
}

function runDualIssue(code: MachineCode, t: DualIssueTiming): BlockCycles {
  const { stages } = t;
  const cycles = stages
    ? runPipeline(code, {
        empty: emptyStages,
        jumped: (state) => state,
        run: (b, state) =>
          stagedBlock(b, state, { ...t, stages } satisfies DualIssueTiming & { stages: Stages }),
      })
    : runPipeline(code, {
        empty: emptyPipeline,
        // A taken branch ends the group of instructions that are fetched together.
        jumped: (state): PipelineState => ({ ...state, slot: 0 }),
        run: (b, state) => dualIssueBlock(b, state, t),
      });
  const misses = mispredictsPerRun(code, t);
  for (const b of code.blocks)
    cycles.set(b.id, cycles.get(b.id)! + (misses.get(b.id)! + changes(b)) * t.mispredict.value);
  return cycles;
}

function runPipeline<State>(code: MachineCode, { empty, jumped, run }: Pipeline<State>): BlockCycles {
  const before = heaviestPredecessors(code);
  const byId = new Map(code.blocks.map((b) => [b.id, b]));
  const states = new Map<number, State>();
  const cycles: BlockCycles = new Map();
  // Again, so that loops begin with what their last blocks leave.
  for (let round = 0; round < 3; round++)
    for (const b of code.blocks) {
      const from = before.get(b.id);
      const state = (from === undefined ? undefined : states.get(from)) ?? empty();
      const falls = from !== undefined && byId.get(from)!.next === b.id;
      const result = run(b, falls ? state : jumped(state));
      states.set(b.id, result.state);
      cycles.set(b.id, result.cycles);
    }
  return cycles;
}

/** Indirect calls that go elsewhere than the last one. */
const changes = (b: MachineBlock): number => b.code.reduce((sum, m) => sum + m.changes, 0);

function heaviestPredecessors(code: MachineCode): Map<number, number> {
  const best = new Map<number, { from: number; weight: number }>();
  for (const b of code.blocks)
    for (const { to, weight } of b.successors) {
      const known = best.get(to);
      if (!known || weight > known.weight) best.set(to, { from: b.id, weight });
    }
  return new Map([...best].map(([to, { from }]) => [to, from]));
}
