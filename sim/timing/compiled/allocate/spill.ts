/** Code for values that live on the stack. */
import { instruction, type Machine, type MachineBlock, type MachineCode } from '../machine.ts';
import { liveOutOfBlocks } from '../liveness.ts';
import { registersInAll, type Interference } from './interference.ts';

/**
 * Keeps values on the stack: a load before a use, a store after a definition; constants are made again. What was loaded or defined stays in its register for later uses in the block as long as
 * registers are left (the inheritance of gcc's lra-constraints.cc).
 */
export function insertSpills(
  code: MachineCode,
  spilled: readonly number[],
  graph: Interference,
  temporary: Set<number>,
): void {
  const gone = new Set(spilled);
  const members = (r: number) => gone.has(graph.find(r));
  const liveOut = liveOutOfBlocks(code);
  for (const b of code.blocks) {
    const out: Machine[] = [];
    const { alive, uses } = lookAhead(b, liveOut.get(b.id)!, members, (r) => graph.find(r));
    /** Registers that still hold spilled values. */
    const held = new Map<number, number>();
    b.code.forEach((m, i) => {
      const replace = new Map<number, number>();
      if (
        m.copy &&
        members(m.defs[0]!) &&
        members(m.uses[0]!) &&
        graph.find(m.defs[0]!) === graph.find(m.uses[0]!)
      )
        return;
      for (const u of new Set(m.uses)) {
        if (!members(u)) continue;
        const name = graph.find(u);
        const known = held.get(name);
        if (known !== undefined) {
          replace.set(u, known);
          continue;
        }
        const t = code.registers++;
        temporary.add(t);
        replace.set(u, t);
        held.set(name, t);
        const remake = graph.remakeOf(name);
        out.push(remake ? { ...remake, defs: [t], origin: m.origin } : reload(t, m.origin));
      }
      const stores: Machine[] = [];
      let drop = false;
      for (const d of new Set(m.defs)) {
        if (!members(d)) continue;
        if (graph.remakeOf(graph.find(d))) {
          drop = true;
          continue;
        }
        const t = replace.get(d) ?? code.registers++;
        temporary.add(t);
        replace.set(d, t);
        held.set(graph.find(d), t);
        stores.push(keep(t, m.origin));
      }
      if (drop) return;
      const swap = (r: number) => replace.get(r) ?? r;
      m.defs = m.defs.map(swap);
      m.uses = m.uses.map(swap);
      m.address = m.address.map(swap);
      m.writeback = m.writeback < 0 ? -1 : swap(m.writeback);
      m.accumulator = m.accumulator < 0 ? -1 : swap(m.accumulator);
      // The volatile asm reads what was loaded, so it comes after the store.
      if (m.barrier && stores.length) {
        m.barrier = false;
        stores.at(-1)!.barrier = true;
      }
      out.push(m, ...stores);
      const next = (name: number): number => uses.get(name)?.find((at) => at > i) ?? Infinity;
      for (const name of held.keys()) if (next(name) === Infinity) held.delete(name);
      if (m.kind === 'call' || m.kind === 'library') held.clear();
      while (held.size > 0 && alive[i]! + held.size >= registersInAll)
        held.delete([...held.keys()].reduce((a, b) => (next(b) > next(a) ? b : a)));
    });
    b.code = out;
  }
}

/** By instruction: how many values are alive in registers behind it; and where each spilled value is used. */
function lookAhead(
  b: MachineBlock,
  out: ReadonlySet<number>,
  spilled: (r: number) => boolean,
  find: (r: number) => number,
): { alive: number[]; uses: Map<number, number[]> } {
  const live = new Set([...out].filter((r) => !spilled(r)).map(find));
  const alive: number[] = [];
  const uses = new Map<number, number[]>();
  for (let i = b.code.length - 1; i >= 0; i--) {
    const m = b.code[i]!;
    alive[i] = live.size;
    for (const d of m.defs) live.delete(find(d));
    for (const u of new Set(m.uses))
      if (spilled(u)) uses.set(find(u), [i, ...(uses.get(find(u)) ?? [])]);
      else live.add(find(u));
  }
  return { alive, uses };
}

export const reload = (to: number, origin: MachineBlock['origin']): Machine =>
  instruction('load', 'ldr [sp]', origin, { defs: [to], wide: 0.5 });

export const keep = (from: number, origin: MachineBlock['origin']): Machine =>
  instruction('store', 'str [sp]', origin, { uses: [from], wide: 0.5 });
