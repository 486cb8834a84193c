/**
 * A dual-issue in-order core whose manual tells stages (Cortex-A8, ARM DDI 0344, chapter 16): an instruction waits until each source is there at the stage that needs
 * it. Pairs: one access to memory and one branch a cycle; products and what takes several cycles begin in pipeline 0, so never second, and let another beside their
 * last cycle only; results of both differ. What a branch leads to goes beside it. Level-1 caches always hit here.
 */
import type { DualIssueTiming, Stages } from '../../cores/core.ts';
import { floatTiming } from './float-cycles.ts';
import type { Machine, MachineBlock } from './machine.ts';

/** Cycles from now until each result has been there for as many stages as its consumer lies behind the first; and what lets another begin beside it. */
export interface StagedState {
  ready: Map<number, number>;
  flags: number;
  beside: Machine | null;
}

export const emptyStages = (): StagedState => ({ ready: new Map(), flags: 0, beside: null });

const isMemory = ({ kind }: Machine): boolean => kind === 'load' || kind === 'store';
const isBranch = ({ kind }: Machine): boolean => kind === 'branch' || kind === 'call';

/** Cycles of a block from a state, and the state after it. */
export function stagedBlock(
  b: MachineBlock,
  state: StagedState,
  t: DualIssueTiming & { stages: Stages },
): { cycles: number; state: StagedState } {
  const { needs, gives } = t.stages;
  const ready = new Map(state.ready);
  let { flags, beside } = state;
  let now = 0;
  for (const m of b.code) {
    const cycles = issueCycles(m, t);
    const mayPair = beside !== null && cycles === 1 && goBeside(m, beside);
    let need = mayPair ? now - 1 : now;
    for (const r of m.uses) {
      const at = ready.get(r);
      if (at !== undefined) need = Math.max(need, at - neededAt(m, r, needs));
    }
    if (m.readsFlags && m.kind !== 'branch') need = Math.max(need, flags - needs.operand.value);
    const paired = mayPair && need === now - 1;
    const begin = paired ? need : Math.max(need, now);
    if (!paired) now = begin + cycles;
    const last = begin + cycles - 1;
    for (const r of m.defs) ready.set(r, resultAt(m, r, begin, last, gives));
    if (m.setsFlags) flags = last + gives.operation.value + 1;
    beside = paired || m.kind === 'library' || m.kind === 'vfp' ? null : m;
  }
  const after: StagedState = { ready: new Map(), flags: flags - now, beside };
  for (const [r, at] of ready) if (at > now) after.ready.set(r, at - now);
  return { cycles: now, state: after };
}

function goBeside(m: Machine, before: Machine): boolean {
  if (m.kind === 'multiply' || m.kind === 'divide' || m.kind === 'library' || m.kind === 'vfp') return false;
  if (isMemory(m) && isMemory(before)) return false;
  if (isBranch(m) && isBranch(before)) return false;
  return !m.defs.some((d) => before.defs.includes(d));
}

function issueCycles(m: Machine, t: DualIssueTiming & { stages: Stages }): number {
  const { half, word, long } = t.stages.productIssue;
  switch (m.kind) {
    case 'multiply':
      if (/^[su](mull|mlal)|^umaal/.test(m.text)) return long.value;
      return (/^smul[bt]{2}/.test(m.text) ? half : word).value;
    case 'divide':
      return t.divideIssue.value;
    case 'library':
      return Math.max(1, m.cycles);
    case 'vfp':
      return floatTiming(m, t.floats).busy;
    case 'load':
    case 'store':
      // Two words are one access; more are a list. An index is shifted in a cycle before, but for words.
      if (m.words > 2) return Math.max(2, Math.ceil(m.words / 2)) + Number(m.returns);
      return 1 + Number(m.scale !== 0 && m.scale !== 2) + Number(m.returns);
    default:
      return 1;
  }
}

/** What a shifter takes first. */
const isShift = ({ kind }: Machine): boolean => kind === 'shift' || kind === 'extend' || kind === 'move';

function neededAt(m: Machine, r: number, needs: Stages['needs']): number {
  if (m.address.includes(r)) return needs.address.value;
  if (m.kind === 'store') return needs.stored.value;
  if (m.accumulator === r) return needs.added.value;
  if (m.kind === 'multiply') return needs.multiplied.value;
  // What stays if the condition does not hold.
  if (m.conditional && m.defs.includes(r)) return needs.operand.value;
  // The shifted operand is the last one.
  const shifted = isShift(m) || (m.shifted && m.uses.at(-1) === r);
  return (shifted ? needs.shifted : needs.operand).value;
}

function resultAt(m: Machine, r: number, begin: number, last: number, gives: Stages['gives']): number {
  if (m.writeback === r) return begin + gives.base.value + 1;
  if (m.kind === 'load') return last + gives.loaded.value + 1;
  if (m.kind === 'multiply') return last + gives.product.value + 1;
  if (m.kind === 'vfp' || m.kind === 'library') return last + 1 + gives.operation.value;
  const moves = !m.conditional && (m.kind === 'move' || /^(lsl|lsr|asr|ror)/.test(m.text));
  return last + (moves ? gives.move : gives.operation).value + 1;
}
