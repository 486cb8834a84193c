/**
 * Register allocation as gcc does it: the parts of variables are joined, loops that are short of registers are coloured one by one from the outermost inwards (ira-color.cc), values move where one such
 * loop borders on another (ira-emit.cc), and code is made for what is left in memory (LRA). 14 registers: r0 to r12 and lr.
 */
import { wordsPassed } from './argument-words.ts';
import { buildAllocnos } from './allocate/allocnos.ts';
import { assignRegisters } from './allocate/assignment.ts';
import { saveAroundCalls } from './allocate/calls.ts';
import { coalesce } from './allocate/coalesce.ts';
import { Equivalents } from './allocate/equivalents.ts';
import { nameByRegion, renameIn } from './allocate/names.ts';
import { dropHeldMoves } from './allocate/held-moves.ts';
import { forwardCopies } from './allocate/hard-copies.ts';
import { formRegions } from './allocate/regions.ts';
import { coloursInAll, coreFile, savedFloats } from './allocate/files.ts';
import { giveFloatRegisters } from './allocate/floats.ts';
import { firstSaved } from './allocate/registers.ts';
import { keepOtherWords } from './allocate/pairs.ts';
import { moveLoads } from './allocate/moved-loads.ts';
import { pairSlots } from './allocate/paired-slots.ts';
import { reloadSpilled } from './allocate/reload.ts';
import type { MachineCode } from './machine.ts';

export interface Allocation {
  code: MachineCode;
  /** Registers that the function must save. */
  saved: number;
  /** Of the floating-point unit, in double words. */
  savedFloats: number;
  /** Places on the stack. */
  spills: number;
}

/** Constants of two words are loaded from a pool, or not. */
export function allocate(code: MachineCode, literalPool = false): Allocation {
  moveLoads(code);
  coalesce(code);
  keepOtherWords(code);
  const tree = formRegions(code);
  const equivalents = new Equivalents(code, tree.live);
  const allocnos = buildAllocnos(code, tree, equivalents, literalPool);
  assignRegisters(tree, allocnos, equivalents);
  const registers = nameByRegion(code, tree, allocnos, equivalents);
  giveFloatRegisters(code, registers);
  // Without a pool of literals, code is for cores with a floating-point unit, whose pattern for moves tells low registers from others (*thumb2_movsi_vfp).
  reloadSpilled(code, registers, equivalents, !literalPool);
  saveAroundCalls(code, registers);
  const slots = new Set(code.blocks.flatMap((b) => b.code.flatMap((m) => (m.slot < 0 ? [] : [m.slot]))));
  const used = new Set<number>();
  const colour = (r: number): number => {
    const register = registers[r] ?? -1;
    if (register >= firstSaved && register < coreFile.size) used.add(register);
    return register >= 0 ? register : coloursInAll + r;
  };
  for (const b of code.blocks) {
    for (const m of b.code) renameIn(m, colour);
    b.code = b.code.filter((m) => !m.copy || m.defs[0] !== m.uses[0]);
  }
  dropHeldMoves(code);
  pairSlots(code);
  code.floats = new Map([...code.floats].map(([r, file]) => [colour(r), file]));
  code.registers += coloursInAll;
  forwardCopies(code);
  return {
    code,
    saved: used.size,
    savedFloats: savedFloats(code.floats.keys()),
    spills: slots.size + wordsPassed(code),
  };
}
