/**
 * Register allocation: colouring of the interference graph with optimistic spilling (Briggs, Cooper and Torczon 1994);
 * copies whose ends do not interfere share a register, as gcc's out-of-SSA pass joins the parts of a variable. 14 registers: r0 to r12 and lr; values that live across
 * a call only have the 8 that callees save.
 */
import { liveOutOfBlocks } from './liveness.ts';
import { instruction, type Machine, type MachineBlock, type MachineCode } from './machine.ts';

const registersInAll = 14;
const registersAcrossCalls = 8;

export interface Allocation {
  code: MachineCode;
  /** Registers that the function must save. */
  saved: number;
  /** Values kept on the stack. */
  spills: number;
}

export function allocate(code: MachineCode): Allocation {
  // Copies first: parts of one variable are one value to the allocator.
  const first = new Interference(code);
  first.coalesce();
  first.rename();
  let spills = 0;
  const temporary = new Set<number>();
  for (let round = 0; round < 12; round++) {
    const graph = new Interference(code);
    graph.coalesce();
    const { spilled, saved, colours } = graph.colour(temporary);
    if (spilled.length === 0 || round === 11) {
      graph.removeCopies();
      graph.assign(colours);
      return { code, saved, spills };
    }
    spills += spilled.length;
    insertSpills(code, spilled, graph, temporary);
  }
  throw new Error('unreachable');
}

class Interference {
  private readonly code: MachineCode;
  private readonly neighbours: Set<number>[];
  private readonly alias: number[];
  private readonly cost: Float64Array;
  private readonly crossing: Uint8Array;
  private readonly used: Uint8Array;
  /** Program points at which the value is live and more values are than there are registers. */
  private readonly excess: Float64Array;
  private readonly remakes = new Map<number, Machine | null>();

  constructor(code: MachineCode) {
    this.code = code;
    const n = code.registers;
    this.neighbours = Array.from({ length: n }, () => new Set());
    this.alias = Array.from({ length: n }, (_, i) => i);
    this.cost = new Float64Array(n);
    this.crossing = new Uint8Array(n);
    this.used = new Uint8Array(n);
    this.excess = new Float64Array(n);
    this.build(liveOutOfBlocks(code));
  }

  find(r: number): number {
    let x = r;
    while (this.alias[x] !== x) x = this.alias[x]!;
    return x;
  }

  remakeOf(r: number): Machine | null {
    return this.remakes.get(r) ?? null;
  }

  private build(out: Map<number, Set<number>>): void {
    for (const b of this.code.blocks) {
      const live = new Set(out.get(b.id));
      const weight = b.frequency;
      // Registers that a run of copies fills from one source hold the same value.
      const runs: Map<number, number>[] = [];
      b.code.forEach((m, i) => {
        runs[i] = m.copy && i > 0 && b.code[i - 1]!.copy ? runs[i - 1]! : new Map<number, number>();
        if (m.copy) runs[i]!.set(m.defs[0]!, m.uses[0]!);
      });
      for (let i = b.code.length - 1; i >= 0; i--) {
        const m = b.code[i]!;
        const twins = runs[i]!;
        for (const d of m.defs) {
          this.used[d] = 1;
          this.cost[d]! += weight;
          for (const l of live)
            if (l !== d && !(m.copy && (l === m.uses[0] || twins.get(l) === m.uses[0]))) this.connect(d, l);
          for (const e of m.defs) if (e !== d) this.connect(d, e);
          const known = this.remakes.get(d);
          this.remakes.set(d, m.remake && known === undefined ? m : null);
        }
        if (live.size > registersInAll) for (const l of live) this.excess[l]! += 1;
        for (const d of m.defs) live.delete(d);
        if (m.kind === 'call' || m.kind === 'library') for (const l of live) this.crossing[l] = 1;
        for (const u of m.uses) {
          this.used[u] = 1;
          this.cost[u]! += weight * (m.conditional && m.defs.includes(u) ? 0 : 1);
          live.add(u);
        }
      }
    }
  }

  private connect(a: number, b: number): void {
    if (a === b) return;
    this.neighbours[a]!.add(b);
    this.neighbours[b]!.add(a);
  }

