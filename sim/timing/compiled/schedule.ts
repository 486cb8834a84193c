/**
 * Instruction scheduling within gcc's basic blocks: a list scheduler with the latencies of gcc's pipeline description for the core. The volatile asm behind every load of
 * wasm2c is a barrier, and so is the branch of a check: nothing moves across them. Memory accesses keep their order where they may meet, and what an it announces stays behind it.
 */
import type { Core } from '../../cores/core.ts';
import { scheduledLatency } from './float-cycles.ts';
import { liveness } from './liveness.ts';
import { announce, isSplit } from './conditional-runs.ts';
import type { Machine, MachineCode } from './machine.ts';
import { Pressure } from './pressure.ts';

type SchedulerLatencies = Omit<Core['scheduler'], 'source'>;

/** The same code in the order in which gcc would emit it for the core. */
export function schedule(
  code: MachineCode,
  latencies: SchedulerLatencies,
  { allocated = true } = {},
): MachineCode {
  const live = allocated ? null : liveness(code);
  const guarded = allocated ? new Set<Machine>() : null;
  const blocks = code.blocks.map((b) => {
    const pressure = live && new Pressure(code, b, live, code.blocks[0]!.weight);
    const result: Machine[] = [];
    let segment: Machine[] = [];
    let pending: ReadonlySet<number> = b.successors.some((e) => e.to === b.id) ? loadedAtEnd(b.code) : none;
    for (const m of b.code) {
      segment.push(m);
      if (!m.barrier && m.kind !== 'branch') continue;
      result.push(...inOrder(segment, latencies, pending, pressure, guarded));
      segment = [];
      pending = none;
    }
    result.push(...inOrder(segment, latencies, pending, pressure, guarded));
    return { ...b, code: guarded ? announce(result, guarded) : result };
  });
  return { ...code, blocks };
}

const none: ReadonlySet<number> = new Set();

/** What a loop's end loads for its beginning: gcc lays such loops out with the first check at the end, where it is ordered together with those loads. */
function loadedAtEnd(code: readonly Machine[]): ReadonlySet<number> {
  const loaded = new Set<number>();
  for (const m of code.toReversed()) {
    if (m.barrier || (m.kind === 'branch' && m !== code.at(-1))) break;
    if (m.kind === 'load') for (const d of m.defs) loaded.add(d);
  }
  return loaded;
}

/**
 * An it and what it announces move as one instruction, as they are one to the compiler before registers are given.
 *
 * @param guarded Gathers what is ordered without its it, after that.
 */
function inOrder(
  segment: readonly Machine[],
  latencies: SchedulerLatencies,
  pending: ReadonlySet<number>,
  pressure: Pressure | null,
  guarded: Set<Machine> | null,
): Machine[] {
  const parts = new Map<Machine, Machine[]>();
  const whole: Machine[] = [];
  for (let i = 0; i < segment.length; i++) {
    const m = segment[i]!;
    const announced = m.kind === 'if-then' ? Number(m.text.slice('it x'.length)) : 0;
    const group = [m];
    while (group.length <= announced && segment[i + 1]?.readsFlags && segment[i + 1]!.kind !== 'branch')
      group.push(segment[++i]!);
    if (guarded && announced > 0 && isSplit(group.slice(1))) {
      for (const g of group.slice(1)) {
        parts.set(g, [g]);
        whole.push(g);
        guarded.add(g);
      }
      continue;
    }
    const last = group.at(-1)!;
    const one =
      group.length === 1
        ? m
        : {
            ...last,
            defs: [...new Set(group.flatMap((g) => g.defs))],
            uses: [...new Set(group.flatMap((g) => g.uses))],
            setsFlags: group.some((g) => g.setsFlags),
            readsFlags: true,
          };
    parts.set(one, group);
    whole.push(one);
  }
  pressure?.begin(whole.map((m) => parts.get(m)!));
  return scheduleSegment(whole, latencies, pending, pressure).flatMap((m) => parts.get(m)!);
}

function latencyOf(m: Machine, t: SchedulerLatencies): number {
  switch (m.kind) {
    case 'load':
      return t.load;
    case 'multiply':
      return t.multiply;
    case 'divide':
      return t.divide;
    case 'shift':
      return m.immediate ? t.shift : (t.move ?? t.shift);
    case 'move':
      return t.move ?? t.alu;
    case 'vfp':
      return scheduledLatency(m, t.floats);
    default:
      return t.alu;
  }
}

