/**
 * Values that gcc's regional allocator (ira-color.c) keeps in memory in some loops and in a register in others.
 *
 * Regions are the function and its loops, outer ones first. Where more values live in a region than there are registers,
 * those go to memory that cost least per point of excess pressure: 10 a reference times its block's frequency, 20 at each
 * border that the value crosses times the border's frequency. A value in memory around a loop gets a register inside when
 * its references there outweigh the border; a constant keeps inside what it has outside. The frequencies are gcc's own
 * guesses (static-profile.ts), so hot code is not always spared.
 */
import { liveIntoBlocks, liveOutOfBlocks } from './liveness.ts';
import {
  instruction,
  type Machine,
  type MachineBlock,
  type MachineCode,
  type MachineLoop,
} from './machine.ts';

const available = 14;
const referenceCost = 10;
const borderCost = 20;

interface Region {
  loop: MachineLoop | null;
  blocks: Set<number>;
  children: Region[];
  /** Values in memory here. */
  memory: Set<number>;
}

interface Point {
  block: number;
  live: Set<number>;
}

export function splitRanges(code: MachineCode): number {
  const splitter = new Splitter(code);
  return splitter.run();
}

class Splitter {
  private readonly code: MachineCode;
  private readonly points: Point[] = [];
  private readonly into: Map<number, Set<number>>;
  private readonly constants = new Set<number>();
  private readonly references = new Map<number, Map<number, number>>();
  private readonly byId: Map<number, MachineBlock>;

  constructor(code: MachineCode) {
    this.code = code;
    this.byId = new Map(code.blocks.map((b) => [b.id, b]));
    const out = liveOutOfBlocks(code);
    this.into = liveIntoBlocks(code, out);
    for (const b of code.blocks) {
      const live = new Set(out.get(b.id));
      for (let i = b.code.length - 1; i >= 0; i--) {
        if (live.size > available) this.points.push({ block: b.id, live: new Set(live) });
        const m = b.code[i]!;
        for (const d of m.defs) live.delete(d);
        for (const u of m.uses) live.add(u);
        if (m.remake) for (const d of m.defs) this.constants.add(d);
        for (const r of [...m.defs, ...m.uses]) {
          let at = this.references.get(r);
          if (!at) this.references.set(r, (at = new Map()));
          at.set(b.id, (at.get(b.id) ?? 0) + b.frequency * referenceCost);
        }
      }
    }
  }

  run(): number {
    if (this.points.length === 0) return 0;
    const root = this.regions();
    this.decide(root, new Set());
    const spilled = new Set<number>();
    this.collect(root, spilled);
    for (const r of spilled) this.rewrite(root, r);
    return spilled.size;
  }

  private regions(): Region {
    const make = (loop: MachineLoop | null): Region => ({
      loop,
      blocks: new Set(loop ? loop.blocks : this.code.blocks.map((b) => b.id)),
      children: [],
      memory: new Set(),
    });
    const root = make(null);
    const all = this.code.loops.toSorted((a, b) => a.depth - b.depth).map(make);
    for (const region of all) {
      let parent = root;
      for (const other of all)
        if (
          other !== region &&
          other.blocks.has(region.loop!.header) &&
          other.blocks.size > region.blocks.size
        )
          if (other.blocks.size < parent.blocks.size || parent === root) parent = other;
      parent.children.push(region);
    }
    return root;
  }

  private referenced(r: number, region: Region): number {
    let cost = 0;
    for (const [block, n] of this.references.get(r) ?? []) if (region.blocks.has(block)) cost += n;
    return cost;
  }

  private border(r: number, region: Region): number {
    const { loop } = region;
    if (!loop) return 0;
    const enters = this.into.get(loop.header)!.has(r) ? loop.enterFrequency : 0;
    const leaves = this.exits(region).some((to) => this.into.get(to)!.has(r)) ? loop.exitFrequency : 0;
    return borderCost * (enters + leaves);
  }

  private readonly exitsOf = new Map<Region, number[]>();

  private exits(region: Region): number[] {
    let exits = this.exitsOf.get(region);
    if (!exits) {
      const set = new Set<number>();
      for (const id of region.blocks)
        for (const { to } of this.byId.get(id)!.successors) if (!region.blocks.has(to)) set.add(to);
      this.exitsOf.set(region, (exits = [...set]));
    }
    return exits;
  }

