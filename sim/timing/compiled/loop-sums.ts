/**
 * Sums that the choice of induction variables puts into loops: variable + (invariant + invariant) + constant. gcc leaves the invariant part in the loop, for expansion to RTL to decide: where a sum
 * is only the address of one access, its terms are added from left to right (simplify_plus_minus in simplify-rtx.cc), pointers first, then in the order in which the values were named, the
 * constant last, so that what varies comes between them; any other invariant part is a value of its own, which leaves the loop (loop-invariant.cc).
 */
import { resolve, type Graph, type LoopNode, type Node } from './ir.ts';
import { findSegments } from './lower/placement.ts';
import { memoryObject } from './induction/uses.ts';
import { usersOf, type Users } from './users.ts';

/** Of nodes with an id of `before` or more: those that were there already stay where they are. */
export function placeLoopSums(g: Graph, before: number): void {
  const made = (n: Node) => n.id >= before && /^(add|sub|shl|mul|address)$/.test(n.op);
  const users = usersOf(g);
  findSegments(g);
  for (const loop of g.loops.toSorted((a, b) => b.depth - a.depth)) {
    const { preheader } = loop;
    if (!preheader) continue;
    const stays = new Set<Node>();
    for (const b of loop.blocks)
      if (b.loop === loop)
        for (const n of b.nodes) if (isAccess(n)) keepAddress(g, loop, n, made, users, stays);
    for (const b of [...loop.blocks].sort((x, y) => x.order - y.order)) {
      if (b.loop !== loop) continue;
      b.nodes = b.nodes.filter((n) => {
        if (!made(n) || stays.has(n) || n.args.some((a) => isInside(loop, a))) return true;
        n.block = preheader;
        preheader.nodes.push(n);
        return false;
      });
    }
  }
}

const isAccess = (n: Node): boolean => n.op === 'load' || n.op === 'store';
const isSum = (n: Node): boolean => n.op === 'add' || n.op === 'address';

const isInside = (loop: LoopNode, node: Node): boolean => {
  const n = resolve(node);
  return n.op !== 'const' && loop.blocks.has(n.block);
};

interface Term {
  node: Node;
  /** The place of its name among the others. */
  named: number;
}

/** Adds the terms of an address that one access alone uses in the order of expansion. */
function keepAddress(
  g: Graph,
  loop: LoopNode,
  access: Node,
  made: (n: Node) => boolean,
  users: Users,
  stays: Set<Node>,
): void {
  const { block } = access;
  const sums: Node[] = [];
  const terms: Term[] = [];
  let constant = access.offset;
  const collect = (n: Node, pointer: boolean): void => {
    if (n.op === 'const') {
      constant = (constant + Number(n.value)) | 0;
      return;
    }
    const all = users.get(n) ?? [];
    const alone = all.length === 1 && n.block === block && n.segment === access.segment && n.name === '';
    if (!isSum(n) || !alone) {
      const pointers = all.filter((u) => 'op' in u && u.op === 'add' && u.block === block).length;
      // A value that was rewritten keeps its name, which is older than any variable.
      const old = made(n) && !isInside(loop, n) && all.length > 1;
      let named = old ? 0 : n.id;
      if (isPointer(n)) named = pointer || pointers <= 1 ? -1 : Infinity;
      terms.push({ node: n, named });
      return;
    }
    sums.push(n);
    n.args.forEach((a, i) => collect(resolve(a), n.op === 'address' && i === 0));
  };
  collect(resolve(access.args[0]!), true);
  const invariant = (n: Node) => made(n) && n.args.every((a) => !isInside(loop, a));
  if (!sums.some(invariant) && !terms.some((t) => invariant(t.node))) return;
  const node = (op: string, args: Node[]): Node => {
    const n = g.node(block, op, 'i32', args, { origin: access.origin, segment: access.segment });
    block.nodes.splice(block.nodes.indexOf(access), 0, n);
    return n;
  };
  block.nodes = block.nodes.filter((n) => !sums.includes(n));
  // The pointer that several sums share is a name of its own, given when the variable was.
  const variable = Math.max(...terms.filter((t) => isInside(loop, t.node)).map((t) => t.node.id));
  for (const t of terms) if (t.named === Infinity) t.named = variable + 0.5;
  terms.sort((x, y) => x.named - y.named);
  let sum = terms[0]!.node;
  for (const { node: t } of terms.slice(1)) {
    sum = node('add', [sum, t]);
    if (sum.args.some((a) => isInside(loop, a))) stays.add(sum);
  }
  access.offset = 0;
  if (constant !== 0) stays.add((sum = node('add', [sum, g.constant('i32', BigInt(constant))])));
  access.args = [sum, ...access.args.slice(1)];
}

const isPointer = (n: Node): boolean => memoryObject({ terms: new Map([[n, 1]]), constant: 0 }) === n;