  private limit(r: number): number {
    return this.crossing[r] ? registersAcrossCalls : registersInAll;
  }

  coalesce(): void {
    const copies: { m: Machine; weight: number }[] = [];
    for (const b of this.code.blocks)
      for (const m of b.code) if (m.copy) copies.push({ m, weight: b.weight });
    copies.sort((x, y) => y.weight - x.weight);
    for (let again = true; again;) {
      again = false;
      for (const { m } of copies) {
        const a = this.find(m.defs[0]!);
        const b = this.find(m.uses[0]!);
        if (a === b || this.neighbours[a]!.has(b)) continue;
        this.merge(a, b);
        again = true;
      }
    }
  }

  private merge(a: number, b: number): void {
    this.alias[b] = a;
    this.cost[a]! += this.cost[b]!;
    this.excess[a]! += this.excess[b]!;
    this.crossing[a]! |= this.crossing[b]!;
    for (const n of this.neighbours[b]!) {
      this.neighbours[n]!.delete(b);
      this.connect(a, n);
    }
    this.neighbours[b]!.clear();
    this.remakes.set(a, null);
  }

  colour(temporary: ReadonlySet<number>): {
    spilled: number[];
    saved: number;
    colours: ReadonlyMap<number, number>;
  } {
    const degree = this.neighbours.map((s) => s.size);
    const nodes = this.alias.map((_, i) => i).filter((i) => this.alias[i] === i && this.used[i]);
    const removed = new Set<number>();
    const stack: number[] = [];
    const easy = nodes.filter((i) => degree[i]! < this.limit(i));
    const queued = new Set(easy);
    const remove = (i: number) => {
      removed.add(i);
      stack.push(i);
      for (const n of this.neighbours[i]!) {
        degree[n]!--;
        if (!removed.has(n) && !queued.has(n) && degree[n]! < this.limit(n)) {
          queued.add(n);
          easy.push(n);
        }
      }
    };
    let left = nodes.length;
    while (left > 0) {
      const i = easy.pop();
      if (i !== undefined) {
        if (!removed.has(i)) {
          remove(i);
          left--;
        }
        continue;
      }
      let best = -1;
      let bestCost = Infinity;
      for (const n of nodes) {
        if (removed.has(n)) continue;
        const cost = (temporary.has(n) ? 1e30 : this.spillCost(n)) / (this.excess[n]! + 1);
        if (cost < bestCost) {
          bestCost = cost;
          best = n;
        }
      }
      remove(best);
      left--;
    }
    const colours = new Map<number, number>();
    const spilled: number[] = [];
    let saved = 0;
    while (stack.length) {
      const i = stack.pop()!;
      const forbidden = new Set<number>();
      for (const n of this.neighbours[i]!) {
        const c = colours.get(n);
        if (c !== undefined) forbidden.add(c);
      }
      // Colours 0 to 5 are r0 to r3, r12 and lr; 6 to 13 are saved by callees.
      let colour = this.crossing[i] ? registersInAll - registersAcrossCalls : 0;
      while (colour < registersInAll && forbidden.has(colour)) colour++;
      if (colour >= registersInAll) spilled.push(i);
      else {
        colours.set(i, colour);
        saved = Math.max(saved, colour - (registersInAll - registersAcrossCalls) + 1);
      }
    }
    saved = Math.max(saved, this.improve(colours, spilled, temporary));
    return { spilled, saved, colours };
  }

  /**
   * improve_allocation of ira-color.c: a value that got no register takes one from values that cost less together. Returns the
   * saved registers that this needs.
   */
  private improve(colours: Map<number, number>, spilled: number[], temporary: ReadonlySet<number>): number {
    let saved = 0;
    const cost = (r: number) => (temporary.has(r) ? 1e30 : this.spillCost(r));
    for (const r of spilled.toSorted((a, b) => cost(b) - cost(a))) {
      const inTheWay = new Map<number, number[]>();
      for (const n of this.neighbours[r]!) {
        const c = colours.get(n);
        if (c !== undefined) inTheWay.set(c, [...(inTheWay.get(c) ?? []), n]);
      }
      let best = -1;
      let least = cost(r);
      for (let c = this.crossing[r] ? registersInAll - registersAcrossCalls : 0; c < registersInAll; c++) {
        const sum = (inTheWay.get(c) ?? []).reduce((total, n) => total + cost(n), 0);
        if (sum < least) [best, least] = [c, sum];
      }
      if (best < 0) continue;
      for (const n of inTheWay.get(best) ?? []) {
        colours.delete(n);
        spilled.push(n);
      }
      colours.set(r, best);
      spilled.splice(spilled.indexOf(r), 1);
      saved = Math.max(saved, best - (registersInAll - registersAcrossCalls) + 1);
    }
    return saved;
  }

