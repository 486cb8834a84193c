/**
 * What the allocator gives registers to: a value in a region, with what it costs there to keep it in memory and with what it is alive together. Costs and conflicts of a region count in the
 * one around it too (ira-build.cc, ira-lives.cc, ira-conflicts.cc).
 */
import { findBadSpills } from './bad-spills.ts';
import { add, addAll, bits, each, has, remove, type Bits } from './bits.ts';
import { Copies, type Copy } from './copies.ts';
import type { Equivalents } from './equivalents.ts';
import { Excess } from './excess.ts';
import { costOfHalves, inHalves } from './halves.ts';
import { highRegisters, wantsLow } from './low-registers.ts';
import type { Machine, MachineCode } from '../machine.ts';
import { losesPair } from './pairs.ts';
import { findPoints } from './points.ts';
import { crossings, frequenciesOf, walk, type Region, type RegionTree } from './regions.ts';
import { feedsProduct, wholes } from './whole-instructions.ts';
import { firstSaved, memoryCost, moveCost, registersInAll } from './registers.ts';

export class Allocno {
  readonly number: number;
  readonly value: number;
  readonly region: Region;
  /** Stands for a value that lives in regions inside alone (a cap). */
  cap = false;
  /** What a cap stands for, one region further in; and the same value one region further out. */
  member: Allocno | null = null;
  outer: Allocno | null = null;
  /** The upper word of a value of two, which adds what that is alive together with; and what it is the upper word of. */
  second: Allocno | null = null;
  first: Allocno | null = null;
  mentions = 0;
  /** Frequency of all mentions. */
  frequency = 0;
  /** What it is moved from or to and how often: the register of an argument or of the result. */
  wants: { register: number; frequency: number } | null = null;
  /** Stands for a register of the core's own. */
  fixed = false;
  /** Cost of keeping it in memory. */
  memory = 0;
  /** Frequency of the calls that it lives across. */
  calls = 0;
  /** What r8 to r12 and lr cost more than the low registers; and whether it is given none of them. */
  high = 0;
  lowOnly = false;
  /** Places at which it is alive and more values are than there are registers. */
  excess = 0;
  /** Where it ends, counted from the end of the code. */
  point = Infinity;
  /** To keep it in memory helps nobody. */
  bad = false;
  /** What it is alive together with in its region, by value. */
  readonly conflicts: Bits;
  readonly copies: Copy[] = [];
  assigned = false;
  /** Register, -1 for memory. */
  register = -1;
  updatedMemory = 0;
  /** What the best register costs where none differ by themselves, which regions around may have made attractive (ALLOCNO_UPDATED_CLASS_COST). */
  classCost = 0;
  /** Costs of single registers where they differ: by themselves, with what copies and regions around want, and what others are to reckon with. */
  costs: Int32Array | null = null;
  updated: Int32Array | null = null;
  conflictCosts: Int32Array | null = null;
  /** How often it passes the borders of its region, and whether it does at all. */
  entering = 0;
  leaving = 0;
  border = false;

  constructor(number: number, value: number, region: Region, values: number) {
    this.number = number;
    this.value = value;
    this.region = region;
    this.conflicts = bits(values);
  }

  /** All that is one value with it. */
  get whole(): Allocno {
    return this.first ?? this;
  }

  /** Whether any of its words is alive together with one of the other's. */
  meets(o: Allocno): boolean {
    for (const x of [this, this.second])
      for (const y of [o, o.second]) if (x && y && has(x.conflicts, y.value)) return true;
    return false;
  }
}

export interface Allocnos {
  all: Allocno[];
  /** By region and value. */
  of: (region: Region, value: number) => Allocno | undefined;
  inRegion: readonly (readonly Allocno[])[];
}

