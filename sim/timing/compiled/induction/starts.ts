/** What an induction variable begins with: gcc writes it as the loop writes the value, with what variables begin from instead of them; sums are not multiplied out. */
import { resolve, type Graph, type LoopNode, type Node } from '../ir.ts';
import type { Make } from '../simplify.ts';

/** A value before the loop's first round, and a constant more. */
export function before(g: Graph, loop: LoopNode, outside: Make, node: Node, offset = 0): Node {
  const n = resolve(node);
  const more = (sum: Node): Node =>
    offset === 0 ? sum : outside('add', 'i32', [sum, g.constant('i32', BigInt(offset))]);
  if (n.op === 'const' || (!loop.blocks.has(n.block) && !isPointerSum(n))) return more(n);
  if (n.op === 'phi')
    return more(resolve(n.args[loop.header.preds.findIndex((e) => !loop.blocks.has(e.from))]!));
  if (isPointerSum(n)) {
    if (offset === 0 && !loop.blocks.has(n.block)) return n;
    // What is added to a sum with a pointer is added to what the pointer adds (match.pd).
    const [pointer, index] = n.args as [Node, Node];
    const args = [before(g, loop, outside, pointer), before(g, loop, outside, index, offset)];
    return outside('add', 'i32', args, { name: 'pointer' });
  }
  const args = n.args.map((a) => before(g, loop, outside, a));
  return more(outside(n.op, 'i32', args));
}

/** A sum with the memory's pointer, which stays apart from what else is added. */
const isPointerSum = (n: Node): boolean => n.op === 'address' || n.name === 'pointer';
