/**
 * Code for what got no register, and registers for that code: if none is left, what costs least gives way and goes to memory itself or elsewhere (lra-assigns.cc).
 */
import { add, bits, each, has, type Bits } from './bits.ts';
import type { Equivalents } from './equivalents.ts';
import { coloursInAll, fileOf } from './files.ts';
import type { Machine, MachineCode } from '../machine.ts';
import { meetings } from './meetings.ts';
import { again, insertSpills, type Inheritance } from './spill.ts';
import { dropUnreadStores } from './unread-stores.ts';

/** After so many rounds whatever is left shares a register. */
const MOST_ROUNDS = 30;

/** Completes the registers of all names. */
export function reloadSpilled(code: MachineCode, registers: number[], equivalents: Equivalents): void {
  const temporary = new Set<number>();
  const inherited = new Map<number, Inheritance>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const spilled = bits(code.registers);
    let any = false;
    for (const b of code.blocks)
      for (const m of b.code)
        for (const r of [...m.defs, ...m.uses]) {
          if ((registers[r] ?? -1) >= 0 || has(spilled, r)) continue;
          add(spilled, r);
          any = true;
        }
    if (!any) break;
    const made = insertSpills(code, spilled, equivalents);
    for (const t of made.temporary) temporary.add(t);
    for (const i of made.inherited) inherited.set(i.register, i);
    giveRegisters(code, made.temporary, inherited, registers, temporary);
    undoInheritance(code, inherited, registers, equivalents);
  }
  dropUnreadStores(code);
}

function giveRegisters(
  code: MachineCode,
  temporary: readonly number[],
  inherited: ReadonlyMap<number, Inheritance>,
  registers: number[],
  fixed: ReadonlySet<number>,
): void {
  const wanted = bits(code.registers);
  for (const t of temporary) add(wanted, t);
  for (const i of inherited.keys()) add(wanted, i);
  const { rows, frequency } = meetings(code, wanted);
  const links = new Map<number, Inheritance[]>();
  for (const i of inherited.values())
    for (const t of [i.from.uses[0]!, i.to.defs[0]!]) {
      const known = links.get(t);
      if (known) known.push(i);
      else links.set(t, [i]);
    }
  const evicted: number[] = [];
  const beside = besideTemporaries(code, new Set(temporary));
  for (const t of temporary.toSorted((x, y) => frequency[y]! - frequency[x]! || x - y)) {
    const costs = new Float64Array(coloursInAll);
    const near = beside.get(t);
    each(rows.get(t)!, (o) => {
      const r = registers[o] ?? -1;
      if (r >= 0) costs[r]! += fixed.has(o) ? 1e12 : frequency[o]! + (near?.has(o) ? 1e9 : 1e-6);
    });
    const likes = likings(links.get(t) ?? [], rows, registers);
    let best = -1;
    for (const r of fileOf(code, t).order)
      if (best < 0 || costs[r]! < costs[best]! || (costs[r] === costs[best] && likes[r]! > likes[best]!))
        best = r;
    if (costs[best]! > 0 && costs[best]! < 1e12)
      each(rows.get(t)!, (o) => {
        if (registers[o] !== best) return;
        registers[o] = -1;
        if (!inherited.has(o)) evicted.push(o);
      });
    registers[t] = best;
  }
  // Others take what is left: what hands values on, preferably in the register that they are in, and what gave way.
  const firstFree = (row: Bits, order: readonly number[]): number => {
    const taken = new Uint8Array(coloursInAll);
    each(row, (o) => {
      const r = registers[o] ?? -1;
      if (r >= 0) taken[r] = 1;
    });
    return order.find((r) => r >= 0 && taken[r] === 0) ?? -1;
  };
  for (const [register, { from, to }] of inherited) {
    if ((registers[register] ?? -1) >= 0 || !rows.has(register)) continue;
    const near = [registers[from.uses[0]!] ?? -1, registers[to.defs[0]!] ?? -1];
    registers[register] = firstFree(rows.get(register)!, [...near, ...fileOf(code, register).order]);
  }
  if (evicted.length === 0) return;
  const displaced = bits(code.registers);
  for (const o of evicted) add(displaced, o);
  const others = meetings(code, displaced);
  for (const o of evicted.toSorted((x, y) => frequency[y]! - frequency[x]! || x - y))
    registers[o] = firstFree(others.rows.get(o)!, fileOf(code, o).order);
}

/** What the instructions that a temporary is for name beside it: to take the register of one of those would only ask for another temporary. */
function besideTemporaries(
  code: MachineCode,
  temporary: ReadonlySet<number>,
): Map<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>();
  for (const b of code.blocks)
    for (const m of b.code) {
      const all = [...m.defs, ...m.uses];
      for (const t of all) {
        if (!temporary.has(t)) continue;
        const known = found.get(t);
        if (known) for (const o of all) known.add(o);
        else found.set(t, new Set(all));
      }
    }
  return found;
}

/** How many moves each register would save a mention of a value: by those that hand the value on and have it, or may still get it. */
function likings(
  links: readonly Inheritance[],
  rows: ReadonlyMap<number, Bits>,
  registers: readonly number[],
): Float64Array {
  const likes = new Float64Array(coloursInAll);
  for (const { register, from, to } of links) {
    const own = registers[register] ?? -1;
    if (own >= 0) {
      likes[own]! += 2;
      continue;
    }
    const row = rows.get(register);
    if (!row) continue;
    const taken = new Uint8Array(coloursInAll);
    each(row, (o) => {
      const r = registers[o] ?? -1;
      if (r >= 0) taken[r] = 1;
    });
    for (let r = 0; r < coloursInAll; r++) if (taken[r] === 0) likes[r]! += 1;
    // The other mention may have its register already.
    for (const t of [from.uses[0]!, to.defs[0]!]) {
      const r = registers[t] ?? -1;
      if (r >= 0 && taken[r] === 0) likes[r]! += 1;
    }
  }
  return likes;
}

/** Where no register was left to hand a value on, it is loaded. */
function undoInheritance(
  code: MachineCode,
  inherited: Map<number, Inheritance>,
  registers: readonly number[],
  equivalents: Equivalents,
): void {
  const gone = new Set<Machine>();
  const loads = new Map<Machine, Machine>();
  for (const [register, { value, from, to }] of inherited) {
    if ((registers[register] ?? -1) >= 0) continue;
    gone.add(from);
    loads.set(to, again(code, value, to.defs[0]!, to.origin, equivalents));
    inherited.delete(register);
  }
  if (gone.size === 0) return;
  for (const b of code.blocks) b.code = b.code.filter((m) => !gone.has(m)).map((m) => loads.get(m) ?? m);
}
