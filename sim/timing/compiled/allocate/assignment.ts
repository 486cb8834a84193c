/** Registers for all regions, from the whole function inwards (ira-color.cc, do_coloring and move_spill_restore). */
import type { Allocno, Allocnos } from './allocnos.ts';
import { Colouring } from './colour.ts';
import type { Equivalents } from './equivalents.ts';
import { attract, Preferences } from './preferences.ts';
import { SoftConflicts } from './soft-conflicts.ts';
import type { Region, RegionTree } from './regions.ts';
import { memoryCost, moveCost, registersInAll } from './registers.ts';

/** Storing and loading again, or the other way round, where a region begins and ends. */
const aside = (a: Allocno): number => memoryCost * (a.entering + a.leaving);
const across = (a: Allocno): number => moveCost * (a.entering + a.leaving);

/** Decides on a register or memory for every value of every region; returns the registers of the caller that are used. */
export function assignRegisters(tree: RegionTree, allocnos: Allocnos, equivalents: Equivalents): Set<number> {
  const saved = new Set<number>();
  const preferences = new Preferences();
  const soft = new SoftConflicts(allocnos, equivalents);
  for (const region of tree.all) {
    const here = allocnos.inRegion[region.index]!;
    new Colouring(here, preferences, saved, soft).run((a) => spillCost(a, allocnos));
    for (const inner of region.children) tellInner(region, inner, allocnos, equivalents);
  }
  moveBorders(allocnos, equivalents);
  return saved;
}

/**
 * What it costs to keep a value in memory in a region, in view of where it is around it (calculate_allocno_spill_cost). To move to another register on the way would cost something too, but
 * that is what its own register, the cheapest one, saves.
 */
export function spillCost(a: Allocno, allocnos: Allocnos): number {
  const around = a.region.parent && allocnos.of(a.region.parent, a.value);
  if (!around || around.cap) return a.updatedMemory;
  return a.updatedMemory + (around.register < 0 ? -aside(a) : aside(a));
}

/** What a region decided changes what the regions inside it have to pay. */
export function tellInner(region: Region, inner: Region, allocnos: Allocnos, equivalents: Equivalents): void {
  for (const a of allocnos.inRegion[inner.index]!) {
    const around = allocnos.of(region, a.value)!;
    if (around.cap) continue;
    if (region.pressure <= registersInAll || equivalents.constant(a.value)) {
      a.register = around.register;
      a.assigned = true;
    } else if (around.register < 0) a.updatedMemory -= aside(a);
    else {
      attract(a, around.register, -across(a));
      a.classCost = Math.min(a.classCost, a.updated![around.register]!);
      a.updatedMemory += aside(a);
    }
  }
}

/** Values whose way to memory and back is cheaper further out go there. */
function moveBorders(allocnos: Allocnos, equivalents: Equivalents): void {
  for (let again = true; again;) {
    again = false;
    for (const a of allocnos.all) {
      if (a.cap || a.register < 0 || equivalents.constant(a.value)) continue;
      const around = a.region.parent && allocnos.of(a.region.parent, a.value);
      const isBorder = around && !around.cap && a.border;
      if (!isBorder) continue;
      let cost = a.memory - (a.costs?.[a.register] ?? 0);
      for (const child of a.region.children) {
        const inner = allocnos.of(child, a.value);
        if (!inner || inner.cap) continue;
        const conflict = false;
        const within = inner.costs?.[a.register] ?? 0;
        const spill = aside(inner) + inner.memory;
        cost -= inner.memory - (conflict ? spill : Math.min(within, spill));
        if (inner.register < 0) cost -= aside(inner);
        else {
          cost += aside(inner);
          if (inner.register !== a.register) cost -= across(inner);
        }
      }
      if (around.register < 0) cost -= aside(a);
      else {
        cost += aside(a);
        if (around.register !== a.register) cost -= across(a);
      }
      if (cost >= 0) continue;
      a.register = -1;
      again = true;
    }
  }
}
