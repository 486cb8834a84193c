/**
 * Cortex-M33 cycles of a trace, for code without floating point; zero wait states. Arm publishes no instruction timing for this core. The rules are those that were measured with its
 * own cycle counter on an RP2350 (Cortex-M33 r1p0): github.com/jnk0le/random, "pipeline cycle test", doc/cortex_m33.md (CC0), 2026-01.
 *
 * Results are there for the next instruction, or one cycle later: of loads, products, operands that are shifted on their way, constants that are no byte or repeated byte,
 * extensions that add, and saturation. What accumulates takes them at once (what loads only if it multiplies), and so does a store (but for saturation).
 *
 * A second instruction goes beside one of 16 bits if it has 16 bits and is a branch or an it: free if not taken; one cycle if taken behind what sets no flags, else two.
 *
 * Not described there: quotients and table branches, timed as on the Cortex-M4; stores with a register offset and products of 64 bits, timed as their like.
 */
import type { ArmInstruction } from './arm-instruction.ts';
import { inOrderCycles } from './in-order.ts';
import type { Trace } from './trace.ts';

const division = 6;
const tableBranch = 6;
const flags = 16;

/** Where a result that comes late is from: whose it is decides who may take it early. */
type Late = 'loaded' | 'accumulated' | 'saturated';

interface State {
  /** Cycles until results are there that are under way. */
  ready: readonly (readonly [register: number, at: number, from: Late | null])[];
  /** What began last and lets another beside it. */
  beside: { setsFlags: boolean; defs: readonly number[] } | null;
  /** Cycles that the last branch takes more if it is taken, and those that it did take. */
  ifTaken: number;
  refill: number;
}

export function cortexM33Cycles(trace: Trace): number {
  const empty: State = { ready: [], beside: null, ifTaken: 0, refill: 0 };
  return inOrderCycles(trace, empty, runBlock, (state) => ({
    ...state,
    beside: null,
    refill: state.ifTaken,
  }));
}

const extendsAndAdds = new Set('sxtab sxtah uxtab uxtah'.split(' '));
const saturates = new Set('ssat usat pkhbt pkhtb usad8 uadd8 uqsub8 sadd16 sel'.split(' '));
const moves = new Set('mov movw movt mvn lsl lsr asr ror rrx'.split(' '));

/** What goes through the second stage of execution. */
function lateness(i: ArmInstruction): Late | null {
  if (i.load) return 'loaded';
  if (saturates.has(i.base)) return 'saturated';
  if (i.multiply || extendsAndAdds.has(i.base)) return 'accumulated';
  return !moves.has(i.base) && (i.shiftedOperand || i.shiftedConstant) ? 'accumulated' : null;
}

/** What is added to what an instruction computes first. */
function addedTo(i: ArmInstruction): readonly number[] {
  const uses = [...i.uses];
  if (i.wideAccumulators.length > 0) return i.wideAccumulators;
  if (i.base === 'mls') return uses.slice(2);
  return extendsAndAdds.has(i.base) ? uses.slice(0, 1) : i.accumulators;
}

/** Whether a result that comes late is taken a cycle early. */
function takenEarly(i: ArmInstruction, r: number, from: Late): boolean {
  if (i.store && !i.addressRegisters.includes(r)) return from !== 'saturated';
  if (!addedTo(i).includes(r)) return false;
  return from === 'accumulated' || (from === 'loaded' && i.multiply);
}

function issueCycles(i: ArmInstruction): number {
  if (i.multiple) return i.words;
  if (i.divide) return division;
  // Flags of what goes through two stages.
  if (i.setsFlags && (i.shiftedConstant || (i.multiply && i.bytes === 2))) return 2;
  return 1;
}

function runBlock(block: readonly ArmInstruction[], state: State): [number, State] {
  const ready = new Map(state.ready.map(([r, at, from]) => [r, { at, from }]));
  let { beside } = state;
  let now = state.refill;
  let ifTaken = 0;
  for (const i of block) {
    const narrowBranch = i.bytes === 2 && (i.base === 'it' || (i.branch && !i.jumpsByLoad));
    const mayPair = beside !== null && narrowBranch && !beside.defs.some((d) => i.uses.has(d));
    let need = mayPair ? now - 1 : now;
    for (const r of i.uses) {
      const result = ready.get(r);
      if (r === 15 || !result) continue;
      need = Math.max(need, result.at - Number(result.from !== null && takenEarly(i, r, result.from)));
    }
    // A branch may go beside what sets the flags, unless they come late.
    const set = ready.get(flags);
    if (i.usesFlags && set) need = Math.max(need, set.at - Number(i.branch && set.from === null));
    const paired = mayPair && need < now;
    const begin = paired ? now - 1 : Math.max(need, now);
    const end = begin + issueCycles(i);
    if (i.base.startsWith('tb')) ifTaken = tableBranch - 1;
    // The word that is jumped to comes a cycle late.
    else if (i.jumpsByLoad) ifTaken = 3;
    else ifTaken = 1 + Number(paired && beside!.setsFlags);
    beside =
      i.bytes === 2 && !paired && !i.branch && i.base !== 'it'
        ? { setsFlags: i.setsFlags, defs: [...i.defs] }
        : null;
    if (!paired) now = end;
    const from = lateness(i);
    for (const r of i.defs) {
      const updated = i.writeback && r === i.addressRegisters[0] && !(i.multiple && i.load && r !== 13);
      ready.set(r, updated ? { at: begin + 1, from: null } : { at: end + Number(from !== null), from });
    }
    if (i.setsFlags) {
      const late = i.shiftedOperand && !moves.has(i.base);
      ready.set(flags, { at: end + Number(late), from: late ? 'accumulated' : null });
    }
  }
  const left = [...ready]
    .filter(([, { at }]) => at > now)
    .map(([r, { at, from }]) => [r, at - now, from] as const)
    .sort(([a], [b]) => a - b);
  return [now, { ready: left, beside, ifTaken, refill: 0 }];
}
