/**
 * Which operand of a commutative operation is made first. gcc puts the one with the older name first (tree_swap_operands_p), then the one that takes more statements to expand (reorder_operands in
 * cfgexpand.cc); what is no part of an expression stands before both.
 */
import { resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';
import { isMoved, operand, type Operand } from './operand.ts';

/** The register and the second operand of a commutative operation without constants: of two that may be shifted, what is made first goes along (combine tries what is linked first). */
export function commutative(l: Lowering, a: Node, b: Node): { left: number; o: Operand } {
  const [first, second] = inOrderMade(l, a, b);
  if (isMoved(l, first)) {
    const o = operand(l, first, () => false);
    return { o, left: l.value(second) };
  }
  const shifted = isMoved(l, second);
  const made = l.value(first);
  const o = operand(l, second, () => false);
  if (shifted || resolve(first) === resolve(a)) return { left: made, o };
  return { left: o.uses[0]!, o: { ...o, uses: [made] } };
}

function inOrderMade(l: Lowering, a: Node, b: Node): [Node, Node] {
  const [x, y] = [a, b].map(resolve) as [Node, Node];
  return isMadeBefore(l, y, x) ? [b, a] : [a, b];
}

function isMadeBefore(l: Lowering, x: Node, y: Node): boolean {
  const [inX, inY] = [x, y].map((n) => l.replaced.has(n));
  if (inX !== inY) return inY!;
  if (!inX) return (l.places.get(x) ?? -1) < (l.places.get(y) ?? -1);
  const [costX, costY] = [x, y].map((n) => costOf(l, n)) as [number, number];
  return costX === costY ? isOlder(x, y) : costX > costY;
}

/** Statements that expand together. */
function costOf(l: Lowering, n: Node): number {
  const hit = l.statements.get(n);
  if (hit !== undefined) return hit;
  const cost = n.args.map(resolve).reduce((sum, a) => sum + (l.replaced.has(a) ? costOf(l, a) : 0), 1);
  l.statements.set(n, cost);
  return cost;
}

/** What accessors load was inlined behind the rest. */
function isOlder(x: Node, y: Node): boolean {
  const [loadX, loadY] = [x, y].map((n) => n.op === 'load');
  return loadX === loadY ? x.id < y.id : loadY!;
}
