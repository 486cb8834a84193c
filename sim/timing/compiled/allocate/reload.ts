/** Code for what got no register, and registers for that code, until nothing is left without (lra.cc). */
import { dropDeadMoves } from './dead-moves.ts';
import type { Equivalents } from './equivalents.ts';
import { giveRegisters } from './give-registers.ts';
import { inherit, takeBack } from './inheritance.ts';
import type { Machine, MachineCode } from '../machine.ts';
import { keep, reload } from './spill.ts';
import { extendsMemory, insertTemporaries, readsLoaded } from './temporaries.ts';
import { dropUnreadStores } from './unread-stores.ts';

/** After so many rounds whatever is left shares a register. */
const mostRounds = 30;
/** Values are handed on in the first ones (LRA_MAX_INHERITANCE_PASSES). */
const roundsOfInheritance = 2;

/** Completes the registers of all names. `lowMoves`: moves from and to memory want low registers. */
export function reloadSpilled(
  code: MachineCode,
  registers: number[],
  equivalents: Equivalents,
  lowMoves = false,
): void {
  const first = code.registers;
  const fixed = new Set<number>(code.arrivals.keys());
  const low = new Set<number>();
  const values = new Map<number, number>();
  const constant = (r: number): boolean => equivalents.constant(r);
  for (let round = 0; round < mostRounds; round++) {
    if (round === 0 && !anyInMemory(code, registers)) return;
    const made = insertTemporaries(code, registers, equivalents, { first: round === 0, lowMoves });
    if (round > 0 && made.made.length === 0) break;
    for (const t of made.made) {
      fixed.add(t);
      if (lowMoves && !code.floats.has(t) && !made.anywhere.has(t)) low.add(t);
    }
    for (const [t, value] of made.values) values.set(t, value);
    const handing =
      round < roundsOfInheritance
        ? inherit(code, registers, first, constant, low)
        : new Map<number, number>();
    for (const [r, value] of handing) values.set(r, value);
    if (handing.size > 0) dropDeadMoves(code);
    giveRegisters(
      code,
      registers,
      { temporaries: made.made, handing, fixed, values, low, first },
      equivalents,
    );
    const served = made.made.some((t) => (registers[t] ?? -1) >= 0);
    takeBack(code, new Map([...handing].filter(([r]) => (registers[r] ?? -1) < 0)));
    // Registers for what got none would get none either, and be twice as many each round.
    if (round >= roundsOfInheritance && !served) break;
  }
  writeMoves(code, registers, equivalents);
  dropUnreadStores(code);
  readStored(code, registers);
}

const anyInMemory = (code: MachineCode, registers: readonly number[]): boolean => {
  const inMemory = (r: number): boolean => (registers[r] ?? -1) < 0;
  return code.blocks.some((b) => b.code.some((m) => m.defs.some(inMemory) || m.uses.some(inMemory)));
};

/** Moves from and to memory are loads and stores. */
function writeMoves(code: MachineCode, registers: readonly number[], equivalents: Equivalents): void {
  const inMemory = (r: number): boolean => (registers[r] ?? -1) < 0;
  for (const b of code.blocks)
    b.code = b.code.flatMap((m) => {
      if (extendsMemory(m) && inMemory(m.uses[0]!))
        return [{ ...reload(m.defs[0]!, m.origin, m.uses[0]!), text: extendingLoad(m.text), wide: 1 }];
      if (m.text === readsLoaded) return [];
      if (!m.copy) return [m];
      const [to, from] = [m.defs[0]!, m.uses[0]!];
      if (inMemory(from)) {
        const made = equivalents.constant(from) && equivalents.other(from);
        return [
          made ? { ...made, defs: [to], origin: m.origin } : reload(to, m.origin, from, code.floats.has(to)),
        ];
      }
      if (inMemory(to))
        return equivalents.constant(to) ? [] : [keep(from, m.origin, to, code.floats.has(from))];
      return [m];
    });
}

const extendingLoad = (text: string): string => `ldr${text[3]}${text[0] === 's' ? ' signed' : ''} [sp]`;

/** The volatile asm behind a load reads what was loaded, so it comes after the moves and the store that hand it on. */
function readStored(code: MachineCode, registers: readonly number[]): void {
  for (const b of code.blocks)
    b.code.forEach((m, i) => {
      if (!m.barrier || m.kind !== 'load') return;
      const holders = new Set(m.defs);
      let last = m;
      for (let at = i + 1; at < b.code.length; at++) {
        const next: Machine = b.code[at]!;
        const stores = next.slot >= 0 && next.kind === 'store';
        if (!(next.copy || stores) || !holders.has(next.uses[0]!)) break;
        if (next.copy) holders.add(next.defs[0]!);
        if (stores || registers[next.defs[0]!] !== registers[next.uses[0]!]) last = next;
      }
      if (last === m) return;
      m.barrier = false;
      last.barrier = true;
    });
}
