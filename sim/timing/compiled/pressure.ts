/**
 * Register pressure as gcc's scheduler weighs it before registers are given out (-fsched-pressure, haifa-sched.c, weighted): what would need more registers than there are waits behind what does not,
 * whatever the lengths of their chains. Core registers only.
 */
import { has } from './allocate/bits.ts';
import type { Liveness } from './liveness.ts';
import type { Machine, MachineBlock, MachineCode } from './machine.ts';

/** r0 to r12 and lr; of r4 to r11 the function has to save those that it takes, which counts in code as cold as its entry. */
const coreRegisters = 14;
const calleeSaved = 8;
/** gcc's cost of a store and a load of a core register. */
const costOfMemory = 20;

export class Pressure {
  /** Values that die with their last use in the block; an instruction has the groups of uses that it is in. */
  private readonly groups = new Map<Machine, number[]>();
  private readonly remaining: number[] = [];
  private readonly registerOf: number[] = [];
  private readonly live = new Set<number>();
  private readonly available: number;
  private readonly isCore: (r: number) => boolean;
  private segment: readonly (readonly Machine[])[] = [];
  private order: number[] = [];
  private most: number[] = [];

  constructor(code: MachineCode, b: MachineBlock, { into, out }: Liveness, entry: number) {
    this.isCore = (r) => !code.floats.has(r);
    const share = b.weight > 0 ? Math.min(1, entry / b.weight) : 1;
    this.available = coreRegisters - Math.floor(calleeSaved * share);
    const start = into.get(b.id)!;
    const end = out.get(b.id)!;
    const last = new Map<number, number>();
    const alive = new Set<number>();
    const touched = new Set(b.code.flatMap((m) => [...m.defs, ...m.uses]));
    for (let r = 0; r < code.registers; r++) if (this.isCore(r) && has(start, r)) this.live.add(r);
    for (const r of touched) if (has(end, r)) alive.add(r);
    for (const m of b.code.toReversed()) {
      const groups: number[] = [];
      if (!m.conditional)
        for (const d of m.defs) {
          alive.delete(d);
          last.delete(d);
        }
      for (const u of new Set(m.uses)) {
        if (!this.isCore(u)) continue;
        if (!alive.has(u)) {
          alive.add(u);
          last.set(u, this.remaining.length);
          this.remaining.push(0);
          this.registerOf.push(u);
        }
        const group = last.get(u);
        if (group === undefined) continue;
        this.remaining[group]!++;
        groups.push(group);
      }
      this.groups.set(m, groups);
    }
  }

  /** Begins with the next instructions of the block, each of one or more parts that stay together. */
  begin(segment: readonly (readonly Machine[])[]): void {
    this.segment = segment;
    this.order = segment.map((_, i) => i);
    this.most = segment.map(() => 0);
    this.foresee();
  }

  /** What the instruction costs beyond the pressure that is there anyway up to its old place. */
  cost(i: number): number {
    const parts = this.segment[i]!;
    const before = this.most[i]! - this.available;
    const sets = new Set(parts.flatMap((m) => m.defs.filter(this.isCore))).size;
    const after = before + sets - this.dying(parts).length;
    return (Math.max(0, after) - Math.max(0, before)) * costOfMemory;
  }

  done(i: number): void {
    this.order.splice(this.order.indexOf(i), 1);
    const before = this.live.size;
    this.take(this.segment[i]!, this.live, this.remaining);
    if (this.live.size !== before) this.foresee();
  }

  private dying(parts: readonly Machine[]): number[] {
    const counts = new Map<number, number>();
    for (const m of parts) for (const g of this.groups.get(m)!) counts.set(g, (counts.get(g) ?? 0) + 1);
    return [...counts].flatMap(([g, n]) => (this.remaining[g] === n ? [g] : []));
  }

  private take(parts: readonly Machine[], live: Set<number>, remaining: number[]): void {
    for (const m of parts) {
      for (const g of this.groups.get(m)!) if (--remaining[g]! === 0) live.delete(this.registerOf[g]!);
      for (const d of m.defs) if (this.isCore(d)) live.add(d);
    }
  }

  /** The highest pressure before each of the instructions that remain, in their old order. */
  private foresee(): void {
    const undo: [number, number][] = [];
    let most = this.live.size;
    const live = new Set(this.live);
    for (const i of this.order) {
      this.most[i] = most;
      for (const m of this.segment[i]!) for (const g of this.groups.get(m)!) undo.push([g, 1]);
      this.take(this.segment[i]!, live, this.remaining);
      most = Math.max(most, live.size);
    }
    for (const [g, n] of undo) this.remaining[g]! += n;
  }
}
