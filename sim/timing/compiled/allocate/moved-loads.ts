/** What came on the stack and is read once is loaded where it is read (ira.cc, combine_and_move_insns), not at the entry, unless that is inside a loop. */
import { isGot } from '../argument-words.ts';
import { entryOf, type Machine, type MachineCode } from '../machine.ts';

export function moveLoads(code: MachineCode): void {
  const entry = entryOf(code);
  const loads = new Map(entry.code.filter((m) => isGot(m.cell)).map((m) => [m.defs[0]!, m]));
  if (loads.size === 0) return;
  const touched = new Map<number, Machine[]>();
  const pinned = new Set<Machine>();
  for (const b of code.blocks)
    for (const m of b.code) {
      if (b.loopDepth > entry.loopDepth || b.guarded) pinned.add(m);
      for (const r of new Set([...m.defs, ...m.uses, ...m.keeps]))
        if (loads.has(r)) touched.set(r, [...(touched.get(r) ?? []), m]);
    }
  const before = new Map<Machine, Machine[]>();
  const moved = new Set<Machine>();
  for (const [r, load] of loads) {
    const [first, use, ...more] = touched.get(r)!;
    if (first !== load || !use || more.length > 0) continue;
    if (pinned.has(use) || use.conditional || use.defs.includes(r)) continue;
    before.set(use, [...(before.get(use) ?? []), load]);
    moved.add(load);
  }
  if (moved.size === 0) return;
  entry.code = entry.code.filter((m) => !moved.has(m));
  for (const b of code.blocks) b.code = b.code.flatMap((m) => [...(before.get(m) ?? []), m]);
}
