/**
 * A value that a loop does not mention may share a register with one that lives in that loop alone: it is put aside while the loop runs (ira-color.cc, ira_soft_conflict).
 */
import type { Allocno, Allocnos } from './allocnos.ts';
import type { Equivalents } from './equivalents.ts';
import { memoryCost } from './registers.ts';

/** What it costs to store a value before a region and to load it behind. */
export const setAside = (a: Allocno): number => memoryCost * (a.entering + a.leaving);

export class SoftConflicts {
  private readonly allocnos: Allocnos;
  private readonly equivalents: Equivalents;

  constructor(allocnos: Allocnos, equivalents: Equivalents) {
    this.allocnos = allocnos;
    this.equivalents = equivalents;
  }

  /** The part of one of two values that could be put aside for the other, null if they need a register each. */
  soft(x: Allocno, y: Allocno): Allocno | null {
    let [one, two] = [x, y];
    while (one.member && two.member) [one, two] = [one.member, two.member];
    if (two.member) [one, two] = [two, one];
    if (!one.member) return null;
    while (one.member) one = one.member;
    let idle = this.allocnos.of(one.region, two.value);
    if (!idle) return null;
    while (idle.outer && idle.outer !== two && idle.outer.mentions === 0) idle = idle.outer;
    return idle.mentions === 0 && !this.equivalents.constant(two.value) ? idle : null;
  }
}
