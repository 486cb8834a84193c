/**
 * Constants go to what is subtracted from a variable (gcc's tree-ssa-reassoc.c behind the choice of variables): (p - x) + c is p + (c - x), where x does not change
 * in the loop. Only where x itself stayed: a variable that counts -x leaves the constant to the address.
 */
import { isConst, resolve, type Graph, type Node } from '../ir.ts';
import { usersOf, type Users } from '../users.ts';

export function joinDifferences(g: Graph): void {
  const users = usersOf(g);
  for (const b of g.blocks)
    for (const n of b.nodes) {
      const difference = n.args.length > 0 ? negationIn(resolve(n.args[0]!), users) : null;
      if (!difference) continue;
      if (n.op === 'add' && n.type === 'i32' && isConst(resolve(n.args[1]!))) {
        const { value, negation } = difference;
        n.args = [value, joined(g, negation, resolve(n.args[1]!).value)];
      } else if ((n.op === 'load' || n.op === 'store') && n.offset !== 0) {
        const { sum, value, negation } = difference;
        sum.args = [value, joined(g, negation, BigInt(n.offset))];
        n.offset = 0;
      }
    }
}

interface Difference {
  sum: Node;
  value: Node;
  negation: Node;
}

/** A sum of a variable and a negation from before the loop, used once. */
function negationIn(sum: Node, users: Users): Difference | null {
  if (sum.op !== 'add' || sum.type !== 'i32' || users.get(sum)?.length !== 1) return null;
  const [value, negation] = sum.args.map(resolve) as [Node, Node];
  if (!isDifference(negation)) return null;
  return negation.block.loop === value.block.loop ? null : { sum, value, negation };
}

/** A constant less values. */
function isDifference({ op, args }: Node): boolean {
  if (op !== 'sub') return false;
  const from = resolve(args[0]!);
  return isConst(from) || isDifference(from);
}

function joined(g: Graph, negation: Node, constant: bigint): Node {
  const { block, type, origin, args } = negation;
  const from = resolve(args[0]!);
  const more = isConst(from) ? g.constant(type, from.value + constant) : joined(g, from, constant);
  const n = g.node(block, 'sub', type, [more, args[1]!], { origin });
  block.nodes.splice(block.nodes.indexOf(negation) + 1, 0, n);
  return n;
}