  private spillCost(r: number): number {
    const remake = this.remakes.get(r);
    return remake ? this.cost[r]! * 0.5 * remake.words : this.cost[r]!;
  }

  /** Gives joined values one name and drops the copies between them. */
  rename(): void {
    this.removeCopies();
    this.renameAll((r) => this.find(r));
  }

  /** Gives values the registers that they got: what shares one cannot pass one another when the code is scheduled. */
  assign(colours: ReadonlyMap<number, number>): void {
    this.renameAll((r) => colours.get(this.find(r)) ?? registersInAll + this.find(r));
    this.code.registers += registersInAll;
  }

  private renameAll(name: (r: number) => number): void {
    for (const b of this.code.blocks)
      for (const m of b.code) {
        m.defs = m.defs.map(name);
        m.uses = m.uses.map(name);
        m.address = m.address.map(name);
        m.writeback = m.writeback < 0 ? -1 : name(m.writeback);
        m.accumulator = m.accumulator < 0 ? -1 : name(m.accumulator);
      }
  }

  removeCopies(): void {
    for (const b of this.code.blocks)
      b.code = b.code.filter((m) => !m.copy || this.find(m.defs[0]!) !== this.find(m.uses[0]!));
  }
}

/** Keeps values on the stack: a load before each use, a store after each definition; constants are made again. */
function insertSpills(
  code: MachineCode,
  spilled: readonly number[],
  graph: Interference,
  temporary: Set<number>,
): void {
  const gone = new Set(spilled);
  const members = (r: number) => gone.has(graph.find(r));
  for (const b of code.blocks) {
    const out: Machine[] = [];
    for (const m of b.code) {
      const replace = new Map<number, number>();
      if (
        m.copy &&
        members(m.defs[0]!) &&
        members(m.uses[0]!) &&
        graph.find(m.defs[0]!) === graph.find(m.uses[0]!)
      )
        continue;
      for (const u of new Set(m.uses)) {
        if (!members(u)) continue;
        const t = code.registers++;
        temporary.add(t);
        replace.set(u, t);
        const remake = graph.remakeOf(graph.find(u));
        out.push(remake ? { ...remake, defs: [t], origin: m.origin } : reload(t, m.origin));
      }
      const stores: Machine[] = [];
      let drop = false;
      for (const d of new Set(m.defs)) {
        if (!members(d)) continue;
        if (graph.remakeOf(graph.find(d))) {
          drop = true;
          continue;
        }
        const t = replace.get(d) ?? code.registers++;
        temporary.add(t);
        replace.set(d, t);
        stores.push(keep(t, m.origin));
      }
      if (drop) continue;
      const swap = (r: number) => replace.get(r) ?? r;
      m.defs = m.defs.map(swap);
      m.uses = m.uses.map(swap);
      m.address = m.address.map(swap);
      m.writeback = m.writeback < 0 ? -1 : swap(m.writeback);
      m.accumulator = m.accumulator < 0 ? -1 : swap(m.accumulator);
      // The volatile asm reads what was loaded, so it comes after the store.
      if (m.barrier && stores.length) {
        m.barrier = false;
        stores.at(-1)!.barrier = true;
      }
      out.push(m, ...stores);
    }
    b.code = out;
  }
}

const reload = (to: number, origin: MachineBlock['origin']): Machine =>
  instruction('load', 'ldr [sp]', origin, { defs: [to], wide: 0.5 });

const keep = (from: number, origin: MachineBlock['origin']): Machine =>
  instruction('store', 'str [sp]', origin, { uses: [from], wide: 0.5 });
