/** Paths of blocks, each of which comes only from the one before, as gcc's passes over instructions follow them. */
import type { MachineBlock, MachineCode } from './machine.ts';

/** Blocks of a path that cse.cc follows (param max-cse-path-length). */
export const longestPath = 10;

/** By block, the only one that goes on to it; null where several do, or none as at the entry. */
export function onlyBefore(code: MachineCode): (b: MachineBlock) => MachineBlock | null {
  const before = new Map<number, MachineBlock | null>([[code.entry, null]]);
  for (const b of code.blocks) for (const { to } of b.successors) before.set(to, before.has(to) ? null : b);
  return ({ id }) => before.get(id) ?? null;
}
