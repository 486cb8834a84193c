/**
 * Cortex-A8 cycles of a trace, for code without floating point. Stages as Arm DDI 0344 (chapter 16) tells them and as LLVM's ARMScheduleA8.td and GCC's cortex-a8.md
 * repeat them: a source is needed at the beginning of a stage, a result is there at the end of one, and an instruction that begins in cycle t is in stage E1 in
 * cycle t + 1. Where the two differ, the manual's stages decide (products: E5 of the last cycle) or GCC, whose description was written for Arm (extensions: E1, E2).
 *
 * Pairs (DDI 0344, 16.5; W. Stallings, Computer Organization and Architecture, table 14.3): one access to memory and one branch a cycle; products and what takes
 * several cycles begin in pipeline 0, so never second, and let another beside their last cycle only; results of both must differ. What a predicted branch leads to
 * goes beside it (example 16-6). Branches: 13 cycles a misprediction, 4,096 counters by ten branches of history, 512 targets, a return stack of 8 (DDI 0344, 5.1).
 * First-level caches always hit.
 */
import type { ArmInstruction } from './arm-instruction.ts';
import { mispredictedBranches, type BranchPredictor } from './branch-prediction.ts';
import { inOrderCycles } from './in-order.ts';
import type { Trace } from './trace.ts';

const mispredict = 13;
const predictor: BranchPredictor = {
  historyBits: 10,
  counters: 4096,
  indirectTargets: 512,
  returnStack: 8,
  index: (address, history) => (address >> 1) ^ (history << 2),
};

const flags = 16;
const moves = new Set('mov movw movt mvn lsl lsr asr ror rrx'.split(' '));
/** Their source goes through the shifter. */
const shiftsFirst = new Set('sxtb sxth uxtb uxth ubfx sbfx bfi bfc ssat usat lsl lsr asr ror rrx'.split(' '));
const longProducts = new Set('smull umull smlal umlal umaal smlalbb smlaltb smlalbt smlaltt'.split(' '));
const halfProducts = new Set(
  'smulbb smultb smulbt smultt smulwb smulwt smuad smuadx smusd smusdx'.split(' '),
);

/** Stage at whose beginning each kind of source is needed; what a product is added to in E4 of its last cycle, so that sums follow each other at once (GCC). */
const needs = { address: 1, multiplied: 1, shifted: 1, operand: 2, stored: 3, added: 5 } as const;
/** Stage at whose end each kind of result is there. */
const gives = { move: 1, operation: 2, base: 2, loaded: 3, product: 5 } as const;

/** What is still under way: cycles from now until a result has been there for as many stages as its consumer lies behind E0. */
interface State {
  ready: readonly (readonly [register: number, at: number])[];
  /** What began in the last cycle and lets another beside it. */
  beside: { memory: boolean; branch: boolean; defs: readonly number[] } | null;
}

export function cortexA8Cycles(trace: Trace): number {
  const empty: State = { ready: [], beside: null };
  return (
    inOrderCycles(trace, empty, runBlock, (state) => state) +
    mispredict * mispredictedBranches(trace, predictor)
  );
}

/** Cycles in which an instruction keeps pipeline 0, or either pipeline if one. */
export function issueCycles(i: ArmInstruction): number {
  if (longProducts.has(i.base)) return 3;
  if (i.multiply) return halfProducts.has(i.base) ? 1 : 2;
  if (/^(ldm|stm|push|pop)/.test(i.base)) return Math.max(2, Math.ceil(i.words / 2)) + Number(i.jumpsByLoad);
  // An index is shifted in a cycle before, but for words.
  const shifts = i.load || i.store ? Number(i.indexShift !== 0 && i.indexShift !== 2) : 0;
  return 1 + shifts + Number(i.jumpsByLoad);
}

function neededAt(i: ArmInstruction, r: number): number {
  if (i.addressRegisters.includes(r) && (i.load || i.store)) return needs.address;
  if (i.store) return needs.stored;
  if (i.accumulators.includes(r)) return needs.added;
  if (i.multiply) return needs.multiplied;
  // What stays if the condition does not hold.
  if (i.conditional && i.defs.has(r)) return needs.operand;
  if (moves.has(i.base) || shiftsFirst.has(i.base)) return needs.shifted;
  return i.shiftedOperand && i.shiftedRegisters.includes(r) ? needs.shifted : needs.operand;
}

function givenAt(i: ArmInstruction, r: number): number {
  if (i.writeback && r === i.addressRegisters[0] && !(i.multiple && i.load && r !== 13)) return gives.base;
  if (i.load) return gives.loaded;
  if (i.multiply) return gives.product;
  return moves.has(i.base) && !i.conditional ? gives.move : gives.operation;
}

function runBlock(block: readonly ArmInstruction[], state: State): [number, State] {
  // The cycle in which an instruction that needs a register in E0 could begin; later stages may begin as much earlier.
  const ready = new Map<number, number>(state.ready);
  let { beside } = state;
  let now = 0;
  for (const i of block) {
    const cycles = issueCycles(i);
    const memory = i.load || i.store;
    const mayPair =
      beside !== null &&
      cycles === 1 &&
      !i.multiply &&
      !(memory && beside.memory) &&
      !(i.branch && beside.branch) &&
      !beside.defs.some((d) => i.defs.has(d));
    let need = mayPair ? now - 1 : now;
    for (const r of i.uses) {
      const at = ready.get(r);
      if (r !== 15 && at !== undefined) need = Math.max(need, at - neededAt(i, r));
    }
    const set = ready.get(flags);
    // A conditional branch may go beside what sets the flags.
    if (i.usesFlags && i.base !== 'b' && set !== undefined) need = Math.max(need, set - needs.operand);
    const paired = mayPair && need === now - 1;
    const begin = paired ? need : Math.max(need, now);
    if (!paired) now = begin + cycles;
    const last = begin + cycles - 1;
    // What comes in several cycles comes two words at a time.
    let words = 0;
    for (const r of i.defs) {
      const list = i.multiple && i.load && i.base !== 'ldrd' && !i.addressRegisters.includes(r);
      const from = list
        ? Math.min(last, begin + Math.floor(words++ / 2))
        : i.writeback && givenAt(i, r) === gives.base
          ? begin
          : last;
      ready.set(r, from + givenAt(i, r) + 1);
    }
    if (i.setsFlags) ready.set(flags, last + gives.operation + 1);
    beside = paired ? null : { memory, branch: i.branch, defs: [...i.defs] };
  }
  const left = [...ready]
    .filter(([, at]) => at > now)
    .map(([r, at]) => [r, at - now] as const)
    .sort(([a], [b]) => a - b);
  return [now, { ready: left, beside }];
}
