/**
 * Registers for what loads and hands on values in memory: the cheapest that is free, or that of what costs least, all considered that a register set free would serve (lra-assigns.cc). What
 * had to give way, and what had no register before, may have what is left in the end.
 */
import { add, bits, each } from './bits.ts';
import type { Equivalents } from './equivalents.ts';
import { fileOf, firstSavedOf, lowFile, type RegisterFile } from './files.ts';
import type { MachineCode } from '../machine.ts';
import { meetings, type Meetings } from './meetings.ts';
import { following } from './pairs.ts';
import { frequenciesOf } from './regions.ts';

/** No more are considered that a register could serve, too (lra-max-considered-reload-pseudos). */
const mostConsidered = 500;
/** Moves are followed over so many names. */
const mostHops = 5;

interface Copy {
  other: number;
  frequency: number;
}

interface Wish {
  register: number;
  profit: number;
}

export interface Wanted {
  /** Must have a register. */
  temporaries: readonly number[];
  /** Hand on values, if they get one; and which. */
  handing: ReadonlyMap<number, number>;
  /** All that ever were temporaries: they keep their registers. */
  fixed: ReadonlySet<number>;
  /** The value that each new name holds. */
  values: ReadonlyMap<number, number>;
  /** New names that want low registers. */
  low: ReadonlySet<number>;
  /** Where new names begin. */
  first: number;
}

/** Decides on registers; what had to give way has none any more. */
export function giveRegisters(
  code: MachineCode,
  registers: number[],
  wanted: Wanted,
  equivalents: Equivalents,
): void {
  new Giving(code, registers, wanted, equivalents).run();
}

class Giving {
  private readonly code: MachineCode;
  private readonly registers: number[];
  private readonly wanted: Wanted;
  private readonly equivalents: Equivalents;
  private readonly facts: Meetings;
  private readonly files: (RegisterFile | undefined)[] = [];
  private readonly neighbours = new Map<number, number[]>();
  /** New names beside each other one. */
  private readonly beside = new Map<number, number[]>();
  private readonly copies = new Map<number, Copy[]>();
  private readonly wishes = new Map<number, Wish[]>();
  private readonly used = new Set<number>();
  /** The other word of values of two. */
  private readonly partner: ReadonlyMap<number, number>;
  private companions: Map<number, Set<number>> | null = null;
  private readonly saving: number;

  constructor(code: MachineCode, registers: number[], wanted: Wanted, equivalents: Equivalents) {
    this.code = code;
    this.registers = registers;
    this.wanted = wanted;
    this.equivalents = equivalents;
    this.partner = new Map(
      [...code.pairs].flatMap(
        ([low, high]) =>
          [
            [low, high],
            [high, low],
          ] as const,
      ),
    );
    const names = bits(code.registers);
    for (const t of wanted.temporaries) add(names, t);
    for (const r of wanted.handing.keys()) add(names, r);
    this.facts = meetings(code, names);
    for (const [name, row] of this.facts.rows) this.setNeighbours(name, row);
    for (const [name, others] of this.neighbours)
      for (const o of others) {
        const known = this.beside.get(o);
        if (known) known.push(name);
        else this.beside.set(o, [name]);
      }
    this.saving = 2 * (code.blocks.find((b) => b.id === code.entry)?.frequency ?? 1) + 1;
    for (const b of code.blocks)
      for (const m of b.code) {
        for (const r of m.defs) this.use(r);
        for (const r of m.uses) this.use(r);
      }
  }

  run(): void {
    const open = [...this.facts.rows.keys()].filter((r) => this.at(r) < 0);
    this.findCopies();
    for (const name of this.sort(open)) {
      if (this.at(name) >= 0) continue;
      let register = this.find(name).register;
      if (register < 0 && !this.wanted.handing.has(name)) register = this.makeRoom(name);
      if (register >= 0) this.assign(name, register);
    }
    this.improve();
    this.giveAgain();
  }

  private at(name: number): number {
    return this.registers[name] ?? -1;
  }

  private use(name: number): void {
    const register = this.at(name);
    if (register >= 0) this.used.add(register);
  }

  private fileFor(name: number): RegisterFile {
    return (this.files[name] ??= this.wanted.low.has(name) ? lowFile : fileOf(this.code, name));
  }

  private setNeighbours(name: number, row: Uint32Array): void {
    const value = this.wanted.values.get(name);
    const found: number[] = [];
    // What holds the same value may share a register.
    each(row, (o) => {
      if (value === undefined || (o !== value && this.wanted.values.get(o) !== value)) found.push(o);
    });
    this.neighbours.set(name, found);
  }

