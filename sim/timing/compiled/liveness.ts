/** Values that live into and out of blocks. */
import { add, addAll, bits, has, type Bits } from './allocate/bits.ts';
import type { MachineCode } from './machine.ts';

export interface Liveness {
  into: ReadonlyMap<number, Bits>;
  out: ReadonlyMap<number, Bits>;
}

export function liveness(code: MachineCode): Liveness {
  const n = code.registers;
  const into = new Map<number, Bits>();
  const out = new Map<number, Bits>();
  const kill = new Map<number, Bits>();
  for (const b of code.blocks) {
    const used = bits(n);
    const defined = bits(n);
    for (const m of b.code) {
      for (const u of m.uses) if (!has(defined, u)) add(used, u);
      for (const d of m.defs) add(defined, d);
    }
    into.set(b.id, used);
    kill.set(b.id, defined);
    out.set(b.id, bits(n));
  }
  const backwards = code.blocks.toReversed();
  for (let changed = true; changed;) {
    changed = false;
    for (const b of backwards) {
      const o = out.get(b.id)!;
      let grew = false;
      for (const { to } of b.successors) grew = addAll(o, into.get(to)!) || grew;
      if (!grew) continue;
      const i = into.get(b.id)!;
      const k = kill.get(b.id)!;
      for (let w = 0; w < i.length; w++) {
        const more = o[w]! & ~k[w]! & ~i[w]!;
        if (more === 0) continue;
        i[w]! |= more;
        changed = true;
      }
    }
  }
  return { into, out };
}
