/**
 * a * c +- b * c is (a +- b) * c, and a * c - a is a * (c - 1), where nothing else uses the products (match.pd). a * c + a as well, but combine multiplies that
 * out again, into one instruction.
 */
import { resolve, type Graph, type Node } from './ir.ts';
import type { Make } from './simplify.ts';

export function takeFactorOut(
  g: Graph,
  { op, type, args }: Node,
  isUsedOnce: (n: Node) => boolean,
  make: Make,
): Node | null {
  if ((op !== 'add' && op !== 'sub') || (type !== 'i32' && type !== 'i64')) return null;
  const [a, b] = args.map(resolve) as [Node, Node];
  const isProduct = (n: Node) => n.op === 'mul' && isUsedOnce(n);
  if (!isProduct(a) && !isProduct(b)) return null;
  const one = g.constant(type, 1n);
  const product = (factor: Node, x: Node, y: Node) => make('mul', type, [make(op, type, [x, y]), factor]);
  const other = (n: Node, factor: Node) => resolve(n.args[resolve(n.args[0]!) === factor ? 1 : 0]!);
  const has = (n: Node, factor: Node) => n.args.some((x) => resolve(x) === factor);
  if (isProduct(a) && isProduct(b)) {
    const common = a.args.map(resolve).find((x) => has(b, x));
    if (common) return product(common, other(a, common), other(b, common));
  }
  if (op === 'add') return null;
  if (isProduct(a) && has(a, b)) return product(b, other(a, b), one);
  if (isProduct(b) && has(b, a)) return product(a, one, other(b, a));
  return null;
}
