/** What uses each value: nodes, and blocks that end by it; in the order of the code, once for each use. */
import { resolve, type Block, type Graph, type Node } from './ir.ts';

export type Users = ReadonlyMap<Node, readonly (Node | Block)[]>;

export function usersOf(g: Graph): Users {
  const users = new Map<Node, (Node | Block)[]>();
  const add = (value: Node, user: Node | Block) => {
    const n = resolve(value);
    const list = users.get(n);
    if (list) list.push(user);
    else users.set(n, [user]);
  };
  for (const b of g.blocks) {
    for (const n of b.phis) for (const a of n.args) add(a, n);
    for (const n of b.nodes) for (const a of n.args) add(a, n);
    if ('condition' in b.term) add(b.term.condition, b);
    if (b.term.kind === 'return') for (const v of b.term.values) add(v, b);
  }
  return users;
}