  /** Moves between new names, and registers that moves from and to others make attractive. */
  private findCopies(): void {
    for (const b of this.code.blocks.toReversed()) {
      const frequencies = frequenciesOf(b);
      b.code.forEach((m, i) => {
        if (!m.copy) return;
        const [to, from] = [m.defs[0]!, m.uses[0]!];
        const frequency = frequencies[i]!;
        const [a, c] = [to >= this.wanted.first, from >= this.wanted.first];
        if (a && c) {
          this.connect(to, from, frequency);
          this.connect(from, to, frequency);
        } else if (a && this.at(from) >= 0) this.wish(to, this.at(from), frequency);
        else if (c && this.at(to) >= 0) this.wish(from, this.at(to), frequency);
      });
    }
  }

  private connect(name: number, other: number, frequency: number): void {
    const known = this.copies.get(name);
    if (known) known.push({ other, frequency });
    else this.copies.set(name, [{ other, frequency }]);
  }

  /** Two registers at most are remembered, the better one first. */
  private wish(name: number, register: number, profit: number): void {
    let known = this.wishes.get(name);
    if (!known) this.wishes.set(name, (known = []));
    const same = known.find((w) => w.register === register);
    if (same) same.profit += profit;
    else if (known.length < 2) known.push({ register, profit });
    else if (profit > known[1]!.profit) known[1] = { register, profit };
    else return;
    if (known.length === 2 && known[1]!.profit > known[0]!.profit) known.reverse();
  }

  /** Names that moves connect come one after another, those mentioned most first. */
  private sort(open: readonly number[]): number[] {
    const first = new Map(open.map((r) => [r, r]));
    const members = new Map(open.map((r) => [r, [r]]));
    const frequency = new Map(open.map((r) => [r, this.facts.frequency[r]!]));
    for (const one of open)
      for (const { other, frequency: f } of this.copies.get(one) ?? []) {
        if (other < one || !first.has(other)) continue;
        const [x, y] = [first.get(one)!, first.get(other)!];
        if (x !== y) {
          for (const r of members.get(y)!) first.set(r, x);
          members.get(x)!.push(...members.get(y)!);
          frequency.set(x, frequency.get(x)! + frequency.get(y)!);
        }
        frequency.set(x, frequency.get(x)! - 2 * f);
      }
    const { length } = this.facts;
    return open.toSorted(
      (x, y) =>
        this.fileFor(x).order.length - this.fileFor(y).order.length ||
        frequency.get(first.get(y)!)! - frequency.get(first.get(x)!)! ||
        first.get(x)! - first.get(y)! ||
        length.get(y)! - length.get(x)! ||
        x - y,
    );
  }

  /** The cheapest register that nothing alive at the same time has, -1 for none. */
  private find(name: number, only = -1): { register: number; cost: number } {
    const file = this.fileFor(name);
    const across = this.facts.acrossCalls.has(name) ? firstSavedOf(file) : 0;
    const taken = new Uint8Array(file.size);
    const costs = new Float64Array(file.size);
    for (const { register, profit } of this.wishes.get(name) ?? []) costs[register - file.first]! -= profit;
    for (const o of this.neighbours.get(name)!) {
      const register = this.at(o);
      if (register >= 0) {
        if (register >= file.first && register < file.first + file.size) taken[register - file.first] = 1;
      } else if (o >= this.wanted.first)
        for (const w of this.wishes.get(o) ?? [])
          if (w.register >= file.first) costs[w.register - file.first]! += w.profit;
    }
    let best = -1;
    let least = Infinity;
    for (const register of file.order) {
      const i = register - file.first;
      if (taken[i] !== 0 || register < across || (only >= 0 && register !== only)) continue;
      if (register >= firstSavedOf(file) && !this.used.has(register)) costs[i]! += this.saving;
      if (costs[i]! >= least) continue;
      least = costs[i]!;
      best = register;
    }
    return { register: best, cost: least - this.facts.frequency[name]! };
  }

  private assign(name: number, register: number): void {
    this.registers[name] = register;
    this.used.add(register);
    const seen = new Set([name]);
    const spread = (from: number, divisor: number): void => {
      if (divisor > 1 << mostHops) return;
      for (const { other, frequency } of this.copies.get(from) ?? []) {
        if (this.at(other) >= 0 || seen.has(other)) continue;
        seen.add(other);
        this.wish(other, register, Math.max(1, Math.trunc(frequency / divisor)));
        spread(other, 2 * divisor);
      }
    };
    spread(name, 1);
  }

