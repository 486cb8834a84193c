/**
 * Arguments as the allocator sees them: each comes in a register of the core's own, goes to a value that does nothing else, and from there to the parameter (combine.cc, make_more_copies). So a parameter is
 * written once more than it looks, and what it came in is taken until that copy.
 */
import type { Lowering } from './lower/lowering.ts';
import { wordsInRegisters } from './argument-words.ts';
import { entryOf, keptMove, type Machine, type MachineCode } from './machine.ts';

/** The names of parameters that come in registers, and in which. */
export function argumentsOf(l: Lowering): Map<number, number> {
  const found = new Map([[l.instance, 0]]);
  for (const n of l.g.entry.nodes) {
    if (n.op !== 'param' || n.offset < 0) continue;
    for (const half of [0, 1]) {
      const register = l.registers.get(l.key(n, half));
      if (register !== undefined && n.offset + half < wordsInRegisters) found.set(register, n.offset + half);
    }
  }
  return found;
}

/** How many of the first instructions are copies of arguments. */
export const countOfCopies = ({ arrivals }: MachineCode): number => 2 * arrivals.size;

/** Puts the copies of all parameters that are read in front of the code. */
export function copyArguments(code: MachineCode, given: ReadonlyMap<number, number>): void {
  const read = new Set(code.blocks.flatMap((b) => b.code.flatMap((m) => m.uses)));
  const parameters = [...given]
    .filter(([parameter]) => read.has(parameter) && !code.floats.has(parameter))
    .sort(([, x], [, y]) => x - y);
  const entry = entryOf(code);
  const copies: Machine[] = [];
  for (const [parameter, register] of parameters) {
    const [came, between] = [code.registers++, code.registers++];
    code.arrivals.set(came, register);
    copies.push(keptMove(between, came, entry.origin), keptMove(parameter, between, entry.origin));
  }
  entry.code.unshift(...copies);
}
