/**
 * Reassociation of sums (gcc's tree-ssa-reassoc.c): the terms of a sum of three or more are added in the order in which they
 * become known, constants first, and what comes round the loop last. The partial sums are new temporaries, so nothing keeps
 * gcc's expansion from making the whole sum where it ends, with all its terms alive until then.
 */
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';

interface Term {
  node: Node;
  negative: boolean;
}

export function reassociate(g: Graph): void {
  const users = new Map<Node, Node[]>();
  for (const b of g.blocks)
    for (const n of [...b.phis, ...b.nodes])
      for (const a of n.args) {
        const x = resolve(a);
        users.set(x, [...(users.get(x) ?? []), n]);
      }
  const outside = new Set<Node>();
  for (const b of g.blocks) {
    if ('condition' in b.term) outside.add(resolve(b.term.condition));
    if (b.term.kind === 'return') for (const v of b.term.values) outside.add(resolve(v));
  }
  const inner = (n: Node, type: Node['type'], b: Block): boolean =>
    (n.op === 'add' || n.op === 'sub') &&
    n.type === type &&
    n.block === b &&
    !outside.has(n) &&
    (users.get(n) ?? []).length === 1;

  for (const b of g.blocks)
    for (const root of b.nodes.slice()) {
      if (root.op !== 'add' && root.op !== 'sub') continue;
      const [user] = users.get(root) ?? [];
      if (
        user &&
        inner(root, root.type, b) &&
        (user.op === 'add' || user.op === 'sub') &&
        user.type === root.type &&
        user.block === b
      )
        continue;
      const terms: Term[] = [];
      const sums: Node[] = [];
      const collect = (n: Node, negative: boolean): void => {
        n.args.map(resolve).forEach((a, i) => {
          const sign = negative !== (n.op === 'sub' && i === 1);
          if (inner(a, root.type, b)) {
            sums.push(a);
            collect(a, sign);
          } else terms.push({ node: a, negative: sign });
        });
      };
      collect(root, false);
      if (terms.length >= 3) rebuild(g, b, root, terms, sums);
    }
}

function rebuild(g: Graph, b: Block, root: Node, terms: Term[], sums: readonly Node[]): void {
  const position = (n: Node): number => {
    if (isConst(n)) return -2;
    if (n.op === 'phi' && n.block === b.loop?.header) return b.nodes.length;
    return n.block === b ? b.nodes.indexOf(n) : -1;
  };
  const order = terms
    .map((t, i) => ({ ...t, at: position(t.node), i }))
    .sort((x, y) => x.at - y.at || x.i - y.i);
  const first = order.findIndex((t) => !t.negative && !isConst(t.node));
  if (first < 0) return;
  const [start] = order.splice(first, 1);
  const gone = new Set(sums);
  b.nodes = b.nodes.filter((n) => !gone.has(n));
  let sum = start!.node;
  let known = sum;
  order.forEach((t, i) => {
    const last = i === order.length - 1;
    const op = t.negative ? 'sub' : 'add';
    if (last) {
      root.op = op;
      root.args = [sum, t.node];
      return;
    }
    const node = g.node(b, op, root.type, [sum, t.node], { origin: root.origin });
    const latest = [known, t.node].reduce((x, y) => (b.nodes.indexOf(y) > b.nodes.indexOf(x) ? y : x));
    const at =
      latest.block === b && latest.op !== 'phi' ? b.nodes.indexOf(latest) + 1 : b.nodes.indexOf(root);
    b.nodes.splice(at, 0, node);
    sum = node;
    known = node;
  });
}
