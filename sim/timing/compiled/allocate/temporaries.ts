/** Registers for single instructions whose values live in memory, and moves between them and these values (lra-constraints.cc, curr_insn_transform). */
import type { Equivalents } from './equivalents.ts';
import { isLow } from './low-registers.ts';
import { instruction, move, type Machine, type MachineCode } from '../machine.ts';
import { renameIn } from './names.ts';

export interface Temporaries {
  /** Registers for one instruction each. */
  made: number[];
  /** What of them is loaded for an instruction holds what the value holds. */
  values: Map<number, number>;
  /** Take what an instruction makes anywhere, to be moved on to where memory is written from. */
  anywhere: Set<number>;
}

/** Bytes and halfwords are extended where they stand in memory. */
export const extendsMemory = (m: Machine): boolean =>
  m.kind === 'extend' && m.uses.length === 1 && !m.conditional && /^[su]xt[bh]/.test(m.text);

/** The volatile asm behind a load of linear memory, which wants what was loaded in a register. It is no code. */
export const readsLoaded = 'asm';

/** Words from memory: `unaligned_loadsi` and the pattern for moves have low registers first. */
const loadsWord = (m: Machine): boolean =>
  m.kind === 'load' && m.words === 1 && /^ldr($| (?!signed))/.test(m.text);

/** What has an encoding of 16 bits for low registers that need not be the same (*arm_shiftsi3, *arm_addsi3, *arm_subsi3_insn, *arm_negsi2, *arm_one_cmplsi2): a constant from 0 to 7 is added, others are not. */
const isShort = (m: Machine): boolean =>
  (m.kind === 'alu' || m.kind === 'shift') &&
  !m.shifted &&
  !m.setsFlags &&
  !m.readsFlags &&
  !m.conditional &&
  /^((add|sub) reg|add #[0-7]|(shl|shr_s|shr_u|lsl|lsr|asr) #\d*|rsb #0|mvn)$/.test(m.text);

/** A move from or to memory needs none, unless both sides are memory. `first`: nothing has moved yet, so what is read from memory can be read there again. `lowMoves`: memory is written from low registers, which only what is loaded as a word goes to at once. */
export function insertTemporaries(
  code: MachineCode,
  registers: readonly number[],
  equivalents: Equivalents | null,
  { first, lowMoves }: { first: boolean; lowMoves: boolean },
): Temporaries {
  const result: Temporaries = { made: [], values: new Map(), anywhere: new Set() };
  const gone = (r: number) => (registers[r] ?? -1) < 0 && r < before;
  const before = code.registers;
  const low = (r: number): boolean => gone(r) || (registers[r] !== undefined && isLow(registers[r]));
  const pairs = new Set([...code.pairs].flat());
  const fresh = (r: number): number => {
    const file = code.floats.get(r);
    if (file) code.floats.set(code.registers, file);
    result.made.push(code.registers);
    return code.registers++;
  };
  /** The load of a value that can be read again in place of its copy in memory. */
  const rereads = (r: number): Machine | null => {
    if (!first || equivalents?.constant(r)) return null;
    const load = equivalents?.other(r);
    return load && !load.address.some(gone) ? load : null;
  };
  const needless = (d: number): boolean => gone(d) && (equivalents?.constant(d) || rereads(d) !== null);
  for (const b of code.blocks) {
    if (!b.code.some((m) => m.defs.some(gone) || m.uses.some(gone))) continue;
    const out: Machine[] = [];
    for (const m of b.code) {
      const d = m.defs[0];
      if (m.copy && d === m.uses[0]) continue;
      if (d !== undefined && m.defs.length === 1 && needless(d)) continue;
      if (m.copy) {
        const [to, from] = [d!, m.uses[0]!];
        const load = gone(from) ? rereads(from) : null;
        if (load && !gone(to)) out.push({ ...load, defs: [to], origin: m.origin });
        else if (gone(to) && gone(from)) {
          const t = fresh(from);
          if (load) out.push({ ...load, defs: [t], origin: m.origin });
          else {
            result.values.set(t, from);
            out.push(move(t, from, m.origin));
          }
          out.push(move(to, t, m.origin));
        } else out.push(m);
        continue;
      }
      const replace = new Map<number, number>();
      for (const u of new Set(m.uses)) {
        if (!gone(u) || extendsMemory(m)) continue;
        const t = fresh(u);
        replace.set(u, t);
        const load = rereads(u);
        if (load) out.push({ ...load, defs: [t], origin: m.origin });
        else {
          if (!m.defs.includes(u)) result.values.set(t, u);
          out.push(move(t, u, m.origin));
        }
      }
      const stores: Machine[] = [];
      for (const r of new Set(m.defs)) {
        if (!gone(r)) continue;
        const kept = replace.get(r);
        const t = kept ?? fresh(r);
        replace.set(r, t);
        if (
          lowMoves &&
          kept === undefined &&
          !code.floats.has(r) &&
          !loadsWord(m) &&
          !(isShort(m) && m.uses.every(low))
        ) {
          result.anywhere.add(t);
          const low = fresh(r);
          stores.push(move(low, t, m.origin), move(r, low, m.origin));
        } else stores.push(move(r, t, m.origin));
      }
      // In memory, a word alone is stored.
      if (m.keeps.some(gone)) m.keeps = [];
      if (replace.size > 0) renameIn(m, (r) => replace.get(r) ?? r);
      out.push(m, ...stores);
      if (m.barrier && m.kind === 'load' && gone(d!) && !pairs.has(d!)) {
        const t = fresh(d!);
        result.values.set(t, d!);
        out.push(move(t, d!, m.origin), instruction('alu', readsLoaded, m.origin, { uses: [t] }));
      }
    }
    b.code = out;
  }
  return result;
}
