/**
 * What may change what is read. Linear memory is character-typed, so a store to it may overwrite anything, the instance's own fields included; a field
 * of the instance overwrites no other field, but linear memory may overlap it.
 *
 *   written \ read      load   base, size, pages   global g
 *   store, call         yes    yes                 yes
 *   setglobal g         yes    no                  the same g only
 */
import type { Block, Graph, Node } from './ir.ts';

const reads = /^(load|base|size|pages|global)$/;
export const readsMemory = (n: Node): boolean => reads.test(n.op);

/** What is read alike: all of linear memory, the memory's own fields, one global. */
export const placeOf = (n: Node): string =>
  n.op === 'load' ? 'load' : n.op === 'global' ? `global ${n.value}` : 'fields';

export function overwrites(n: Node, place: string): boolean {
  if (n.op === 'store' || n.op === 'call') return true;
  return n.op === 'setglobal' && (place === 'load' || place === `global ${n.value}`);
}

/** Rounds after which states only spread. */
const settled = 8;

/** By place, the state at the end of each block. */
export type MemoryStates = Map<string, Map<Block, number>>;

/**
 * Numbers the state of each place before each node that reads it; equal numbers mean that nothing was written in between. Every write makes
 * a state of its own (its node's id + 1), and so does every block where different states meet.
 */
export function numberMemoryStates(g: Graph): MemoryStates {
  const ends: MemoryStates = new Map();
  const places = new Set(g.blocks.flatMap((b) => b.nodes.filter(readsMemory).map(placeOf)));
  for (const place of places) {
    const out = new Map<Block, number>();
    ends.set(place, out);
    for (let changed = true, round = 0; changed; round++) {
      changed = false;
      for (const b of g.blocks) {
        const states = new Set(b.preds.map((e) => out.get(e.from)).filter((v) => v !== undefined));
        // A state of its own that comes round is no other one; where loops keep passing theirs to each other, it stays.
        if (round < settled) states.delete(-1 - b.id);
        const [only = 0] = states;
        let state = states.size > 1 ? -1 - b.id : only;
        for (const n of b.nodes) {
          if (readsMemory(n) && placeOf(n) === place) n.memory = state;
          if (overwrites(n, place)) state = n.id + 1;
        }
        if (out.get(b) !== state) {
          out.set(b, state);
          changed = true;
        }
      }
    }
  }
  return ends;
}
