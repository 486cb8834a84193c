/** Code for values that live on the stack. */
import { has, type Bits } from './bits.ts';
import type { Equivalents } from './equivalents.ts';
import { instruction, type Machine, type MachineCode } from '../machine.ts';
import { renameIn } from './names.ts';

/** A register that hands a spilled value from one mention in a block to the next (inheritance, lra-constraints.cc): taken if one is left, undone if not. */
export interface Inheritance {
  register: number;
  value: number;
  /** The copies into it and out of it. */
  from: Machine;
  to: Machine;
}

export interface Spills {
  /** Registers for one instruction each. */
  temporary: number[];
  inherited: Inheritance[];
}

/** Keeps values on the stack: a load before a use, a store after a definition; constants are made again. */
export function insertSpills(code: MachineCode, spilled: Bits, equivalents: Equivalents | null): Spills {
  const spills: Spills = { temporary: [], inherited: [] };
  const size = spilled.length * 32;
  const gone = (r: number) => r < size && has(spilled, r);
  /** A register of the same file. */
  const another = (r: number): number => {
    const file = code.floats.get(r);
    if (file) code.floats.set(code.registers, file);
    return code.registers++;
  };
  const fresh = (r: number): number => {
    const t = another(r);
    spills.temporary.push(t);
    return t;
  };
  for (const b of code.blocks) {
    if (!b.code.some((m) => m.defs.some(gone) || m.uses.some(gone))) continue;
    const out: Machine[] = [];
    /** The last mention of each value: the register it was in, and behind which instruction of the result. */
    const last = new Map<number, { register: number; behind: Machine }>();
    const handedOn = new Map<Machine, Machine[]>();
    const inRegisters = (m: Machine): Map<number, number> => {
      const replace = new Map<number, number>();
      for (const u of new Set(m.uses)) {
        if (!gone(u)) continue;
        const t = fresh(u);
        replace.set(u, t);
        const before = last.get(u);
        if (before) {
          const register = another(u);
          const copy = { kind: 'move', text: 'mov' } as const;
          const from = instruction(copy.kind, copy.text, m.origin, {
            defs: [register],
            uses: [before.register],
            copy: true,
            wide: 0,
          });
          const to = instruction(copy.kind, copy.text, m.origin, {
            defs: [t],
            uses: [register],
            copy: true,
            wide: 0,
          });
          handedOn.set(before.behind, [...(handedOn.get(before.behind) ?? []), from]);
          out.push(to);
          spills.inherited.push({ register, value: u, from, to });
        } else out.push(fetch(u, t, m.origin));
      }
      return replace;
    };
    const fetch = (value: number, to: number, origin: Machine['origin']): Machine => {
      const load = again(code, value, to, origin, equivalents);
      const address = inRegisters(load);
      renameIn(load, (r) => address.get(r) ?? r);
      return load;
    };
    for (const m of b.code) {
      if (m.copy && m.defs[0] === m.uses[0]) continue;
      const d = m.defs[0];
      if (d !== undefined && gone(d) && equivalents?.other(d)) continue;
      const replace = inRegisters(m);
      const stores: Machine[] = [];
      for (const r of new Set(m.defs)) {
        if (!gone(r)) continue;
        const t = replace.get(r) ?? fresh(r);
        replace.set(r, t);
        stores.push(keep(t, m.origin, r, code.floats.has(t)));
      }
      renameIn(m, (r) => replace.get(r) ?? r);
      out.push(m, ...stores);
      if (m.kind === 'call' || m.kind === 'library') last.clear();
      for (const [value, register] of replace) last.set(value, { register, behind: stores.at(-1) ?? m });
      // The volatile asm reads what was loaded, so it comes after the store.
      if (m.barrier && stores.length > 0) {
        m.barrier = false;
        stores.at(-1)!.barrier = true;
      }
    }
    b.code = out.flatMap((m) => [m, ...(handedOn.get(m) ?? [])]);
  }
  return spills;
}

/** Makes or loads a value that lives in memory. */
export function again(
  code: MachineCode,
  value: number,
  to: number,
  origin: Machine['origin'],
  equivalents: Equivalents | null,
): Machine {
  const other = equivalents?.other(value);
  return other ? { ...other, defs: [to], origin } : reload(to, origin, value, code.floats.has(to));
}

export const reload = (to: number, origin: Machine['origin'], slot: number, float = false): Machine =>
  instruction('load', float ? 'vldr [sp]' : 'ldr [sp]', origin, { defs: [to], wide: float ? 1 : 0.5, slot });

export const keep = (from: number, origin: Machine['origin'], slot: number, float = false): Machine =>
  instruction('store', float ? 'vstr [sp]' : 'str [sp]', origin, {
    uses: [from],
    wide: float ? 1 : 0.5,
    slot,
  });
