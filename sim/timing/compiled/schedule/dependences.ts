/** What has to stay behind what in a stretch of code, as gcc's sched-deps.c and add_branch_dependences link it. */
import type { Machine } from '../machine.ts';
import type { Pipeline } from './pipeline.ts';
import type { Unit } from './units.ts';

export interface Link {
  to: number;
  /** Whether it takes a result. */
  flow: boolean;
  latency: number;
}

export interface Dependences {
  from: readonly (readonly Link[])[];
  /** How many instructions each waits for. */
  waiting: number[];
  /** The longest chain of cycles from each to the end. */
  priority: readonly number[];
}

const flags = -1;

/** `pinned` from the end on keep their order behind all others. */
export function dependences(
  units: readonly Unit[],
  pipeline: Pipeline,
  pinned: number,
  barrier: boolean,
): Dependences {
  const n = units.length;
  const links: Map<number, Link>[] = units.map(() => new Map<number, Link>());
  const waiting = new Array<number>(n).fill(0);
  const link = (from: number, to: number, flow: boolean) => {
    if (from === to) return;
    const known = links[from]!.get(to);
    if (known?.flow || (known && !flow)) return;
    if (!known) waiting[to]!++;
    links[from]!.set(to, { to, flow, latency: flow ? pipeline.between(units[from]!, units[to]!) : 0 });
  };
  const sets = new Map<number, number>();
  const uses = new Map<number, number[]>();
  const memory: number[] = [];
  let call = -1;
  for (let j = 0; j < n; j++) {
    const m = units[j]!.whole;
    const read = m.readsFlags ? [...m.uses, flags] : m.uses;
    for (const r of read) {
      const set = sets.get(r);
      if (set !== undefined) link(set, j, true);
      const before = uses.get(r);
      if (!before) uses.set(r, [j]);
      else if (before.at(-1) !== j) before.push(j);
    }
    for (const r of m.setsFlags ? [...m.defs, flags] : m.defs) {
      const set = sets.get(r);
      if (set !== undefined) link(set, j, false);
      for (const use of uses.get(r) ?? []) link(use, j, false);
      sets.set(r, j);
      uses.delete(r);
    }
    if (isMemory(m)) {
      for (const i of memory) {
        const a = units[i]!.whole;
        if (mayMeet(a, m)) link(i, j, a.kind === 'store' && m.kind === 'load');
      }
      memory.push(j);
    }
    if (call >= 0) link(call, j, false);
    if (m.kind === 'call') call = j;
  }
  const first = n - pinned;
  for (let j = first; j < n; j++) {
    if (j > first) link(j - 1, j, false);
    else for (let i = 0; i < j; i++) link(i, j, false);
  }
  const priority = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    if (links[i]!.size === 0 && !barrier) priority[i] = pipeline.latency(units[i]!);
    for (const { to, latency } of links[i]!.values())
      priority[i] = Math.max(priority[i]!, latency + priority[to]!);
  }
  return { from: links.map((of) => [...of.values()]), waiting, priority };
}

const isMemory = (m: Machine): boolean =>
  m.kind === 'load' || m.kind === 'store' || m.kind === 'call' || m.kind === 'library';

/** Whether two accesses keep their order: not two reads, nor what is in different variables of the instance or places of the frame. */
function mayMeet(a: Machine, b: Machine): boolean {
  const accesses = [a, b].every((m) => m.kind === 'load' || m.kind === 'store');
  if (!accesses) return true;
  if (a.kind === 'load' && b.kind === 'load') return false;
  if (a.slot >= 0 || b.slot >= 0) return a.slot === b.slot;
  return !a.cell || !b.cell || a.cell === b.cell;
}