  private decide(region: Region, around: ReadonlySet<number>): void {
    const over = this.points.filter((p) => region.blocks.has(p.block)).map((p) => new Set(p.live));
    const costs = new Map<number, number>();
    const cost = (r: number): number => {
      let c = costs.get(r);
      if (c === undefined) {
        const references = this.referenced(r, region);
        const border = this.border(r, region);
        c = around.has(r) ? references - border : references + border;
        costs.set(r, c);
      }
      return c;
    };
    for (const p of over)
      for (const r of p)
        if (around.has(r) && cost(r) <= 0) {
          region.memory.add(r);
          p.delete(r);
        }
    for (;;) {
      const weight = new Map<number, number>();
      for (const p of over)
        if (p.size > available) for (const r of p) weight.set(r, (weight.get(r) ?? 0) + 1);
      if (weight.size === 0) break;
      let best = -1;
      let bestPriority = Infinity;
      for (const [r, n] of weight) {
        if (region.loop && this.constants.has(r)) continue;
        // Values that live and die inside one block are left to the colouring.
        if ((this.references.get(r)?.size ?? 0) <= 1 && !this.crosses(r)) continue;
        const priority = cost(r) / (n + 1);
        if (priority < bestPriority) {
          bestPriority = priority;
          best = r;
        }
      }
      if (best < 0) break;
      region.memory.add(best);
      for (const p of over) p.delete(best);
    }
    // What is in memory around and not live under pressure here stays where it is.
    for (const r of around) if (!costs.has(r) && cost(r) <= 0) region.memory.add(r);
    for (const child of region.children) this.decide(child, region.memory);
  }

  private crosses(r: number): boolean {
    for (const live of this.into.values()) if (live.has(r)) return true;
    return false;
  }

  private collect(region: Region, into: Set<number>): void {
    for (const r of region.memory) into.add(r);
    for (const child of region.children) this.collect(child, into);
  }

  /** Rewrites one value: references in memory regions become loads and stores, borders get transfers. */
  private rewrite(root: Region, r: number): void {
    const inMemory = new Set<number>();
    const mark = (region: Region): void => {
      for (const id of region.blocks) {
        if (region.memory.has(r)) inMemory.add(id);
        else inMemory.delete(id);
      }
      for (const child of region.children) mark(child);
    };
    mark(root);
    const everywhere = root.memory.has(r) && root.children.every((c) => this.uniform(c, r));
    const remake = everywhere ? this.definition(r) : null;
    for (const b of this.code.blocks) if (inMemory.has(b.id)) this.rewriteBlock(b, r, remake);
    const borders = (region: Region, outside: boolean): void => {
      const inside = region.memory.has(r);
      const { loop } = region;
      if (loop && inside !== outside) {
        const preheader = this.byId.get(loop.preheader);
        if (preheader && this.into.get(loop.header)!.has(r)) {
          const at = preheader.code.findLastIndex((m) => m.kind !== 'branch') + 1;
          preheader.code.splice(at, 0, inside ? store(r, preheader) : load(r, preheader));
        }
        const changes = [...region.blocks].some((id) =>
          this.byId.get(id)!.code.some((m) => m.defs.includes(r)),
        );
        for (const to of this.exits(region)) {
          const b = this.byId.get(to)!;
          if (!this.into.get(to)!.has(r)) continue;
          if (inside) b.code.unshift(load(r, b));
          else if (changes) b.code.unshift(store(r, b));
        }
      }
      for (const child of region.children) borders(child, inside);
    };
    borders(root, root.memory.has(r));
  }

  private uniform(region: Region, r: number): boolean {
    return region.memory.has(r) && region.children.every((c) => this.uniform(c, r));
  }

  private definition(r: number): Machine | null {
    if (!this.constants.has(r)) return null;
    for (const b of this.code.blocks) for (const m of b.code) if (m.defs.includes(r)) return m;
    return null;
  }

  private rewriteBlock(b: MachineBlock, r: number, remake: Machine | null): void {
    const result: Machine[] = [];
    for (const m of b.code) {
      const uses = m.uses.includes(r);
      const defines = m.defs.includes(r);
      if (!uses && !defines) {
        result.push(m);
        continue;
      }
      if (m === remake) continue;
      const t = this.code.registers++;
      const swap = (x: number) => (x === r ? t : x);
      if (uses) result.push(remake ? { ...remake, defs: [t], origin: b.origin } : load(t, b));
      m.defs = m.defs.map(swap);
      m.uses = m.uses.map(swap);
      m.address = m.address.map(swap);
      m.writeback = m.writeback < 0 ? -1 : swap(m.writeback);
      m.accumulator = m.accumulator < 0 ? -1 : swap(m.accumulator);
      result.push(m);
      if (defines) result.push(store(t, b));
    }
    b.code = result;
  }
}

const load = (to: number, b: MachineBlock): Machine =>
  instruction('load', 'ldr [sp]', b.origin, { defs: [to], wide: 0.5 });
const store = (from: number, b: MachineBlock): Machine =>
  instruction('store', 'str [sp]', b.origin, { uses: [from], wide: 0.5 });
