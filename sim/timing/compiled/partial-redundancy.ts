/**
 * Partial redundancy (gcc's tree-ssa-pre.c): what a block works out although some of the ways to it already have is worked out on the other ways too,
 * and comes to the block as a phi. The labels of a switch that fall into one another are the case that counts here: an address is made once on the way
 * from the switch, not at each label. Under different offsets an address is no common value to the tree pass, since wasm2c writes `data + (index + offset)`:
 * the sum of pointer and index comes to be when it is expanded, and the pass over instructions (gcse.cc) brings it.
 *
 * Only what control is sure to get to (ANTIC_IN): nothing behind a check. Loops are left to the motion of invariants.
 */
import { splitEdge } from './edges.ts';
import { isHotEdge } from './hot.ts';
import { isConst, resolve, resolveAll, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { numberMemoryStates, overwrites, placeOf, readsMemory, type MemoryStates } from './memory-state.ts';
import { fold, hasEffect, removeDead, valueKey } from './optimize.ts';
import { analyseStructure, dominates, renewStructure } from './structure.ts';

/** Comparisons stand in the condition that uses them, and divisions may trap. */
const stays = /^(param|phi|const|select|float|floatconst|eqz?|ne|[lg][te]_[su]|(div|rem)_[su])$/;
const MOST_ROUNDS = 4;

export function removePartialRedundancies(g: Graph): void {
  if (!bringAll(g, { late: false })) return;
  resolveAll(g);
  fold(g);
  removeDead(g);
  renewStructure(g);
}

/** The pass over instructions: a constant index is an offset there, and no sum. */
export function bringAddresses(g: Graph): void {
  if (!bringAll(g, { late: true })) return;
  resolveAll(g);
  removeDead(g);
  renewStructure(g);
}

function bringAll(g: Graph, { late }: { late: boolean }): boolean {
  let changed = false;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const pass = new Pass(g, late);
    for (const b of g.blocks.slice()) if (b.preds.length > 1 && b.loop?.header !== b) pass.join(b);
    if (!pass.changed) break;
    changed = true;
    analyseStructure(g);
  }
  return changed;
}

class Pass {
  changed = false;
  private readonly g: Graph;
  private readonly late: boolean;
  /** By address, the offsets at which there are accesses. */
  private readonly offsets = new Map<Node, Set<number>>();
  private readonly states: MemoryStates;
  /** By key, what has that value. */
  private readonly values = new Map<string, Node[]>();

  constructor(g: Graph, late: boolean) {
    this.g = g;
    this.late = late;
    this.states = numberMemoryStates(g);
    for (const b of g.blocks)
      for (const n of b.nodes) {
        n.args = n.args.map(resolve);
        if (!hasEffect(n)) this.add(n);
        const [address] = n.args;
        if ((n.op === 'load' || n.op === 'store') && address)
          this.offsets.set(address, (this.offsets.get(address) ?? new Set()).add(n.offset));
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
      else if (stays.test(n.op) || (this.late && !isRunningSum(n))) continue;
      else if (!(readsMemory(n) && written.some((w) => overwrites(w, placeOf(n))))) this.bring(b, n);
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
      const isThere = (k: Node) => k.block !== b && dominates(k.block, e.from) && this.isSame(n, k);
      return { args, memory, found: known.find(isThere) };
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
      this.offsets.set(made, this.offsets.get(n) ?? new Set());
      return made;
    });
    const phi = this.g.node(b, 'phi', n.type, args, { origin: n.origin });
    b.phis.push(phi);
    b.nodes.splice(b.nodes.indexOf(n), 1);
    n.forward = phi;
    this.changed = true;
    this.add({ ...n, args: own, forward: null }, phi);
    this.offsets.set(phi, this.offsets.get(n) ?? new Set());
    for (const x of b.nodes) {
      if (x.args.every((a) => !a.forward)) continue;
      x.args = x.args.map(resolve);
      if (!hasEffect(x)) this.add(x);
    }
  }

  /** Of one address at other offsets, the tree pass knows other sums. */
  private isSame(n: Node, known: Node): boolean {
    const offsets = this.offsets.get(n);
    if (this.late || n.op !== 'address' || !offsets) return true;
    return [...(this.offsets.get(known) ?? [])].some((o) => offsets.has(o));
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

/** A constant index is an offset. */
const isRunningSum = (n: Node): boolean => n.op === 'address' && !isConst(resolve(n.args[1]!));

/** A sum whose constants cancel out on the way to a join is the value itself there (phi_translate simplifies). */
function whatIsAddedAndTaken({ op, type }: Node, [sum, k]: readonly Node[]): Node | null {
  if (op !== 'add' || type !== 'i32' || sum?.op !== 'add' || !k || !isConst(k)) return null;
  const [x, c] = sum.args.map(resolve) as [Node, Node];
  return isConst(c) && BigInt.asIntN(32, BigInt(c.value) + BigInt(k.value)) === 0n ? x : null;
}
