/**
 * Cortex-A7 cycles of a trace. Arm publishes no table: an in-order scoreboard with two issue slots, latencies as measured by
 * hardwarebug.org ("Cortex-A7 instruction cycle timings", 2014), pairing as in GCC's cortex-a7.md (the younger of two is an ALU operation with
 * an immediate, a move, an extension or a direct branch). Branches: 8 bits of global history over 2-bit counters, a return stack of 8, 8 indirect
 * targets, 8 cycles a mispredict. First-level caches always hit. Floating point: latencies and the pipelines that an instruction keeps, as in GCC's cortex-a7.md; it goes first in a pair, never second.
 */
import type { ArmInstruction } from './arm-instruction.ts';
import { mispredictedBranches, type BranchPredictor } from './branch-prediction.ts';
import { inOrderCycles } from './in-order.ts';
import type { Trace } from './trace.ts';

const loadLatency = 3;
const multiplyLatency = 3;
const shiftLatency = 2;
const divideIssue = 5;
const divideLatency = 7;
const mispredict = 8;
const predictor: BranchPredictor = {
  historyBits: 8,
  counters: 1024,
  indirectTargets: 8,
  returnStack: 8,
  index: (address, history) => (address >> 1) ^ history,
};

const flags = 16;
const shifts = new Set('lsl lsr asr ror ubfx sbfx bfi bfc rbit rev ssat usat'.split(' '));

type ResultKind =
  'load' | 'multiply' | 'divide' | 'shift' | 'alu' | 'flags' | 'vector' | 'vector load' | 'accumulated';

/** Pipelines of the floating-point unit that stay busy, kept as registers that are not ready. */
const multiplyPipe = 101;
const dividePipe = 102;

interface VectorTiming {
  latency: number;
  /** The pipeline that it keeps, and how long. */
  pipe?: number;
  keeps?: number;
}

function vectorTiming(i: ArmInstruction): VectorTiming {
  const toCore = [...i.defs].some((r) => r < 16);
  const fromCore = [...i.uses].some((r) => r < 16);
  if (i.base === 'vmrs') return { latency: 4 };
  if (toCore) return { latency: 2 };
  if (fromCore) return { latency: 4 };
  if (i.base === 'vmov' && i.immediate) return { latency: 3 };
  if (i.base === 'vdiv' || i.base === 'vsqrt')
    return i.double
      ? { latency: 31, pipe: dividePipe, keeps: 29 }
      : { latency: 16, pipe: dividePipe, keeps: 14 };
  if (/^vn?mul$/.test(i.base))
    return i.double
      ? { latency: 7, pipe: multiplyPipe, keeps: 4 }
      : { latency: 4, pipe: multiplyPipe, keeps: 1 };
  if (/^vfn?m[as]$/.test(i.base)) return { latency: 8, pipe: multiplyPipe, keeps: i.double ? 5 : 1 };
  if (/^vn?ml[as]$/.test(i.base))
    return i.double
      ? { latency: 11, pipe: multiplyPipe, keeps: 4 }
      : { latency: 8, pipe: multiplyPipe, keeps: 1 };
  return { latency: 4 };
}
/** When each register is ready, from the next issue cycle on; and whether the last instruction leaves its second slot open. */
interface State {
  ready: readonly (readonly [register: number, at: number, kind: ResultKind])[];
  slot: 'closed' | 'open' | 'after branch';
}

export function cortexA7Cycles(trace: Trace): number {
  const empty: State = { ready: [], slot: 'closed' };
  // A taken branch ends the group of instructions that are fetched together.
  const taken = (state: State): State => ({ ...state, slot: 'closed' });
  return inOrderCycles(trace, empty, runBlock, taken) + mispredict * mispredictedBranches(trace, predictor);
}

