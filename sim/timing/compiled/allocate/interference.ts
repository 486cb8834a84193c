/** Which values are alive together, what each costs to keep in memory, and a colouring with the fourteen registers. */
import { liveOutOfBlocks } from '../liveness.ts';
import { coloursInAll, coreFile, fileOf, type RegisterFile } from './files.ts';
import type { Machine, MachineCode } from '../machine.ts';

export const registersInAll = coreFile.size;

/** Values whose pairs still take 8 MB of bits. */
const MOST_PAIRED = 8192;

/** Registers that the function saves so that a colour is its own; those of the unit are saved by one instruction, which is left out. */
const savedBelow = (colour: number): number =>
  colour < coreFile.size ? colour - (coreFile.size - coreFile.acrossCalls) + 1 : 0;

export class Interference {
  private readonly code: MachineCode;
  private readonly neighbours: Set<number>[];
  /** A bit for each pair of values, set where they are neighbours: most pairs meet many times. Null where that would be too many. */
  private readonly pairs: Uint32Array | null;
  private readonly rowWords: number;
  private readonly alias: number[];
  private readonly cost: Float64Array;
  private readonly crossing: Uint8Array;
  private readonly used: Uint8Array;
  /** Program points at which the value is live and more values are than there are registers. */
  private readonly excess: Float64Array;
  /** Values that outlive another one, or a block: only their going to memory helps anybody. */
  private readonly outlives = new Set<number>();
  private readonly remakes = new Map<number, Machine | null>();

  constructor(code: MachineCode) {
    this.code = code;
    const n = code.registers;
    this.neighbours = Array.from({ length: n }, () => new Set());
    this.rowWords = Math.ceil(n / 32);
    this.pairs = n <= MOST_PAIRED ? new Uint32Array(n * this.rowWords) : null;
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
      for (const l of live) this.outlives.add(l);
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
        if (live.size > registersInAll) this.addExcess(live);
        for (const d of m.defs) live.delete(d);
        if (m.uses.some((u) => !live.has(u) && !m.defs.includes(u)))
          for (const l of live) this.outlives.add(l);
        if (m.kind === 'call' || m.kind === 'library') for (const l of live) this.crossing[l] = 1;
        for (const u of m.uses) {
          this.used[u] = 1;
          this.cost[u]! += weight * (m.conditional && m.defs.includes(u) ? 0 : 1);
          live.add(u);
        }
      }
    }
  }

  /** Counts a point where more values of a file are alive than it has registers. */
  private addExcess(live: ReadonlySet<number>): void {
    const alive = new Map<RegisterFile, number>();
    for (const l of live) alive.set(this.file(l), (alive.get(this.file(l)) ?? 0) + 1);
    for (const l of live) if (alive.get(this.file(l))! > this.file(l).size) this.excess[l]! += 1;
  }

  private file(r: number): RegisterFile {
    return fileOf(this.code, r);
  }

  private connect(a: number, b: number): void {
    if (a === b || this.file(a) !== this.file(b) || this.meet(a, b)) return;
    this.neighbours[a]!.add(b);
    this.neighbours[b]!.add(a);
    if (!this.pairs) return;
    this.pairs[a * this.rowWords + (b >> 5)]! |= 1 << (b & 31);
    this.pairs[b * this.rowWords + (a >> 5)]! |= 1 << (a & 31);
  }

  private meet(a: number, b: number): boolean {
    if (!this.pairs) return this.neighbours[a]!.has(b);
    return (this.pairs[a * this.rowWords + (b >> 5)]! & (1 << (b & 31))) !== 0;
  }

  private limit(r: number): number {
    const { size, acrossCalls } = this.file(r);
    return this.crossing[r] ? acrossCalls : size;
  }

  coalesce(): void {
    const copies: { m: Machine; weight: number }[] = [];
    for (const b of this.code.blocks)
      // One arm of a choice runs half as often, in gcc's guess.
      for (const m of b.code)
        if (m.copy) copies.push({ m, weight: m.text === 'mov choice' ? b.weight / 2 : b.weight });
    copies.sort((x, y) => y.weight - x.weight);
    for (let again = true; again;) {
      again = false;
      for (const { m } of copies) {
        const a = this.find(m.defs[0]!);
        const b = this.find(m.uses[0]!);
        if (a === b || this.file(a) !== this.file(b) || this.meet(a, b)) continue;
        this.merge(a, b);
        again = true;
      }
    }
  }

  private merge(a: number, b: number): void {
    this.alias[b] = a;
    this.cost[a]! += this.cost[b]!;
    this.excess[a]! += this.excess[b]!;
    if (this.outlives.has(b)) this.outlives.add(a);
    this.crossing[a]! |= this.crossing[b]!;
    for (const n of this.neighbours[b]!) {
      this.neighbours[n]!.delete(b);
      if (this.pairs) this.pairs[n * this.rowWords + (b >> 5)]! &= ~(1 << (b & 31));
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
    const removed = new Uint8Array(this.alias.length);
    const stack: number[] = [];
    const easy = nodes.filter((i) => degree[i]! < this.limit(i));
    const queued = new Uint8Array(this.alias.length);
    for (const i of easy) queued[i] = 1;
    const remove = (i: number) => {
      removed[i] = 1;
      stack.push(i);
      for (const n of this.neighbours[i]!) {
        degree[n]!--;
        if (!removed[n] && !queued[n] && degree[n]! < this.limit(n)) {
          queued[n] = 1;
          easy.push(n);
        }
      }
    };
    // What goes to memory first, should nothing be easy; equals in the order of the values.
    const cost = (n: number) =>
      (temporary.has(n) ? 1e30 : this.spillCost(n)) / (this.excess[n]! + 1) + this.lateness(n);
    const cheapest = nodes.map((n) => ({ n, cost: cost(n) })).sort((a, b) => a.cost - b.cost);
    let next = 0;
    let left = nodes.length;
    while (left > 0) {
      const i = easy.pop();
      if (i !== undefined) {
        if (!removed[i]) {
          remove(i);
          left--;
        }
        continue;
      }
      while (removed[cheapest[next]!.n]) next++;
      remove(cheapest[next]!.n);
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
      const { from, to } = this.coloursOf(i);
      let colour = from;
      while (colour < to && forbidden.has(colour)) colour++;
      if (colour >= to) spilled.push(i);
      else {
        colours.set(i, colour);
        saved = Math.max(saved, savedBelow(colour));
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
      const { from, to } = this.coloursOf(r);
      for (let c = from; c < to; c++) {
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
      saved = Math.max(saved, savedBelow(best));
    }
    return saved;
  }

  /** The colours that a value may have. */
  private coloursOf(r: number): { from: number; to: number } {
    const { first, size, acrossCalls } = this.file(r);
    return { from: first + (this.crossing[r] ? size - acrossCalls : 0), to: first + size };
  }

  /** A value in whose life nothing else ends comes last to memory (ALLOCNO_BAD_SPILL_P). */
  private lateness(r: number): number {
    return this.outlives.has(r) ? 0 : 1e20;
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
    const name = (r: number) => colours.get(this.find(r)) ?? coloursInAll + this.find(r);
    this.renameAll(name);
    this.code.floats = new Map([...this.code.floats].map(([r, file]) => [name(r), file]));
    this.code.registers += coloursInAll;
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