export function buildAllocnos(
  code: MachineCode,
  tree: RegionTree,
  equivalents: Equivalents,
  literalPool = false,
): Allocnos {
  const n = code.registers;
  const maps: (Allocno | undefined)[][] = tree.all.map(() => []);
  const lists: Allocno[][] = tree.all.map(() => []);
  const all: Allocno[] = [];
  const lowOf = new Map([...code.pairs].map(([low, high]) => [high, low]));
  const make = (region: Region, value: number, cap = false): Allocno => {
    const known = maps[region.index]![value];
    if (known) return known.whole;
    const low = lowOf.get(value);
    if (low !== undefined) return make(region, low, cap);
    const a = new Allocno(all.length, value, region, n);
    a.cap = cap;
    all.push(a);
    lists[region.index]!.push(a);
    maps[region.index]![value] = a;
    const high = code.pairs.get(value);
    if (high !== undefined) {
      a.second = new Allocno(a.number, high, region, n);
      a.second.first = a;
      maps[region.index]![high] = a.second;
    }
    return a;
  };
  for (const region of tree.all) {
    for (const { from, to } of region.entries)
      each(tree.live.into.get(to)!, (v) => {
        if (has(tree.live.out.get(from)!, v)) {
          make(region, v).border = true;
          make(region.parent!, v);
        }
      });
    for (const b of region.blocks.toReversed()) {
      for (const m of b.code.toReversed()) {
        for (const d of m.defs) if (!has(tree.floats, d)) make(region, d);
        for (const u of lastFirst(m)) if (!has(tree.floats, u)) make(region, u);
      }
      each(tree.live.into.get(b.id)!, (v) => void make(region, v));
    }
    for (const { from, to } of region.exits)
      each(tree.live.into.get(to)!, (v) => {
        if (has(tree.live.out.get(from)!, v)) {
          make(region, v).border = true;
          make(region.parent!, v);
        }
      });
  }
  const of = (region: Region, value: number): Allocno | undefined => maps[region.index]![value];
  const excess = new Excess(n, tree.floats, literalPool);
  // The upper words of two values want nothing else than the lower ones do (process_regs_for_copy).
  const copies = new Copies((region, value) =>
    lowOf.has(value) || code.arrivals.has(value) ? undefined : of(region, value),
  );
  for (const region of tree.all) {
    ownFacts(region, tree, maps[region.index]!, equivalents, copies, excess, literalPool, code.arrivals);
    findBadSpills(region, tree, maps[region.index]!);
    const ways = region.parent ? [...new Set(region.entries.map(({ to }) => to))] : [code.entry];
    for (const to of ways) meetAtEntry(tree.live.into.get(to)!, maps[region.index]!);
  }
  findPoints(tree, maps);
  for (const a of all) a.memory = Math.max(0, a.memory - equivalents.discount(a));
  keepLow(all);
  // Caps are made for all that regions hold, then for these caps, and so on: their numbers break ties.
  for (const a of all) if (a.region.parent) make(a.region.parent, a.value, true);
  for (const region of tree.all.toReversed()) {
    if (!region.parent) continue;
    for (const a of lists[region.index]!) {
      a.entering = crossings(region.entries, tree.live, a.value);
      a.leaving = crossings(region.exits, tree.live, a.value);
      if (!a.second) continue;
      a.entering = Math.max(a.entering, crossings(region.entries, tree.live, a.second.value));
      a.leaving = Math.max(a.leaving, crossings(region.exits, tree.live, a.second.value));
    }
    for (const a of lists[region.index]!) {
      const outer = make(region.parent, a.value, true);
      if (outer.cap) outer.member ??= a;
      a.outer = outer;
      passUp(a, outer, equivalents);
    }
  }
  copies.passUp();
  for (const [value, register] of code.arrivals) {
    const a = of(tree.root, value);
    if (a) Object.assign(a, { fixed: true, assigned: true, register });
  }
  for (const a of all) {
    a.updatedMemory = a.memory;
    if (a.wants && !a.second) wantRegister(a, a.wants);
    if (a.calls > 0 || a.high > 0) {
      // Registers that calls change would be saved around each of them.
      a.costs ??= new Int32Array(registersInAll);
      for (let r = 0; r < firstSaved; r++) a.costs[r]! += 2 * memoryCost * a.calls;
      if (a.second)
        for (let r = firstSaved; r < registersInAll; r++)
          if (losesPair(r)) a.costs[r] = 2 * memoryCost * a.calls;
      for (const r of highRegisters) a.costs[r]! += a.high;
    }
  }
  return { all, of, inRegion: lists };
}

/** What a function returns wants r0, to which it would be moved, what comes as an argument the register in which it does, and others are to leave it that (process_bb_node_for_hard_reg_moves). */
function wantRegister(a: Allocno, { register, frequency }: { register: number; frequency: number }): void {
  const move = moveCost * frequency;
  a.costs = new Int32Array(registersInAll).fill(move);
  a.costs[register] = -move;
  a.conflictCosts = new Int32Array(registersInAll);
  a.conflictCosts[register] = -2 * move;
}

/** A value that is as well off in memory as in a high register is given no high one: that is in no class that pays (find_costs_and_classes). */
function keepLow(all: readonly Allocno[]): void {
  const gain: number[] = [];
  for (const { value, high, memory } of all) gain[value] = (gain[value] ?? 0) + memory - high;
  const high = new Set(all.filter((a) => a.high > 0).map((a) => a.value));
  for (const a of all) a.lowOnly = high.has(a.value) && gain[a.value]! <= 0;
}