function canBeYounger(i: ArmInstruction): boolean {
  if (i.branch) return /^(b|bl|cbz|cbnz)$/.test(i.base);
  if (i.vector) return false;
  if (i.multiply || i.divide || i.load || i.store) return false;
  if (/^(mov|movw|movt|mvn|sxtb|sxth|uxtb|uxth|it|nop)$/.test(i.base)) return !i.shiftedOperand;
  if (shifts.has(i.base) || i.base === 'clz') return false;
  return i.immediate && !i.shiftedOperand;
}

function canBeOlder(i: ArmInstruction): boolean {
  const wide =
    i.vector && (i.load || i.store ? i.double : i.base === 'vmov' && [...i.uses].some((r) => r < 16));
  if (wide) return false;
  return !/^(bl|blx|bx|tbb|tbh)$/.test(i.base) && !i.jumpsByLoad && !i.multiply && !i.divide && !i.multiple;
}

function runBlock(block: readonly ArmInstruction[], state: State): [number, State] {
  const ready = new Map<number, { at: number; kind: ResultKind }>(
    state.ready.map(([r, at, kind]) => [r, { at, kind }]),
  );
  let slot = state.slot;
  let now = 0;
  for (const i of block) {
    const mayPair = slot !== 'closed' && canBeYounger(i) && !(slot === 'after branch' && i.branch);
    let need = mayPair ? now - 1 : now;
    for (const r of i.uses) {
      const result = ready.get(r);
      if (r === 15 || !result) continue;
      let { at } = result;
      const isAddress = i.addressRegisters.includes(r);
      if (i.store && !isAddress) at -= 1; // the data of a store is read a stage later
      if (result.kind === 'alu' && (i.load || i.store ? isAddress : i.shiftedOperand)) at += 1;
      if (i.accumulators.includes(r) && result.kind === 'multiply') at -= multiplyLatency - 1;
      if (i.accumulators.includes(r) && result.kind === 'accumulated') at -= 4;
      if (result.kind === 'vector load' && i.vector && !i.store) at -= 2;
      need = Math.max(need, at);
    }
    const vector = i.vector && !i.load && !i.store ? vectorTiming(i) : null;
    if (vector?.pipe) need = Math.max(need, ready.get(vector.pipe)?.at ?? need);
    const flagsAt = ready.get(flags)?.at;
    if (i.usesFlags && i.base !== 'b' && flagsAt !== undefined) need = Math.max(need, flagsAt);
    const paired = mayPair && need === now - 1;
    const issue = paired ? need : Math.max(need, now);
    const busy = i.multiple ? Math.floor((i.words + 1) / 2) : i.divide ? divideIssue : 1;
    if (paired) slot = 'closed';
    else {
      now = issue + busy;
      slot = canBeOlder(i) ? (i.branch ? 'after branch' : 'open') : 'closed';
    }
    const [latency, kind] = vector ? vectorResult(i, vector) : resultOf(i, busy);
    if (vector?.pipe) ready.set(vector.pipe, { at: issue + vector.keeps!, kind: 'vector' });
    for (const r of i.defs) {
      const updated = i.store || (i.load && i.writeback && r === i.addressRegisters[0]);
      ready.set(r, { at: issue + (updated ? 1 : latency), kind });
    }
    if (i.setsFlags) ready.set(flags, { at: issue + (vector?.latency ?? 1), kind: 'flags' });
  }
  const left = [...ready]
    .filter(([, { at }]) => at >= now)
    .map(([r, { at, kind }]) => [r, at - now, kind] as const)
    .sort(([a], [b]) => a - b);
  return [now, { ready: left, slot }];
}

const vectorResult = (i: ArmInstruction, { latency }: VectorTiming): [number, ResultKind] => [
  latency,
  i.accumulators.length === 0 ? 'vector' : 'accumulated',
];

function resultOf(i: ArmInstruction, busy: number): [number, ResultKind] {
  if (i.load) return i.vector && !i.multiple ? [4, 'vector load'] : [loadLatency + busy - 1, 'load'];
  if (i.multiply) return [multiplyLatency, 'multiply'];
  if (i.divide) return [divideLatency, 'divide'];
  if (shifts.has(i.base)) return [shiftLatency, 'shift'];
  return [1, 'alu'];
}
