/**
 * Register pressure as gcc's scheduler weighs it before registers are given out (-fsched-pressure, haifa-sched.c, weighted): what would need more registers than there are waits behind what does not,
 * whatever the lengths of their chains. One of gcc's basic blocks, core registers only.
 */
import { has, type Bits } from './allocate/bits.ts';
import type { Unit } from './schedule/units.ts';

/** r0 to r12 and lr; of r4 to r11 the function has to save those that it takes, which counts in code as cold as its entry. */
const coreRegisters = 14;
const calleeSaved = 8;
/** gcc's cost of a store and a load of a core register. */
const costOfMemory = 20;

/** What a block that runs as often as told against the entry of the function may take. */
export const availableRegisters = (frequency: number, entry: number): number =>
  coreRegisters - Math.floor((calleeSaved * entry) / Math.max(frequency, entry, 1));

/** A value that ends in the block: its register, and how many of its uses are still to be ordered. */
interface Ending {
  register: number;
  remaining: number;
}

export class Pressure {
  private readonly available: number;
  private readonly sets: number[][] = [];
  private readonly endings: Ending[][] = [];
  /** Highest pressure before each instruction, from what is ordered already and the old order of the rest. */
  private readonly most: number[];
  private readonly ordered: boolean[];
  private readonly live: Uint8Array;
  private count = 0;

  constructor(
    units: readonly Unit[],
    isCore: (r: number) => boolean,
    { start, end, registers }: { start: Bits; end: Bits; registers: number },
    available: number,
  ) {
    this.available = available;
    this.live = new Uint8Array(registers);
    for (let r = 0; r < registers; r++) if (has(start, r) && isCore(r)) this.set(r, 1);
    this.most = units.map(() => 0);
    this.ordered = units.map(() => false);
    this.collect(units, isCore, end);
    this.foresee(0, false);
  }

  /** What the instruction costs beyond the pressure that is there anyway up to its place. */
  cost(i: number): number {
    const before = this.most[i]! - this.available;
    let after = before + this.sets[i]!.length;
    for (const e of this.endings[i]!) if (this.ends(e, i)) after--;
    return (Math.max(0, after) - Math.max(0, before)) * costOfMemory;
  }

  done(i: number): void {
    const before = this.count;
    this.take(i);
    if (this.count !== before) this.foresee(i + 1, true);
    this.ordered[i] = true;
    for (const e of this.endings[i]!) e.remaining--;
  }

  /** Uses and values that are used, from the end. */
  private collect(units: readonly Unit[], isCore: (r: number) => boolean, end: Bits): void {
    /** Of what was seen: how it ends, null for what lives on; false for what is set again before it is used. */
    const seen = new Map<number, Ending | null | false>();
    const after = (r: number): Ending | null | false =>
      seen.get(r) ?? (!seen.has(r) && !has(end, r) ? false : null);
    for (let i = units.length - 1; i >= 0; i--) {
      const { defs, uses } = units[i]!.whole;
      this.sets[i] = defs.filter((d) => isCore(d) && after(d) !== false);
      for (const d of defs) seen.set(d, false);
      this.endings[i] = [];
      for (const u of new Set(uses)) {
        if (!isCore(u)) continue;
        let ending = after(u);
        if (ending === false) seen.set(u, (ending = { register: u, remaining: 0 }));
        if (ending === null) continue;
        ending.remaining++;
        this.endings[i]!.push(ending);
      }
    }
  }

  /** Whether a value ends here: all its other uses are ordered already. What merely stands before in the old order does not count. */
  private ends(e: Ending, i: number): boolean {
    return e.remaining === (this.ordered[i] ? 0 : 1);
  }

  private set(r: number, to: 0 | 1): boolean {
    if (this.live[r] === to) return false;
    this.live[r] = to;
    this.count += to === 1 ? 1 : -1;
    return true;
  }

  private take(i: number, undo?: number[]): void {
    for (const e of this.endings[i]!) if (this.ends(e, i) && this.set(e.register, 0)) undo?.push(e.register);
    for (const d of this.sets[i]!) if (this.set(d, 1)) undo?.push(d);
  }

  /** Goes through the old order from a place on, what is ordered already included. */
  private foresee(from: number, again: boolean): void {
    const undo: number[] = [];
    let most = this.count;
    for (let i = from; i < this.most.length; i++) {
      if (again && this.most[i] === most) break;
      this.most[i] = most;
      this.take(i, undo);
      most = Math.max(most, this.count);
    }
    for (const r of undo.toReversed()) this.set(r, this.live[r] === 1 ? 0 : 1);
  }
}
