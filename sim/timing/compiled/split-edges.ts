/**
 * What only one of the ways out of a block needs moves to that way (commit_edge_insertions of cfgrtl.cc), where it stays on cores on which a branch costs little: elsewhere it is
 * done before the branch, if the other way does not mind (dead_or_predicable of ifcvt.cc).
 */
import type { Machine, MachineBlock, MachineCode } from './machine.ts';

export function splitEdges(code: MachineCode): void {
  const ways = new Map<number, number>([[code.entry, 1]]);
  for (const b of code.blocks) for (const { to } of b.successors) ways.set(to, (ways.get(to) ?? 0) + 1);
  const byId = new Map(code.blocks.map((b) => [b.id, b]));
  let id = code.blocks.reduce((most, b) => Math.max(most, b.id), 0);
  for (const b of [...code.blocks]) {
    if (b.successors.length !== 2 || b.successors[0]!.to === b.successors[1]!.to) continue;
    // Both sides of what is executed under a condition are one block in the end.
    if (b.successors.some(({ to }) => byId.get(to)!.guarded)) continue;
    for (const way of b.successors) {
      const moves = b.code.filter((m) => m.way === way.to);
      if (moves.length === 0) continue;
      b.code = b.code.filter((m) => m.way !== way.to);
      if (ways.get(way.to) === 1) byId.get(way.to)!.code.unshift(...moves);
      else code.blocks.push(between(code, b, way, moves, ++id));
    }
  }
}

function between(
  { loops }: MachineCode,
  b: MachineBlock,
  way: MachineBlock['successors'][number],
  moves: Machine[],
  id: number,
): MachineBlock {
  for (const l of loops) {
    const [from, to] = [l.blocks.includes(b.id), l.blocks.includes(way.to)];
    if (from && to) l.blocks.push(id);
    else if (to && l.header === way.to && l.preheader === b.id) l.preheader = id;
  }
  const { to, weight, frequency = 1, count = 0 } = way;
  way.to = id;
  return {
    ...b,
    ...{ id, weight, frequency, passing: [frequency], counts: [count], code: moves },
    successors: [{ to, weight, frequency, count }],
    loopDepth: loops.reduce((depth, l) => (l.blocks.includes(id) ? Math.max(depth, l.depth) : depth), 0),
  };
}