  /** Takes a register from others, which go to memory (spill_for). */
  private makeRoom(name: number): number {
    const { registers, wanted, facts } = this;
    const named = this.namedBeside(name);
    const holders = new Map<number, number[]>();
    for (const o of this.neighbours.get(name)!) {
      const register = this.at(o);
      if (register < 0) continue;
      const known = holders.get(register);
      if (known) known.push(o);
      else holders.set(register, [o]);
    }
    const helpless = new Map<number, boolean>();
    const isHelpless = (r: number): boolean => {
      let known = helpless.get(r);
      if (known === undefined) helpless.set(r, (known = this.find(r).register < 0));
      return known;
    };
    let best: { register: number; out: number[]; cost: number; beside: number } | null = null;
    for (const register of this.fileFor(name).order) {
      const out = this.withPartners(holders.get(register) ?? []);
      const had = out.map((o) => this.at(o));
      if (out.some((o) => wanted.fixed.has(o))) continue;
      const beside = out.filter((o) => named.has(o)).length;
      let served = new Set<number>();
      for (const o of out)
        for (const r of this.beside.get(o) ?? []) if (r !== name && this.at(r) < 0) served.add(r);
      if (served.size > mostConsidered) served = new Set();
      const others = this.sort([...served].filter(isHelpless));
      for (const o of out) registers[o] = -1;
      const own = this.find(name);
      let { cost } = own;
      if (own.register >= 0) {
        registers[name] = own.register;
        const served: number[] = [];
        for (const r of others) {
          const found = this.find(r);
          if (found.register < 0) continue;
          registers[r] = found.register;
          served.push(r);
          cost += found.cost;
        }
        for (const o of out) cost += facts.frequency[o]!;
        if (!best || beside < best.beside || (beside === best.beside && cost < best.cost))
          best = { register: own.register, out, cost, beside };
        for (const r of served) registers[r] = -1;
        registers[name] = -1;
      }
      out.forEach((o, i) => (registers[o] = had[i]!));
    }
    if (!best) return -1;
    for (const o of best.out) registers[o] = -1;
    return best.register;
  }

  /** Both words of a value go to memory. */
  private withPartners(names: readonly number[]): number[] {
    const found = new Set(names);
    for (const r of names) {
      const other = this.partner.get(r);
      if (other !== undefined && this.at(other) >= 0) found.add(other);
    }
    return [...found];
  }

  /** What the instructions that name one name beside it. */
  private namedBeside(name: number): ReadonlySet<number> {
    if (!this.companions) {
      this.companions = new Map();
      for (const b of this.code.blocks)
        for (const m of b.code) {
          const all = [...m.defs, ...m.uses];
          for (const r of all) {
            if (r < this.wanted.first) continue;
            const known = this.companions.get(r);
            if (known) for (const o of all) known.add(o);
            else this.companions.set(r, new Set(all));
          }
        }
    }
    return this.companions.get(name)!;
  }

  /** What a name that hands on is connected with takes its register, if it can (improve_inheritance). */
  private improve(): void {
    const { frequency } = this.facts;
    const handing = [...this.wanted.handing.keys()].filter((r) => this.at(r) >= 0);
    for (const name of handing.sort((x, y) => frequency[y]! - frequency[x]! || x - y))
      for (const { other } of this.copies.get(name) ?? []) {
        const [own, register] = [this.at(name), this.at(other)];
        if (!this.wanted.handing.has(other) || register < 0 || register === own) continue;
        this.registers[other] = -1;
        this.registers[other] = this.find(other, own).register >= 0 ? own : register;
      }
  }

  /** Values in memory and what hands on may have what is left now. */
  private giveAgain(): void {
    const { wanted, registers, code } = this;
    const never = new Set<number>();
    for (const [r, value] of wanted.handing) if (this.at(r) < 0) never.add(value);
    const open = new Set([...wanted.handing.keys()].filter((r) => this.at(r) < 0));
    for (const b of code.blocks)
      for (const m of b.code)
        for (const all of [m.defs, m.uses])
          for (const r of all)
            if (r < wanted.first && this.at(r) < 0 && !never.has(r) && !this.equivalents.constant(r))
              open.add(r);
    for (const r of [...open]) {
      const other = this.partner.get(r);
      if (other === undefined) continue;
      if (never.has(other)) open.delete(r);
      else open.add(other);
    }
    if (open.size === 0) return;
    const names = bits(code.registers);
    for (const r of open) add(names, r);
    const { rows, frequency, acrossCalls } = meetings(code, names);
    for (const r of open) {
      if (acrossCalls.has(r)) this.facts.acrossCalls.add(r);
      this.setNeighbours(r, rows.get(r)!);
    }
    const often = (r: number): number => frequency[r]! + (frequency[this.partner.get(r) ?? -1] ?? 0);
    for (const r of [...open].sort((x, y) => often(y) - often(x) || x - y)) {
      const high = code.pairs.get(r);
      if (high !== undefined) this.givePair(r, high);
      if (this.partner.has(r)) continue;
      const { register } = this.find(r);
      if (register >= 0) {
        registers[r] = register;
        this.used.add(register);
      }
    }
  }

  private givePair(low: number, high: number): void {
    for (const r of this.fileFor(low).order) {
      const next = following[r]!;
      if (next < 0 || this.find(low, r).register < 0 || this.find(high, next).register < 0) continue;
      this.registers[low] = r;
      this.registers[high] = next;
      this.used.add(r).add(next);
      return;
    }
  }
}
