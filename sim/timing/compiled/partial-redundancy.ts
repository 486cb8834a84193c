/**
 * Partial redundancy (gcc's tree-ssa-pre.c): what a block works out although some of the ways to it already have is worked out on the other ways too,
 * and comes to the block as a phi. The labels of a switch that fall into one another are the case that counts here: an address is made once on the way
 * from the switch, not at each label.
 *
 * Only what control is sure to get to (ANTIC_IN): nothing behind a check. Loops are left to the motion of invariants.
 */
import { splitEdge } from './edges.ts';
import { isHotEdge } from './hot.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { numberMemoryStates, overwrites, placeOf, readsMemory, type MemoryStates } from './memory-state.ts';
import { fold, hasEffect, removeDead, valueKey } from './optimize.ts';
import { analyseStructure, dominates, renewStructure } from './structure.ts';

/** Comparisons stand in the condition that uses them, and divisions may trap. */
const stays = /^(param|phi|const|select|float|floatconst|eqz?|ne|[lg][te]_[su]|(div|rem)_[su])$/;
const MOST_ROUNDS = 4;

export function removePartialRedundancies(g: Graph): void {
  let changed = false;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const pass = new Pass(g);
    for (const b of g.blocks.slice()) if (b.preds.length > 1 && b.loop?.header !== b) pass.join(b);
    if (!pass.changed) break;
    changed = true;
    analyseStructure(g);
  }
  if (!changed) return;
  for (const b of g.blocks) for (const n of b.nodes) n.args = n.args.map(resolve);
  fold(g);
  removeDead(g);
  renewStructure(g);
}

class Pass {
  changed = false;
  private readonly g: Graph;
  private readonly states: MemoryStates;
  /** By key, what has that value. */
  private readonly values = new Map<string, Node[]>();

  constructor(g: Graph) {
    this.g = g;
    this.states = numberMemoryStates(g);
    for (const b of g.blocks)
      for (const n of b.nodes) {
        n.args = n.args.map(resolve);
        if (!hasEffect(n)) this.add(n);
      }
  }

  /** `as`: what the value has become. */
  private add(n: Node, as = n): void {
    const key = valueKey(n, n.args, n.memory);
    this.values.set(key, [...(this.values.get(key) ?? []), as]);
  }

  /** Values that a block makes before anything keeps control from going on, ways to it being joined. */
  join(b: Block): void {
    const written: Node[] = [];
    for (const n of b.nodes.slice()) {
      if (/check|guard|^call$/.test(n.op)) return;
      if (hasEffect(n)) written.push(n);
      else if (!stays.test(n.op) && !(readsMemory(n) && written.some((w) => overwrites(w, placeOf(n)))))
        this.bring(b, n);
    }
  }

  private bring(b: Block, n: Node): void {
    const own = n.args.map(resolve);
    if (own.some((a) => a.block === b && a.op !== 'phi')) return;
    const ways = b.preds.map((e, i) => {
      const args = own.map((a) => (a.op === 'phi' && a.block === b ? resolve(a.args[i]!) : a));
      const memory = readsMemory(n) ? (this.states.get(placeOf(n))?.get(e.from) ?? 0) : 0;
      const undone = whatIsAddedAndTaken(n, args);
      if (undone && undone.block !== b && dominates(undone.block, e.from))
        return { args, memory, found: undone };
      const known = this.values.get(valueKey(n, args, memory)) ?? [];
      return { args, memory, found: known.find((k) => dominates(k.block, e.from) && k.block !== b) };
    });
    if (!ways.some(({ found }, i) => found && isHotEdge(b.preds[i]!))) return;
    const first = ways[0]!.found;
    if (first && ways.every(({ found }) => found === first)) return;
    const args = ways.map(({ args: translated, memory, found }, i) => {
      if (found) return found;
      const at = this.endOf(b.preds[i]!);
      const made = Object.assign(this.g.copy(n, at, translated), { memory, variable: -1 });
      at.nodes.push(made);
      this.add(made);
      return made;
    });
    const phi = this.g.node(b, 'phi', n.type, args, { origin: n.origin });
    b.phis.push(phi);
    b.nodes.splice(b.nodes.indexOf(n), 1);
    n.forward = phi;
    this.changed = true;
    this.add({ ...n, args: own, forward: null }, phi);
    for (const x of b.nodes) {
      if (x.args.every((a) => !a.forward)) continue;
      x.args = x.args.map(resolve);
      if (!hasEffect(x)) this.add(x);
    }
  }

  /** The block that control passes on this edge alone. */
  private endOf(e: Edge): Block {
    const { from, to } = e;
    if (from.term.kind === 'jump') return from;
    const block = splitEdge(this.g, e);
    block.dominator = from;
    block.order = from.order + 0.5;
    block.loop = to.loop && from.loop === to.loop ? to.loop : from.loop;
    for (const place of this.states.values()) place.set(block, place.get(from) ?? 0);
    return block;
  }
}

/** A sum whose constants cancel out on the way to a join is the value itself there (phi_translate simplifies). */
function whatIsAddedAndTaken({ op, type }: Node, [sum, k]: readonly Node[]): Node | null {
  if (op !== 'add' || type !== 'i32' || sum?.op !== 'add' || !k || !isConst(k)) return null;
  const [x, c] = sum.args.map(resolve) as [Node, Node];
  return isConst(c) && BigInt.asIntN(32, BigInt(c.value) + BigInt(k.value)) === 0n ? x : null;
}
