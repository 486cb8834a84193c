/**
 * Joins the parts of a variable, which the graph keeps apart, where they are never alive together (gcc's out-of-SSA pass, tree-ssa-coalesce.cc), and drops the copies between them.
 */
import { add, addAll, bits, each, has, remove, type Bits } from './bits.ts';
import { liveness } from '../liveness.ts';
import { kept, type Machine, type MachineCode } from '../machine.ts';
import { renameIn } from './names.ts';
import { walk } from './regions.ts';
import { renamePairs } from './pairs.ts';

export function coalesce(code: MachineCode): void {
  const find = partition(code);
  for (const b of code.blocks) {
    for (const m of b.code) renameIn(m, find);
    b.code = b.code.filter((m) => !m.copy || m.defs[0] !== m.uses[0]);
  }
  code.pairs = renamePairs(code.pairs, find);
}

/** The variable that each value belongs to. */
export function partition(code: MachineCode): (r: number) => number {
  const copies: { m: Machine; weight: number }[] = [];
  const wanted = bits(code.registers);
  for (const b of code.blocks)
    // One arm of a choice runs half as often, in gcc's guess.
    for (const m of b.code)
      if (m.copy && m.text !== kept) {
        copies.push({ m, weight: m.text === 'mov choice' ? b.weight / 2 : b.weight });
        add(wanted, m.defs[0]!);
        add(wanted, m.uses[0]!);
      }
  if (copies.length === 0) return (r) => r;
  copies.sort((x, y) => y.weight - x.weight);
  const rows = meetings(code, wanted);
  const alias: number[] = Array.from({ length: code.registers }, (_, i) => i);
  const find = (r: number): number => {
    let x = r;
    while (alias[x] !== x) x = alias[x]!;
    return x;
  };
  // A row names values as they were; who has joined whom is asked of the members.
  const joined = new Map<number, number[]>();
  const membersOf = (r: number) => joined.get(r) ?? [r];
  for (const { m } of copies) {
    const [a, b] = [find(m.defs[0]!), find(m.uses[0]!)];
    if (a === b || code.floats.get(a) !== code.floats.get(b)) continue;
    const [row, others] = [rows.get(a)!, membersOf(b)];
    if (others.some((o) => has(row, o))) continue;
    addAll(row, rows.get(b)!);
    alias[b] = a;
    joined.set(a, [...membersOf(a), ...others]);
  }
  return find;
}

/** What each of the wanted values is alive together with, as far as that is wanted. */
function meetings(code: MachineCode, wanted: Bits): Map<number, Bits> {
  const rows = new Map<number, Bits>();
  each(wanted, (v) => void rows.set(v, bits(code.registers)));
  const live = liveness(code);
  const both = bits(code.registers);
  for (const b of code.blocks) {
    // Values that a run of copies fills from one source are the same.
    const runs: Map<number, number>[] = [];
    b.code.forEach((m, i) => {
      runs[i] = m.copy && i > 0 && b.code[i - 1]!.copy ? runs[i - 1]! : new Map<number, number>();
      if (m.copy) runs[i]!.set(m.defs[0]!, m.uses[0]!);
    });
    walk(b, live.out.get(b.id)!, (m, at, alive) => {
      for (const d of m.defs) {
        const row = rows.get(d);
        if (!row) continue;
        for (let w = 0; w < both.length; w++) both[w] = alive[w]! & wanted[w]!;
        for (const e of m.defs) if (has(wanted, e)) add(both, e);
        remove(both, d);
        if (m.copy) {
          const source = m.uses[0]!;
          remove(both, source);
          for (const [twin, from] of runs[at]!) if (from === source) remove(both, twin);
        }
        each(both, (l) => {
          add(row, l);
          add(rows.get(l)!, d);
        });
      }
    });
  }
  return rows;
}
