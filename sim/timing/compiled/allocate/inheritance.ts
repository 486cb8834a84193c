/**
 * Values in memory are handed on in registers from one mention to the next, as long as nothing else runs between, and taken from memory again where no register was left for that
 * (lra-constraints.cc, inherit_in_ebb and remove_inheritance_pseudos).
 */
import { add, bits, has } from './bits.ts';
import { move, type Machine, type MachineBlock, type MachineCode } from '../machine.ts';
import { renameIn } from './names.ts';

/** A fall is followed that is at least as likely (lra-inheritance-ebb-probability-cutoff). */
const likelyFall = 0.4;

/** Blocks that one enters at the first alone and mostly falls through. */
function stretches(code: MachineCode): MachineBlock[][] {
  const entries = new Map<number, number>();
  for (const b of code.blocks) for (const { to } of b.successors) entries.set(to, (entries.get(to) ?? 0) + 1);
  const found: MachineBlock[][] = [];
  let open: MachineBlock[] | null = null;
  code.blocks.forEach((b, i) => {
    if (open) open.push(b);
    else found.push((open = [b]));
    const next = code.blocks[i + 1];
    const edge = next && b.successors.find(({ to }) => to === next.id);
    if (!edge || entries.get(next.id) !== 1 || next.id === code.entry) open = null;
    else {
      const all = b.successors.reduce((sum, s) => sum + (s.frequency ?? 1), 0);
      if ((edge.frequency ?? 1) < likelyFall * all) open = null;
    }
  });
  return found;
}

/** The registers that hand values on, with these; names below `first` may be values in memory. One for what wants a low register wants one too. */
export function inherit(
  code: MachineCode,
  registers: readonly number[],
  first: number,
  constant: (value: number) => boolean,
  low: Set<number>,
): Map<number, number> {
  const made = new Map<number, number>();
  const inMemory = (r: number): boolean => r < first && (registers[r] ?? -1) < 0;
  for (const blocks of stretches(code)) {
    /** The next mention that reads a value. */
    const next = new Map<number, Machine>();
    for (const b of blocks.toReversed()) {
      const behind = new Map<Machine, Machine[]>();
      const before = new Map<Machine, Machine[]>();
      const handOn = (value: number, m: Machine, defines: boolean, use: Machine): void => {
        const register = code.registers++;
        const file = code.floats.get(value);
        if (file) code.floats.set(register, file);
        made.set(register, value);
        if (m.defs.some((r) => low.has(r)) || m.uses.some((r) => low.has(r))) low.add(register);
        const rename = (r: number) => (r === value ? register : r);
        renameIn(m, rename);
        renameIn(use, rename);
        if (defines) {
          behind.set(m, [move(value, register, m.origin), ...(behind.get(m) ?? [])]);
          return;
        }
        const from = move(register, value, m.origin);
        before.set(m, [...(before.get(m) ?? []), from]);
        next.set(value, from);
      };
      for (const m of b.code.toReversed()) {
        const defined = [...new Set(m.defs)].filter(inMemory);
        for (const d of defined) {
          const use = next.get(d);
          next.delete(d);
          if (use && !m.uses.includes(d)) handOn(d, m, true, use);
        }
        for (const u of new Set(m.uses)) {
          if (!inMemory(u) || defined.includes(u)) continue;
          // What was not loaded for an instruction is made where it is wanted.
          if (constant(u) && !m.defs.every((d) => d >= first)) continue;
          const use = next.get(u);
          if (use) handOn(u, m, false, use);
          else next.set(u, m);
        }
      }
      if (behind.size + before.size > 0)
        b.code = b.code.flatMap((m) => [...(before.get(m) ?? []), m, ...(behind.get(m) ?? [])]);
    }
  }
  return made;
}

/** Gives up registers that hand values on. What the instruction before hands on to one of them comes from there still. */
export function takeBack(code: MachineCode, given: ReadonlyMap<number, number>): void {
  if (given.size === 0) return;
  const names = bits(code.registers);
  for (const r of given.keys()) add(names, r);
  const value = (r: number): number => given.get(r) ?? r;
  for (const b of code.blocks) {
    if (!b.code.some((m) => m.defs.some((r) => has(names, r)) || m.uses.some((r) => has(names, r)))) continue;
    const out: Machine[] = [];
    /** The two sides of a move in front. */
    let [to, from] = [-1, -1];
    for (const m of b.code) {
      const sides = m.copy ? [m.defs[0]!, m.uses[0]!] : [-1, -1];
      const still = m.copy && sides[1] === to && given.has(to) && !given.has(from) ? from : -1;
      renameIn(m, (r) => (still >= 0 && r === to ? still : value(r)));
      [to, from] = sides as [number, number];
      if (!m.copy || m.defs[0] !== m.uses[0]) out.push(m);
    }
    b.code = out;
  }
}
