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
  let keeping = false;
  for (const b of code.blocks) {
    const used = bits(n);
    const defined = bits(n);
    const kept = bits(n);
    for (const m of b.code) {
      for (const u of m.uses) if (!has(defined, u)) add(used, u);
      for (const u of m.keeps) if (!has(defined, u)) add(kept, u);
      for (const d of m.defs) add(defined, d);
    }
    keeping = addAll(used, kept) || keeping;
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
  if (keeping) onlyWhatWasMade(code, kill, into, out);
  return { into, out };
}

/** A value that is only ever changed in parts does not live where none of them was made yet. */
function onlyWhatWasMade(
  code: MachineCode,
  made: ReadonlyMap<number, Bits>,
  into: ReadonlyMap<number, Bits>,
  out: ReadonlyMap<number, Bits>,
): void {
  const parts = bits(code.registers);
  for (const b of code.blocks) for (const m of b.code) for (const r of m.keeps) add(parts, r);
  const reached = new Map(code.blocks.map((b) => [b.id, bits(code.registers)]));
  const behind = new Map(code.blocks.map((b) => [b.id, made.get(b.id)!.slice()]));
  for (let changed = true; changed;) {
    changed = false;
    for (const b of code.blocks)
      for (const { to } of b.successors)
        if (addAll(reached.get(to)!, behind.get(b.id)!)) {
          addAll(behind.get(to)!, reached.get(to)!);
          changed = true;
        }
  }
  for (const b of code.blocks)
    for (const [sets, known] of [
      [into, reached],
      [out, behind],
    ] as const) {
      const s = sets.get(b.id)!;
      const limit = known.get(b.id)!;
      for (let w = 0; w < s.length; w++) s[w]! &= limit[w]! | ~parts[w]!;
    }
}
