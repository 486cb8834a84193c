/**
 * Loop invariant motion behind the choice of induction variables (gcc's tree-ssa-loop-im.c, lim4): what that choice put into loops leaves them where it multiplies or shifts, with all sums of it that
 * do not change either. Sums without a product stay, for reassociation and expansion to take apart.
 */
import { resolve, type Graph, type LoopNode, type Node } from './ir.ts';
import { countAt } from './static-profile.ts';

/** LIM_EXPENSIVE; anything else costs 1. */
const expensive = 20;
const movable = /^(add|sub|shl|mul|address)$/;
const costOf = ({ op }: Node): number => (/^(shl|mul)$/.test(op) ? expensive : 1);

/** Of nodes with an id of `since` or more. */
export function moveExpensiveInvariants(g: Graph, since: number): void {
  const costs = new Map<Node, number>();
  const levels = new Map<Node, LoopNode>();
  const targets = new Map<Node, LoopNode>();
  const inLoop = (n: Node, loop: LoopNode): boolean => n.op !== 'const' && loop.blocks.has(n.block);
  /** The outermost loop that does not change a value. */
  const levelOf = (n: Node, loop: LoopNode): LoopNode | null => {
    const args = n.args.map(resolve);
    let level: LoopNode | null = null;
    for (let l: LoopNode | null = loop; l?.preheader; l = l.parent) {
      // What leaves a loop itself does not pin what is made of it.
      const changes = (a: Node) => inLoop(a, l!) && !reaches(levels.get(a), l!);
      if (args.some(changes)) break;
      level = l;
    }
    return level;
  };
  const setLevel = (n: Node, target: LoopNode): void => {
    const before = targets.get(n);
    if (before && before.depth <= target.depth) return;
    targets.set(n, target);
    for (const a of n.args.map(resolve)) if (levels.has(a) && inLoop(a, target)) setLevel(a, target);
  };
  const order = g.blocks.toSorted((x, y) => x.order - y.order);
  for (const b of order) {
    const { loop } = b;
    if (!loop?.preheader) continue;
    for (const n of b.nodes) {
      if (n.id < since || !movable.test(n.op) || n.name === 'preincrement') continue;
      const outermost = levelOf(n, loop);
      const level = outermost && coldest(outermost, loop, countAt(b, b.nodes.indexOf(n)));
      if (!level) continue;
      levels.set(n, level);
      const own = n.args.map(resolve).filter((a) => a.block.loop === loop);
      const cost = own.reduce((sum, a) => sum + (costs.get(a) ?? 0), costOf(n));
      costs.set(n, cost);
      if (cost >= expensive) setLevel(n, level);
    }
  }
  for (const b of order)
    b.nodes = b.nodes.filter((n) => {
      const preheader = targets.get(n)?.preheader;
      if (!preheader) return true;
      n.block = preheader;
      preheader.nodes.push(n);
      return false;
    });
}

/** Whether a loop is as far out as another around the same place. */
const reaches = (level: LoopNode | undefined, loop: LoopNode): boolean =>
  level !== undefined && level.depth <= loop.depth;

const enteredAt = ({ preheader }: LoopNode): number => countAt(preheader!, preheader!.nodes.length);

/** The loop around a place that is entered least often, up to the outermost; null where none is entered less often than the place is reached (get_coldest_out_loop). */
function coldest(outermost: LoopNode, loop: LoopNode, count: number): LoopNode | null {
  if (count < enteredAt(loop)) return null;
  let least = loop;
  for (let l = loop; l !== outermost;) {
    l = l.parent!;
    if (enteredAt(l) <= enteredAt(least)) least = l;
  }
  return least;
}