/** What nothing begins beside or behind until it is over. */
const keepsAll = (m: Machine, t: SchedulerLatencies): boolean =>
  m.kind === 'divide' || (t.blocks === true && m.kind !== 'load' && latencyOf(m, t) > 1);

const isMemory = (m: Machine): boolean =>
  m.kind === 'load' || m.kind === 'store' || m.kind === 'call' || m.kind === 'library';

/** Whether two accesses keep their order: not two reads, nor what is in different variables of the instance or places of the frame. */
function mayMeet(a: Machine, b: Machine): boolean {
  if (!isMemory(a) || !isMemory(b)) return false;
  const accesses = [a, b].every((m) => m.kind === 'load' || m.kind === 'store');
  if (!accesses) return true;
  if (a.kind === 'load' && b.kind === 'load') return false;
  if (a.slot >= 0 || b.slot >= 0) return a.slot === b.slot;
  return !a.cell || !b.cell || a.cell === b.cell;
}

function scheduleSegment(
  segment: Machine[],
  t: SchedulerLatencies,
  pending: ReadonlySet<number>,
  pressure: Pressure | null,
): Machine[] {
  const n = segment.length;
  if (n < 3) {
    for (let i = 0; i < n; i++) pressure?.done(i);
    return segment;
  }
  const successors: { to: number; latency: number }[][] = segment.map(() => []);
  const waiting = new Array<number>(n).fill(0);
  const link = (from: number, to: number, latency: number) => {
    successors[from]!.push({ to, latency });
    waiting[to]!++;
  };
  for (let j = 0; j < n; j++) {
    const b = segment[j]!;
    for (let i = 0; i < j; i++) {
      const a = segment[i]!;
      const flow = a.defs.some((d) => b.uses.includes(d)) || (a.setsFlags && b.readsFlags);
      const anti =
        a.uses.some((u) => b.defs.includes(u)) ||
        a.defs.some((d) => b.defs.includes(d)) ||
        (a.readsFlags && b.setsFlags) ||
        (a.setsFlags && b.setsFlags);
      const order =
        mayMeet(a, b) ||
        (a.kind === 'branch' && (b.kind === 'branch' || isMemory(b))) ||
        (b.kind === 'branch' &&
          (a.kind === 'store' || a.kind === 'branch' || a.kind === 'call' || b.backward || j === n - 1)) ||
        b.barrier ||
        a.kind === 'if-then' ||
        b.kind === 'if-then' ||
        a.kind === 'call';
      if (flow)
        link(
          i,
          j,
          a.kind !== 'vfp' && a.setsFlags && b.readsFlags && !a.defs.some((d) => b.uses.includes(d))
            ? 1
            : latencyOf(a, t),
        );
      else if (anti || order) link(i, j, 0);
    }
  }
  const priority = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--)
    for (const { to, latency } of successors[i]!)
      priority[i] = Math.max(priority[i]!, latency + priority[to]!);
  const earliest = segment.map((m) => (m.uses.some((u) => pending.has(u)) ? t.load : 0));
  const ready = segment.map((_, i) => i).filter((i) => waiting[i] === 0);
  const result: Machine[] = [];
  let cycle = 0;
  let issued = 0;
  while (ready.length) {
    let best = -1;
    let least = 0;
    for (const i of ready) {
      if (earliest[i]! > cycle) continue;
      const cost = pressure?.cost(i) ?? 0;
      const order = best < 0 ? -1 : cost - least || priority[best]! - priority[i]! || i - best;
      if (order >= 0) continue;
      best = i;
      least = cost;
    }
    if (best < 0 || issued >= t.issue) {
      cycle++;
      issued = 0;
      continue;
    }
    ready.splice(ready.indexOf(best), 1);
    result.push(segment[best]!);
    pressure?.done(best);
    issued++;
    const from = cycle;
    if (keepsAll(segment[best]!, t)) {
      cycle += latencyOf(segment[best]!, t) - 1;
      issued = t.issue;
    }
    for (const { to, latency } of successors[best]!) {
      earliest[to] = Math.max(earliest[to]!, from + latency);
      if (--waiting[to]! === 0) ready.push(to);
    }
  }
  return result;
}
