/**
 * Cortex-A7: in-order scoreboard with partial dual issue. Latencies: public measurements (hardwarebug.org, "Cortex-A7
 * instruction cycle timings", 2014). Pairing: GCC's cortex-a7.md. Level-1 caches always hit here.
 */
import type { Machine, MachineBlock } from './machine.ts';

export interface A7Timing {
  loadLatency: number;
  multiplyLatency: number;
  divideIssue: number;
  divideLatency: number;
  shiftLatency: number;
  mispredict: number;
  dualIssue: boolean;
}

export const a7Timing: A7Timing = {
  loadLatency: 3,
  multiplyLatency: 3,
  divideIssue: 5,
  divideLatency: 7,
  shiftLatency: 2,
  mispredict: 8,
  dualIssue: true,
};

type ResultKind = 'alu' | 'shift' | 'load' | 'multiply' | 'divide';

/** What is still under way when a block begins: cycles until each register is ready, and the open issue slot. */
export interface A7State {
  ready: Map<number, { at: number; kind: ResultKind }>;
  flags: number;
  /** Whether the last instruction left its second slot open: 0 no, 1 yes, 2 yes but it was a branch. */
  slot: 0 | 1 | 2;
}

export const a7Start = (): A7State => ({ ready: new Map(), flags: 0, slot: 0 });

function youngCanPair(m: Machine): boolean {
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
  return !((m.kind === 'load' || m.kind === 'store') && m.words > 1);
}

/** Cycles of a block from a state, and the state after it. */
export function a7Block(b: MachineBlock, state: A7State, t: A7Timing): { cycles: number; state: A7State } {
  const ready = new Map(state.ready);
  let flags = state.flags;
  let slot = state.slot;
  let now = 0;
  for (const m of b.code) {
    const pairing = slot !== 0 && t.dualIssue && youngCanPair(m) && !(slot === 2 && m.kind === 'branch');
    let need = pairing ? now - 1 : now;
    for (const r of m.uses) {
      const known = ready.get(r);
      if (!known) continue;
      let at = known.at;
      const isAddress = m.address.includes(r);
      if (m.kind === 'store' && !isAddress) at -= 1;
      if (known.kind === 'alu' && (isAddress || m.shifted)) at += 1;
      if (m.accumulator === r && known.kind === 'multiply') at -= t.multiplyLatency - 1;
      if (at > need) need = at;
    }
    if (m.readsFlags && m.kind !== 'branch' && flags > need) need = flags;
    const paired = pairing && need === now - 1;
    const issue = paired ? need : Math.max(need, now);
    let busy = 1;
    if (m.kind === 'divide') busy = t.divideIssue;
    else if (m.kind === 'library' || m.kind === 'vfp') busy = Math.max(1, m.cycles);
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
    if (m.setsFlags) flags = issue + 1;
  }
  const after: A7State = { ready: new Map(), flags: flags - now, slot };
  for (const [r, { at, kind }] of ready) if (at > now - 1) after.ready.set(r, { at: at - now, kind });
  return { cycles: now, state: after };
}

function resultOf(m: Machine, busy: number, t: A7Timing): [number, ResultKind] {
  switch (m.kind) {
    case 'load':
      return [t.loadLatency + busy - 1, 'load'];
    case 'multiply':
      return [t.multiplyLatency, 'multiply'];
    case 'divide':
      return [t.divideLatency, 'divide'];
    case 'shift':
      return [t.shiftLatency, 'shift'];
    case 'library':
    case 'vfp':
      return [busy, 'alu'];
    default:
      return [1, 'alu'];
  }
}
