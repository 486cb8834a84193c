/** Registers that live into and out of blocks. */
import type { MachineCode } from './machine.ts';

export function liveOutOfBlocks(code: MachineCode): Map<number, Set<number>> {
  const generate = new Map<number, Set<number>>();
  const kill = new Map<number, Set<number>>();
  for (const b of code.blocks) {
    const g = new Set<number>();
    const k = new Set<number>();
    for (const m of b.code) {
      for (const u of m.uses) if (!k.has(u)) g.add(u);
      for (const d of m.defs) k.add(d);
    }
    generate.set(b.id, g);
    kill.set(b.id, k);
  }
  const into = new Map<number, Set<number>>(code.blocks.map((b) => [b.id, new Set(generate.get(b.id))]));
  const out = new Map<number, Set<number>>(code.blocks.map((b) => [b.id, new Set()]));
  for (let changed = true; changed;) {
    changed = false;
    for (const b of code.blocks.toReversed()) {
      const o = out.get(b.id)!;
      const i = into.get(b.id)!;
      const before = o.size;
      for (const { to } of b.successors) for (const r of into.get(to)!) o.add(r);
      if (o.size === before && before > 0) continue;
      for (const r of o)
        if (!kill.get(b.id)!.has(r) && !i.has(r)) {
          i.add(r);
          changed = true;
        }
    }
  }
  return out;
}

export function liveIntoBlocks(
  code: MachineCode,
  out: ReadonlyMap<number, ReadonlySet<number>>,
): Map<number, Set<number>> {
  return new Map(
    code.blocks.map((b) => {
      const live = new Set(out.get(b.id));
      for (let i = b.code.length - 1; i >= 0; i--) {
        for (const d of b.code[i]!.defs) live.delete(d);
        for (const u of b.code[i]!.uses) live.add(u);
      }
      return [b.id, live];
    }),
  );
}
