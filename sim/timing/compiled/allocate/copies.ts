/**
 * What wants one register: the two sides of a move, and what an instruction reads for the last time and what it makes. Which of them come first decides among equals, so they are numbered as gcc numbers
 * them (ira-conflicts.cc, add_insn_allocno_copies and propagate_copies).
 */
import type { Allocno } from './allocnos.ts';
import { has, type Bits } from './bits.ts';
import type { Machine } from '../machine.ts';
import type { Region } from './regions.ts';

export interface Copy {
  number: number;
  /** Values; the one whose allocno has the smaller number is the first. */
  first: number;
  second: number;
  frequency: number;
  /** Of moves, the move: others between the same two are one. */
  move: Machine | null;
  /** Where it was found. */
  home: Region;
}

/**
 * A multiplication names what it adds first, and its factors the other way round (arm.md, *mla); one of halves has them as they are written (maddhisi4).
 * What an address is made of is part of an operand, and none.
 */
const operands = (m: Machine): readonly number[] =>
  m.kind === 'multiply' && !m.text.endsWith('bb')
    ? m.uses.toReversed()
    : m.uses.filter((u) => !m.address.includes(u));

type Find = (region: Region, value: number) => Allocno | undefined;

export class Copies {
  private readonly found: { copy: Copy; region: Region }[] = [];
  private readonly find: Find;

  constructor(find: Find) {
    this.find = find;
  }

  /** The copies of a block, whose instructions come with what is alive behind them: of what is behind its last check first, since checks end gcc's blocks and those are walked from the last. */
  ofBlock(
    region: Region,
    code: readonly Machine[],
    alive: readonly Bits[],
    frequencies: readonly number[],
  ): void {
    let end = code.length;
    for (let at = code.length - 1; at >= 0; at--) {
      if (at > 0 && code[at - 1]!.kind !== 'branch') continue;
      for (let i = at; i < end; i++) this.ofOne(region, code[i]!, alive[i]!, frequencies[i]!);
      end = at;
    }
  }

  private ofOne(region: Region, m: Machine, alive: Bits, frequency: number): void {
    for (const u of operands(m)) {
      if (has(alive, u)) continue;
      for (const d of m.defs)
        this.add(
          region,
          u,
          d,
          m.copy ? frequency : Math.max(1, Math.trunc(frequency / 8)),
          m.copy ? m : null,
          region,
        );
    }
  }

  /** Copies of a region count in the one around it. */
  passUp(): void {
    for (const { copy, region } of this.found)
      if (region.parent)
        this.add(region.parent, copy.first, copy.second, copy.frequency, copy.move, copy.home);
  }

  private add(
    region: Region,
    x: number,
    y: number,
    frequency: number,
    move: Machine | null,
    home: Region,
  ): void {
    const [a, b] = [this.find(region, x), this.find(region, y)];
    if (!a || !b || a === b) return;
    const [first, second] = a.number < b.number ? [x, y] : [y, x];
    const known = a.copies.find(
      (c) => c.first === first && c.second === second && c.move === move && c.home === home,
    );
    if (known) {
      known.frequency += frequency;
      return;
    }
    const copy: Copy = { number: this.found.length, first, second, frequency, move, home };
    this.found.push({ copy, region });
    a.copies.push(copy);
    b.copies.push(copy);
  }
}
