/**
 * Places at which a value is alive and more values are than there are registers: what it costs to keep it in memory is divided by them (allocno_spill_priority of gcc's ira-color.cc).
 * Counted as ira-lives.cc does, from a block's end, two places an instruction, each stretch with both of its ends. What an instruction reads and writes anew goes on from where it began, and what lay behind is counted once more.
 *
 *   10  cmp r, q        high from here on
 *   12  add q, q, #1    q dies at 12 and lives on from 13: 12 - 10 + 1
 *   16  (start)         16 - 10 + 1 more
 */
import { add, bits, each, has, remove, type Bits } from './bits.ts';
import type { Machine, MachineBlock } from '../machine.ts';
import { inHalves } from './halves.ts';
import { registersInAll } from './registers.ts';
import { wholes } from './whole-instructions.ts';

export class Excess {
  private point = 0;
  private readonly start: Int32Array;
  private readonly finish: Int32Array;
  private readonly alive: Bits;
  private count = 0;
  private high = -1;
  private readonly floats: Bits;
  private readonly literalPool: boolean;
  private found: (value: number, points: number) => void = () => undefined;

  constructor(registers: number, floats: Bits, literalPool: boolean) {
    this.start = new Int32Array(registers);
    this.finish = new Int32Array(registers).fill(-2);
    this.alive = bits(registers);
    this.floats = floats;
    this.literalPool = literalPool;
  }

  ofBlock(b: MachineBlock, out: Bits, found: (value: number, points: number) => void): void {
    this.found = found;
    each(out, (v) => this.live(v));
    const first = wholes(b.code);
    for (let end = b.code.length; end > 0; end = first[end - 1]!) {
      const parts = b.code.slice(first[end - 1], end);
      const [m] = parts as [Machine];
      if (inHalves(m, this.literalPool)) this.ofWhole([{ ...m, uses: m.defs }]);
      this.ofWhole(parts);
    }
    each(this.alive.slice(), (v) => this.end(v));
    this.high = -1;
    this.count = 0;
    this.point++;
  }

  private ofWhole(parts: readonly Machine[]): void {
    const defs = parts.flatMap((m) => m.defs);
    const made = new Set<number>();
    const uses: number[] = [];
    for (const m of parts) {
      for (const u of [...m.uses, ...m.keeps]) if (!made.has(u)) uses.push(u);
      for (const d of m.defs) made.add(d);
    }
    // The volatile asm behind a load reads what was loaded.
    const [m] = parts as [Machine];
    if (m.barrier && m.kind === 'load') {
      this.point++;
      for (const d of defs) if (d !== m.writeback) this.live(d);
      this.point++;
    }
    for (const d of defs) this.live(d);
    for (const d of defs) this.dead(d);
    this.point++;
    for (const u of uses) this.live(u);
    this.point++;
  }

  private live(v: number): void {
    if (has(this.floats, v) || has(this.alive, v)) return;
    add(this.alive, v);
    if (this.finish[v]! < this.point - 1) this.start[v] = this.point;
    this.count++;
    if (this.high < 0 && this.count > registersInAll) this.high = this.point;
  }

  private dead(v: number): void {
    if (!has(this.alive, v)) return;
    this.count--;
    if (this.high >= 0 && this.count <= registersInAll) {
      each(this.alive, (l) => this.stretch(l));
      this.high = -1;
    }
    this.end(v);
  }

  private end(v: number): void {
    remove(this.alive, v);
    this.finish[v] = this.point;
    if (this.high >= 0) this.stretch(v);
  }

  private stretch(v: number): void {
    this.found(v, this.point - Math.max(this.high, this.start[v]!) + 1);
  }
}
