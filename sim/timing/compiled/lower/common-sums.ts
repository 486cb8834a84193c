/**
 * Sums that are made twice. To the compiler's tree passes an address (pointer plus index) and a sum that induction variables start from are different
 * things; after expansion they are the same addition, and its global common-subexpression pass (gcse.cc) keeps the first, which then stays in a register.
 */
import { isConst, resolve, resolveAll, type Block, type Graph, type Node } from '../ir.ts';
import { isAccess } from './facts.ts';

const isSum = (n: Node): boolean =>
  (n.op === 'add' || n.op === 'address') && n.type === 'i32' && n.name !== 'preincrement';

const keyOf = (a: Node, b: Node): string => (a.id < b.id ? `${a.id}+${b.id}` : `${b.id}+${a.id}`);

/** Sums of two values that change: those with a constant are immediates and offsets. */
export function shareSums(g: Graph): void {
  const children = new Map<Block, Block[]>();
  for (const b of g.blocks)
    if (b.dominator) children.set(b.dominator, [...(children.get(b.dominator) ?? []), b]);
  const known = new Map<string, Node>();
  const uses = new Map<Node, Node[]>();
  for (const b of g.blocks)
    for (const n of [...b.phis, ...b.nodes])
      for (const a of n.args.map(resolve)) uses.set(a, [...(uses.get(a) ?? []), n]);
  const visit = (b: Block): void => {
    const added: string[] = [];
    b.nodes = b.nodes.filter((n) => {
      n.args = n.args.map(resolve);
      if (!isSum(n) || n.args.some((a) => isConst(a))) return true;
      const [base, index] = n.args as [Node, Node];
      if (n.op === 'address' && index.op === 'add' && isConst(index.args[1]!)) {
        // (base + x) + constant: the first sum may be there.
        const sum = known.get(keyOf(base, resolve(index.args[0]!)));
        if (sum) g.shared.add(sum);
        if (sum) Object.assign(n, { op: 'add', name: 'sum', args: [sum, index.args[1]!] });
        if (sum) return true;
      }
      // A load or store adds the two itself.
      const users = uses.get(n) ?? [];
      const inside = users.every((u) => isAccess(u) && u.offset === 0);
      if (n.op === 'address' && inside) return true;
      const key = keyOf(base, index);
      const before = known.get(key);
      if (before) {
        n.forward = before;
        g.shared.add(before);
        return false;
      }
      // What stands within one load or store is no value that another could take (cse.cc).
      if (inside && users.length === 1 && users[0]!.args[1] !== n) return true;
      known.set(key, n);
      added.push(key);
      return true;
    });
    for (const child of children.get(b) ?? []) visit(child);
    for (const key of added) known.delete(key);
  };
  visit(g.entry);
  resolveAll(g);
}
