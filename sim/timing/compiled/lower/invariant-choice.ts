/** Which invariants leave a loop: always the one that gains most, until the registers cost more (loop-invariant.cc, best_gain_for_invariant; cfgloopanal.cc, estimate_reg_pressure_cost). */
import { moveCost, splitImmediate } from '../machine.ts';

/** A constant, or what is added and is neither. */
export type Invariant = number | string;

/** An instruction, and a value that goes to memory and back. */
const [instruction, spill] = [4, 16];
/** Registers; those of them that a call may change; those in reserve; and those that are put down for what is not counted. */
const [all, changedByCalls, reserve, uncounted] = [14, 6, 3, 2];

/** What so many new registers cost, half of which the allocation of loops one by one saves. */
function pressureCost(more: number, calls: boolean): number {
  const available = all - (calls ? changedByCalls : 0);
  const needed = more + uncounted;
  if (needed + reserve <= available) return 0;
  return Math.trunc(((needed <= available ? instruction : spill) * more) / 2);
}

/** Instructions that make it: of a number one, two or three (arm_gen_constant). */
function lengthOf(value: Invariant): number {
  if (typeof value === 'string' || moveCost(value) === 1) return 1;
  return splitImmediate(value) ? 2 : 3;
}

/**
 * @param places In how many places each is made.
 * @param calls Whether the loop calls anything.
 */
export function choose(places: ReadonlyMap<Invariant, number>, calls: boolean): Set<Invariant> {
  const open = [...places].map(([value, n]) => ({ value, saves: instruction * lengthOf(value) * n }));
  // A register costs the same for each, so what saves most gains most.
  open.sort((a, b) => b.saves - a.saves);
  const chosen = new Set<Invariant>();
  for (const { value, saves } of open) {
    const costs = pressureCost(chosen.size + 1, calls) - pressureCost(chosen.size, calls);
    if (saves <= costs) break;
    chosen.add(value);
  }
  return chosen;
}
