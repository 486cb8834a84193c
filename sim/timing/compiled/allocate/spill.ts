/** Code for values that live on the stack. */
import { instruction, type Machine, type MachineBlock, type MachineCode } from '../machine.ts';
import { liveOutOfBlocks } from '../liveness.ts';
import { coreFile, fileOf } from './files.ts';
import type { Interference } from './interference.ts';

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
  /** A register of the same file. */
  const another = (r: number): number => {
    const t = code.registers++;
    const file = code.floats.get(r);
    if (file) code.floats.set(t, file);
    temporary.add(t);
    return t;
  };
  for (const b of code.blocks) {
    const out: Machine[] = [];
    const { alive, uses } = lookAhead(code, b, liveOut.get(b.id)!, members, (r) => graph.find(r));
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
        const t = another(u);
        replace.set(u, t);
        held.set(name, t);
        const remake = graph.remakeOf(name);
        out.push(
          remake ? { ...remake, defs: [t], origin: m.origin } : reload(t, m.origin, code.floats.has(t)),
        );
      }
      const stores: Machine[] = [];
      let drop = false;
      for (const d of new Set(m.defs)) {
        if (!members(d)) continue;
        if (graph.remakeOf(graph.find(d))) {
          drop = true;
          continue;
        }
        const t = replace.get(d) ?? another(d);
        replace.set(d, t);
        held.set(graph.find(d), t);
        stores.push(keep(t, m.origin, code.floats.has(t)));
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
      const ofCore = () => [...held.keys()].filter((name) => fileOf(code, name) === coreFile);
      while (ofCore().length > 0 && alive[i]! + ofCore().length >= coreFile.size)
        held.delete(ofCore().reduce((a, b) => (next(b) > next(a) ? b : a)));
    });
    b.code = out;
  }
}

/** By instruction: how many values are alive in the core's registers behind it; and where each spilled value is used. */
function lookAhead(
  code: MachineCode,
  b: MachineBlock,
  out: ReadonlySet<number>,
  spilled: (r: number) => boolean,
  find: (r: number) => number,
): { alive: number[]; uses: Map<number, number[]> } {
  const ofCore = (r: number) => fileOf(code, r) === coreFile;
  const live = new Set([...out].filter((r) => !spilled(r) && ofCore(r)).map(find));
  const alive: number[] = [];
  const uses = new Map<number, number[]>();
  for (let i = b.code.length - 1; i >= 0; i--) {
    const m = b.code[i]!;
    alive[i] = live.size;
    for (const d of m.defs) live.delete(find(d));
    for (const u of new Set(m.uses))
      if (spilled(u)) uses.set(find(u), [i, ...(uses.get(find(u)) ?? [])]);
      else if (ofCore(u)) live.add(find(u));
  }
  return { alive, uses };
}

export const reload = (to: number, origin: MachineBlock['origin'], float: boolean): Machine =>
  instruction('load', float ? 'vldr [sp]' : 'ldr [sp]', origin, { defs: [to], wide: float ? 1 : 0.5 });

export const keep = (from: number, origin: MachineBlock['origin'], float: boolean): Machine =>
  instruction('store', float ? 'vstr [sp]' : 'str [sp]', origin, { uses: [from], wide: float ? 1 : 0.5 });
