/**
 * What may change what is read. Linear memory is character-typed, so a store to it may overwrite anything, the instance's own fields included; a field
 * of the instance overwrites no other field, but linear memory may overlap it. The depth of calls is a variable of four bytes: what lies further behind a
 * pointer than that cannot be it (ranges_maybe_overlap_p in indirect_ref_may_alias_decl_p of tree-ssa-alias.cc), and at a constant address gcc sees how far that is.
 *
 *   written \ read         load   load behind   base, size, pages   global g   depth
 *   store, call            yes    yes           yes                 yes        yes
 *   store behind           yes    yes           yes                 yes        no
 *   setglobal g            yes    yes           no                  the same g only
 *   setglobal depth        yes    no            no                  no         yes
 */
import { callDepth, isConst, resolve, type Block, type Graph, type Node } from './ir.ts';

const reads = /^(load|base|size|pages|global)$/;
export const readsMemory = (n: Node): boolean => reads.test(n.op);

const depth = `global ${callDepth}`;

/** What cannot be a variable of four bytes to gcc: an access at a constant distance from the memory's pointer at which that ends, or one that is larger (indirect_ref_may_alias_decl_p). */
export function liesBehindDepth(n: Node): boolean {
  if (!/^(load|store)$/.test(n.op)) return false;
  if (n.bytes > 4) return true;
  const at = resolve(n.args[0]!);
  const address = at.op === 'address' ? resolve(at.args[1]!) : null;
  return address !== null && isConst(address) && Number(BigInt.asUintN(32, address.value)) + n.offset >= 4;
}

/** What is read alike: all of linear memory, what lies behind the depth's place, the memory's own fields, one global. */
export function placeOf(n: Node): string {
  if (n.op === 'load') return liesBehindDepth(n) ? 'load behind' : 'load';
  return n.op === 'global' ? `global ${n.value}` : 'fields';
}

export function overwrites(n: Node, place: string): boolean {
  if (n.op === 'call') return true;
  if (n.op === 'store') return place !== depth || !liesBehindDepth(n);
  if (n.op !== 'setglobal') return false;
  return (
    place === 'load' || place === `global ${n.value}` || (place === 'load behind' && n.value !== callDepth)
  );
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
