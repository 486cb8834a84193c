/**
 * A dual-issue in-order core of which latencies were measured (Cortex-A7): a scoreboard of when each result is ready. An instruction pairs with the
 * one before where the core's rules allow it and its operands are there; level-1 caches always hit here.
 */
import type { DualIssueTiming } from '../../cores/core.ts';
import { accumulates, floatTiming } from './float-cycles.ts';
import type { Machine, MachineBlock } from './machine.ts';

type ResultKind = 'alu' | 'shift' | 'load' | 'multiply' | 'divide' | 'float' | 'float load' | 'float sum';

/** What the unit's pipelines stand for among the registers that are not ready. */
const pipes = { multiply: -1, divide: -2 } as const;

/** What is still under way when a block begins: cycles until each register is ready, and the open issue slot. */
export interface PipelineState {
  ready: Map<number, { at: number; kind: ResultKind }>;
  flags: number;
  /** Whether the last instruction left its second slot open: 0 no, 1 yes, 2 yes but it was a branch. */
  slot: 0 | 1 | 2;
}

export const emptyPipeline = (): PipelineState => ({ ready: new Map(), flags: 0, slot: 0 });

/** Whether an instruction may go second in the cycle of the one before. */
function canGoSecond(m: Machine): boolean {
  switch (m.kind) {
    case 'branch':
      return !/^(tbb|bx|blx)/.test(m.text);
    case 'call':
      return m.text === 'bl';
    case 'extend':
    case 'if-then':
      return true;
    case 'move':
      return !m.shifted;
    case 'alu':
    case 'compare':
      return m.immediate && !m.shifted;
    default:
      return false;
  }
}

function oldCanPair(m: Machine): boolean {
  if (m.kind === 'multiply' || m.kind === 'divide' || m.kind === 'call' || m.kind === 'library') return false;
  if (m.kind === 'branch') return !/^(tbb|bx|blx)/.test(m.text);
  // What goes to the unit from the core, and double words, take both ways.
  if (/^vmov.*,r|^vldr.64/.test(m.text)) return false;
  return !((m.kind === 'load' || m.kind === 'store') && m.words > 1);
}

/** Cycles of a block from a state, and the state after it. */
export function dualIssueBlock(
  b: MachineBlock,
  state: PipelineState,
  t: DualIssueTiming,
): { cycles: number; state: PipelineState } {
  const ready = new Map(state.ready);
  let flags = state.flags;
  let slot = state.slot;
  let now = 0;
  for (const m of b.code) {
    const pairing = slot !== 0 && canGoSecond(m) && !(slot === 2 && m.kind === 'branch');
    let need = pairing ? now - 1 : now;
    for (const r of m.uses) {
      const known = ready.get(r);
      if (!known) continue;
      let at = known.at;
      const isAddress = m.address.includes(r);
      if (m.kind === 'store' && !isAddress) at -= 1;
      if (known.kind === 'alu' && (isAddress || m.shifted)) at += 1;
      if (m.accumulator === r && known.kind === 'multiply') at -= t.multiplyLatency.value - 1;
      if (m.accumulator === r && known.kind === 'float sum') at -= 4;
      if (at > need) need = at;
    }
    const vector = m.kind === 'vfp' ? floatTiming(m, t.floats) : null;
    if (vector?.pipe) need = Math.max(need, ready.get(pipes[vector.pipe])?.at ?? need);
    if (m.readsFlags && m.kind !== 'branch' && flags > need) need = flags;
    const paired = pairing && need === now - 1;
    const issue = paired ? need : Math.max(need, now);
    let busy = 1;
    if (m.kind === 'divide') busy = t.divideIssue.value;
    else if (m.kind === 'library') busy = Math.max(1, m.cycles);
    else if (vector) busy = vector.busy;
    else if ((m.kind === 'load' || m.kind === 'store') && m.words > 1) busy = Math.ceil(m.words / 2);
    else if (m.kind === 'move' && m.words > 1) busy = m.words;
    if (paired) slot = 0;
    else {
      now = issue + busy;
      slot = oldCanPair(m) ? (m.kind === 'branch' ? 2 : 1) : 0;
    }
    const [latency, kind] = resultOf(m, busy, t);
    for (const d of m.defs) {
      const quick = m.writeback === d || m.kind === 'store';
      ready.set(d, { at: issue + (quick ? 1 : latency), kind: quick ? 'alu' : kind });
    }
    if (vector?.pipe) ready.set(pipes[vector.pipe], { at: issue + vector.keeps!, kind: 'float' });
    if (m.setsFlags) flags = issue + (vector?.latency ?? 1);
  }
  const after: PipelineState = { ready: new Map(), flags: flags - now, slot };
  for (const [r, { at, kind }] of ready) if (at > now - 1) after.ready.set(r, { at: at - now, kind });
  return { cycles: now, state: after };
}

function resultOf(m: Machine, busy: number, t: DualIssueTiming): [number, ResultKind] {
  switch (m.kind) {
    case 'load':
      // Arithmetic has it two cycles before others.
      if (m.text.startsWith('vldr') && t.floats === 'double') return [2, 'float load'];
      return [t.loadLatency.value + busy - 1, 'load'];
    case 'multiply':
      return [t.multiplyLatency.value, 'multiply'];
    case 'divide':
      return [t.divideLatency.value, 'divide'];
    case 'shift':
      return [t.shiftLatency.value, 'shift'];
    case 'library':
      return [busy, 'alu'];
    case 'vfp':
      return [floatTiming(m, t.floats).latency, accumulates(m.text) ? 'float sum' : 'float'];
    default:
      return [1, 'alu'];
  }
}
