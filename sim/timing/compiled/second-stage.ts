/**
 * A single-issue core with two stages of execution (Cortex-M33): what comes from the second is there for the next instruction but one, or at once for who takes it in
 * that stage himself. A 16-bit branch goes beside a 16-bit instruction; which of them have 16 bits is known as a share, so cycles are what is expected. Zero wait states.
 */
import type { SecondStage, SingleIssueTiming } from '../../cores/core.ts';
import { computes, floatTiming } from './float-cycles.ts';
import { isModifiedImmediate, type Machine, type MachineBlock } from './machine.ts';

type Late = 'loaded' | 'accumulated' | 'saturated';

/** Cycles from now until results are there, and what lets a branch beside it. */
export interface SecondStageState {
  ready: Map<number, { at: number; from: Late | null }>;
  flags: number;
  beside: Machine | null;
}

export const emptySecondStage = (): SecondStageState => ({ ready: new Map(), flags: 0, beside: null });

/** Cycles of a block from a state, and the state after it. */
export function secondStageBlock(
  b: MachineBlock,
  state: SecondStageState,
  t: SingleIssueTiming & { secondStage: SecondStage },
): { cycles: number; state: SecondStageState } {
  const ready = new Map(state.ready);
  const late = t.secondStage.result.value - 1;
  let { flags, beside } = state;
  let now = 0;
  for (const m of b.code) {
    let begin = now;
    for (const r of m.uses) {
      const result = ready.get(r);
      if (result)
        begin = Math.max(begin, result.at - (result.from && takenEarly(m, r, result.from) ? late : 0));
    }
    if (m.readsFlags) begin = Math.max(begin, flags);
    const cycles = goesBeside(m) ? branchCycles(m, begin > now ? null : beside, t) : issueCycles(m, t);
    now = begin + cycles;
    const from = lateness(m);
    for (const r of m.defs)
      ready.set(r, m.writeback === r ? { at: begin + 1, from: null } : { at: now + (from ? late : 0), from });
    if (m.setsFlags) flags = now + (m.shifted ? late : 0);
    beside = m.kind === 'branch' || m.kind === 'call' || m.kind === 'library' ? null : m;
  }
  const left = [...ready]
    .filter(([, { at }]) => at > now)
    .map(([r, { at, from }]) => [r, { at: at - now, from }] as const);
  return { cycles: now, state: { ready: new Map(left), flags: flags - now, beside } };
}

const goesBeside = (m: Machine): boolean => m.kind === 'if-then' || (m.kind === 'branch' && m.text !== 'tbb');

function branchCycles(
  m: Machine,
  beside: Machine | null,
  { secondStage }: { secondStage: SecondStage },
): number {
  const feeds = beside?.defs.some((d) => m.uses.includes(d)) ?? false;
  const pairs = beside && !feeds ? (1 - beside.wide) * (1 - (m.kind === 'branch' ? 0 : m.wide)) : 0;
  if (m.kind === 'if-then') return 1 - pairs;
  const { taken, takenBeside } = secondStage;
  const flagged = beside && setsFlagsIn16Bits(beside) ? taken.value : takenBeside.value;
  return (1 - m.taken) * (1 - pairs) + m.taken * (pairs * flagged + (1 - pairs) * taken.value);
}

/** 16-bit encodings set flags outside of it blocks, but for copies, extensions and accesses (Arm ARM, A6.2). */
function setsFlagsIn16Bits(m: Machine): boolean {
  if (m.setsFlags) return true;
  if (m.conditional || m.copy) return false;
  return m.kind === 'alu' || m.kind === 'shift' || (m.kind === 'move' && m.immediate);
}

/** A constant that is a byte, shifted: it goes through the second stage, one that is repeated does not. */
function shiftsConstant(m: Machine): boolean {
  if ((m.kind !== 'alu' && m.kind !== 'compare') || m.shifted) return false;
  const value = Math.abs(Number(/ #(-?\d+)( |$)/.exec(m.text)?.[1] ?? 0));
  const repeated = (value & 0xffff) === value >>> 16 || (value << 16 === 0 && (value >>> 16) % 0x101 === 0);
  return value > 255 && isModifiedImmediate(value) && !repeated;
}

const saturates = (m: Machine): boolean => /^[su]sat/.test(m.text);

/** What goes through the second stage. */
function lateness(m: Machine): Late | null {
  if (m.kind === 'load') return 'loaded';
  if (saturates(m)) return 'saturated';
  return m.kind === 'multiply' || m.shifted || shiftsConstant(m) ? 'accumulated' : null;
}

/** Whether a result is taken in the second stage. */
function takenEarly(m: Machine, r: number, from: Late): boolean {
  if (m.kind === 'store' && !m.address.includes(r)) return from !== 'saturated';
  const added = m.accumulator === r || (/^sxta|^uxta/.test(m.text) && m.uses[0] === r);
  return added && (from === 'accumulated' || (from === 'loaded' && m.kind === 'multiply'));
}

function issueCycles(m: Machine, t: SingleIssueTiming & { secondStage: SecondStage }): number {
  switch (m.kind) {
    case 'load':
      // The word that is jumped to comes late, and what it leads to is fetched then.
      return m.words + (m.returns ? t.secondStage.result.value - 1 + t.secondStage.taken.value : 0);
    case 'store':
      return m.words;
    case 'multiply':
      return t.multiply.value;
    case 'divide':
      return t.divide.value;
    case 'branch':
      return t.tableBranch.value;
    case 'call':
      return t.secondStage.taken.value;
    case 'library':
      return m.cycles;
    case 'vfp':
      return floatTiming(m, t.floats).busy + Number(computes(m.text));
    case 'move':
      return m.words;
    default:
      // Flags of what goes through two stages for its constant.
      return m.setsFlags && shiftsConstant(m) ? 2 : 1;
  }
}
