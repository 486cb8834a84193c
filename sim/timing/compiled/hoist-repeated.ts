/**
 * Code hoisting (do_hoist_insertion of gcc's tree-ssa-pre.c): what every way out of a branch works out, before anything may end the function there, is worked out once in front of the branch. The arms
 * that are left are shorter, and more of them are executed under a condition.
 */
import { isFloatComparison } from './float-operators.ts';
import { type Block, type Graph, type Node, resolve, resolveAll } from './ir.ts';
import { numberMemoryStates, overwrites, placeOf, readsMemory, type MemoryStates } from './memory-state.ts';
import { hasEffect, removeDead, valueKey } from './optimize.ts';
import { mayTrap } from './global-values.ts';

/** Comparisons stand in the condition that uses them, and choices are branches to gcc. */
const stays = /^(param|phi|const|select|floatconst|pages|eqz?|ne|[lg][te]_[su])$/;

/** To be asked after partial redundancies are gone: then what only one way and the join behind it work out stands on both. */
export function hoistRepeated(g: Graph): void {
  const states = numberMemoryStates(g);
  let changed = false;
  for (const b of g.blocks.toReversed())
    if (b.term.edges.length > 1) changed = hoist(g, b, states) || changed;
  if (!changed) return;
  resolveAll(g);
  removeDead(g);
}

function hoist(g: Graph, b: Block, states: MemoryStates): boolean {
  const ways = b.term.edges.map((e) => e.to);
  if (ways.some((to) => to.preds.length !== 1 || to === b)) return false;
  // What only the way out of a loop has made would move through the whole loop.
  if (ways.every((to) => b.loop && !b.loop.blocks.has(to))) return false;
  let changed = false;
  // Each makes what is worked out from it the same on all ways.
  for (let found = true; found;) {
    found = false;
    const made = ways.map((to) => anticipated(to, b, states));
    for (const [key, first] of made[0]!) {
      const same = made.map((m) => m.get(key));
      if (same.some((n) => !n)) continue;
      const node = Object.assign(g.copy(first, b, first.args.map(resolve)), { variable: -1 });
      b.nodes.push(node);
      for (const n of same as Node[]) {
        n.forward = node;
        // The volatile asm behind a load stays where it was.
        const rest = n.op === 'load' ? [g.node(n.block, 'forced', 'void', [node])] : [];
        n.block.nodes.splice(n.block.nodes.indexOf(n), 1, ...rest);
      }
      found = changed = true;
    }
  }
  return changed;
}

/** By value, what a block works out from what is known before it, while it is sure to go on. */
function anticipated(to: Block, from: Block, states: MemoryStates): Map<string, Node> {
  const made = new Map<string, Node>();
  const written: Node[] = [];
  for (const n of to.nodes) {
    if (mayTrap.test(n.op)) break;
    if (hasEffect(n)) written.push(n);
    else if (!stays.test(n.op) && !isFloatComparison(n)) {
      const args = n.args.map(resolve);
      if (args.some((a) => a.block === to)) continue;
      if (readsMemory(n) && written.some((w) => overwrites(w, placeOf(n)))) continue;
      const memory = readsMemory(n) ? (states.get(placeOf(n))?.get(from) ?? 0) : 0;
      made.set(valueKey(n, args, memory), n);
    }
  }
  return made;
}