/** What an instruction reads, operands from the last, of which a shifted one is the first, but the address that it stores to before the value. */
function lastFirst(m: Machine): readonly number[] {
  const read = m.shifted ? m.uses : m.uses.toReversed();
  if (m.kind !== 'store') return read;
  return [...read.filter((u) => m.address.includes(u)), ...read.filter((u) => !m.address.includes(u))];
}

/** Costs, conflicts and copies of a region's own blocks. */
function ownFacts(
  region: Region,
  tree: RegionTree,
  map: readonly (Allocno | undefined)[],
  equivalents: Equivalents,
  copies: Copies,
  excess: Excess,
  literalPool: boolean,
  arrivals: ReadonlyMap<number, number>,
): void {
  // As gcc walks them, from the last; each from its end here.
  for (const b of region.blocks.toReversed()) {
    const frequencies = frequenciesOf(b);
    const behind: Bits[] = [];
    const out = tree.live.out.get(b.id)!;
    const first = wholes(b.code);
    excess.ofBlock(b, out, (v, points) => void (map[v]!.whole.excess += points));
    walk(
      b,
      out,
      (m, at, alive) => {
        const f = frequencies[at]!;
        // The volatile asm behind a load reads what was loaded.
        const twice = m.barrier && m.kind === 'load' ? 2 : 1;
        const halves = inHalves(m, literalPool);
        const low = map[wantsLow(b.code, at, literalPool)]?.whole;
        if (low) low.high += moveCost * f;
        for (const d of m.defs) {
          const a = map[d]?.whole;
          if (!a) continue;
          const again = b.code.slice(first[at], at).some((o) => o.defs.includes(d));
          const times = again ? 0 : d === m.writeback ? 1 : twice;
          a.frequency += times * f;
          a.mentions += times;
          a.memory += (halves ? costOfHalves : times) * memoryCost * f;
          if (halves) {
            a.frequency += f;
            a.mentions++;
          }
          if (feedsProduct(b.code, at)) continue;
          each(alive, (l) => {
            if (l === d) return;
            add(map[d]!.conflicts, l);
            add(map[l]!.conflicts, d);
          });
          for (const e of m.defs) if (e !== d && map[e]) add(map[d]!.conflicts, e);
        }
        for (const u of m.uses) {
          const a = map[u]?.whole;
          if (!a || b.code.slice(first[at], at).some((o) => o.defs.includes(u))) continue;
          a.frequency += f;
          a.mentions++;
          if (m.text === 'return' && u === m.uses[0])
            a.wants = { register: 0, frequency: (a.wants?.frequency ?? 0) + f };
          const arrival = arrivals.get(u);
          const copy = arrival === undefined ? null : map[m.defs[0]!]?.whole;
          if (copy) copy.wants = { register: arrival!, frequency: f };
          if (!(m.conditional && m.defs.includes(u))) a.memory += memoryCost * f;
        }
        if (equivalents.rereads(m))
          for (const u of m.address) if (map[u]) map[u].whole.memory += memoryCost * f;
        if (m.kind === 'call' || m.kind === 'library')
          each(alive, (l) => {
            // Both words are saved at once.
            const a = map[l]!;
            if (!m.defs.includes(l) && !(a.first && has(alive, a.first.value))) a.whole.calls += f;
          });
        behind[at] = alive.slice();
      },
      tree.floats,
    );
    copies.ofBlock(region, b.code, behind, frequencies);
  }
}

/** All that is there when a region begins is there at once, though nothing in it makes it: arguments are, in a function. */
function meetAtEntry(alive: Bits, map: readonly (Allocno | undefined)[]): void {
  each(alive, (v) => {
    addAll(map[v]!.conflicts, alive);
    remove(map[v]!.conflicts, v);
  });
}

/** What a value costs inside counts outside too; where it may live elsewhere inside, no more than the way there. */
function passUp(a: Allocno, outer: Allocno, equivalents: Equivalents): void {
  outer.bad = a.bad && (outer.bad || (outer.cap && outer.member === a));
  outer.frequency += a.frequency;
  outer.memory += a.memory;
  outer.point = Math.min(outer.point, a.point);
  outer.high += a.high;
  outer.lowOnly ||= a.lowOnly;
  outer.mentions += a.mentions;
  // A cap is made when these have been counted.
  if (!outer.cap) outer.excess += a.excess;
  const aside = 2 * memoryCost * a.calls;
  const elsewhere = memoryCost * (a.entering + a.leaving) + a.memory;
  if (equivalents.constant(a.value) || aside <= elsewhere || outer.cap) outer.calls += a.calls;
  addAll(outer.conflicts, a.conflicts);
  if (a.second) addAll(outer.second!.conflicts, a.second.conflicts);
}
