/**
 * Register allocation: colouring of the interference graph with optimistic spilling (Briggs, Cooper and Torczon 1994);
 * copies whose ends do not interfere share a register, as gcc's out-of-SSA pass joins the parts of a variable. 14 registers: r0 to r12 and lr; values that live across
 * a call only have the 8 that callees save.
 */
import { Interference } from './allocate/interference.ts';
import { insertSpills } from './allocate/spill.ts';
import type { MachineCode } from './machine.ts';

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
