/**
 * Code sinking (gcc's tree-ssa-sink.c): a value that is first needed where the function gets to less than three quarters as often moves there. A
 * passed bounds check is such a step: wasm2c marks the trap unlikely, which gcc takes for 10 %, so work that is needed three checks later waits,
 * and what it works on stays in registers, or on the stack, until then. Loads stay where they are, the volatile asm behind them uses them.
 */
import { splitEdge } from './edges.ts';
import { mayTrap } from './global-values.ts';
import { hasEffect } from './optimize.ts';
import { resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { countAt } from './static-profile.ts';
import { analyseStructure, renewStructure } from './structure.ts';

/** param sink-frequency-threshold, in percent. */
const threshold = 0.75;
const stays = /^(load|base|size|global|pages|param|select|clz|ctz|float)$/;

/** A place in a block: before the node at `index`. */
interface Place {
  block: Block;
  index: number;
}

export function sink(g: Graph): void {
  const made = splitCriticalEdges(g);
  moveDown(g);
  const empty = made.filter((b) => b.nodes.length === 0);
  empty.forEach(leaveOut);
  if (made.length === 0) return;
  renewStructure(g);
}

/** A block on each way from a branch to a join (split_edges_for_insertion), where something may be worked out for that way alone; none at the end of a loop (sinkbb == latch). */
function splitCriticalEdges(g: Graph): Block[] {
  const made: Block[] = [];
  for (const b of g.blocks.slice()) {
    if (b.term.edges.length < 2) continue;
    const goesRound = (to: Block) => g.loops.some((l) => l.header === to && l.blocks.has(b));
    for (const e of b.term.edges)
      if (e.to.preds.length > 1 && e.to.phis.length > 0 && !goesRound(e.to)) made.push(splitEdge(g, e));
  }
  if (made.length > 0) analyseStructure(g);
  return made;
}

function leaveOut(b: Block): void {
  const [into] = b.preds as [Edge];
  const { to } = b.term.edges[0]!;
  to.preds[to.preds.findIndex((e) => e.from === b)] = into;
  into.to = to;
}

function moveDown(g: Graph): void {
  const uses = new Uses(g);
  for (const b of g.blocks.toReversed())
    for (const n of b.nodes.toReversed()) {
      if (hasEffect(n) || stays.test(n.op) || n.args.length === 0) continue;
      const from = { block: b, index: b.nodes.indexOf(n) };
      const choice = uses.choiceOf(n);
      if (choice?.block === b) {
        // A loop begins behind its first check, where that is copied in front of it, and what comes before goes round as a value.
        const between = b.nodes.slice(from.index, b.nodes.indexOf(choice));
        if (b.loop?.header === b && between.some((x) => mayTrap.test(x.op))) continue;
        b.nodes.splice(from.index, 1);
        b.nodes.splice(b.nodes.indexOf(choice), 0, n);
        continue;
      }
      const to = commonPlace(uses.of(n));
      if (!to || !dominatesPlace(from, to)) continue;
      const shallower = depth(to.block) < depth(b);
      if (depth(to.block) > depth(b)) continue;
      const reached = countAt(to.block, to.index);
      if (!shallower && reached >= threshold * countAt(from.block, from.index)) continue;
      b.nodes.splice(from.index, 1);
      to.block.nodes.splice(to.block === b ? to.index - 1 : to.index, 0, n);
      n.block = to.block;
    }
}

const depth = (b: Block): number => b.loop?.depth ?? 0;

/** What uses each value: nodes, phis on the way from a block, and ends of blocks. Sinking moves users, but changes none. */
class Uses {
  private readonly nodes = new Map<Node, Node[]>();
  /** Blocks at whose end the value is used. */
  private readonly ends = new Map<Node, Block[]>();

  constructor(g: Graph) {
    for (const b of g.blocks) {
      for (const phi of b.phis) phi.args.forEach((a, i) => this.end(a, b.preds[i]!.from));
      for (const n of b.nodes)
        for (const a of new Set(n.args.map(resolve))) this.nodes.set(a, [...(this.nodes.get(a) ?? []), n]);
      if ('condition' in b.term) this.end(b.term.condition, b);
      if (b.term.kind === 'return') for (const v of b.term.values) this.end(v, b);
    }
  }

  private end(value: Node, b: Block): void {
    const n = resolve(value);
    this.ends.set(n, [...(this.ends.get(n) ?? []), b]);
  }

  /** The choice that alone uses the value, as one of its arms: to gcc it is needed on one of two ways only. */
  choiceOf(value: Node): Node | null {
    const [user, ...others] = this.nodes.get(value) ?? [];
    if (user?.op !== 'select' || others.length > 0 || this.ends.has(value)) return null;
    return user.args.map(resolve).lastIndexOf(value) > 0 && resolve(user.args[0]!) !== value ? user : null;
  }

  of(value: Node): Place[] {
    return [
      ...(this.nodes.get(value) ?? []).map((n) => ({ block: n.block, index: n.block.nodes.indexOf(n) })),
      ...(this.ends.get(value) ?? []).map((block) => ({ block, index: block.nodes.length })),
    ];
  }
}

/** The last place from which all of them are still reached: the nearest common dominator. */
function commonPlace(places: readonly Place[]): Place | null {
  let common: Place | null = null;
  for (const p of places) {
    if (!common) common = p;
    else if (common.block === p.block) common = p.index < common.index ? p : common;
    else {
      const block: Block | null = nearestDominator(common.block, p.block);
      if (!block) return null;
      if (block === common.block) continue;
      common = block === p.block ? p : { block, index: block.nodes.length };
    }
  }
  return common;
}

function nearestDominator(a: Block, b: Block): Block | null {
  const above = new Set<Block>();
  for (let x: Block | null = a; x; x = x.dominator) above.add(x);
  let y: Block | null = b;
  while (y && !above.has(y)) y = y.dominator;
  return y;
}

function dominatesPlace(a: Place, b: Place): boolean {
  if (a.block === b.block) return a.index < b.index;
  return nearestDominator(a.block, b.block) === a.block;
}
