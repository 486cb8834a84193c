/** Which of two values comes first in the code. */
import type { Node } from '../ir.ts';
import { dominates } from '../structure.ts';

/** Whether one comes behind the other on every way. */
export function isBehind(n: Node, other: Node): boolean {
  if (n.block !== other.block) return dominates(other.block, n.block);
  return n.op !== 'phi' && (other.op === 'phi' || n.block.nodes.indexOf(n) > n.block.nodes.indexOf(other));
}

/** Accesses by the first of them that all others of its list come behind. */
export function inOrder(accesses: readonly Node[]): Node[][] {
  const lists: Node[][] = [];
  const place = (n: Node): [number, number] => [n.block.order, n.block.nodes.indexOf(n)];
  const sorted = accesses
    .map((n) => ({ n, at: place(n) }))
    .toSorted(({ at: [b, i] }, { at: [c, k] }) => b - c || i - k);
  for (const { n } of sorted) {
    const list = lists.find(([first]) => first === n || isBehind(n, first!));
    if (list) list.push(n);
    else lists.push([n]);
  }
  return lists;
}
