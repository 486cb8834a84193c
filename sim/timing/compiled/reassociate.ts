/**
 * Reassociation (gcc's tree-ssa-reassoc.cc): the terms of a sum of three or more are added in the order of their ranks, constants first, and in the pass behind the choice of induction variables what comes
 * round the loop last; what bits are joined of likewise. The partial results are new temporaries that stand where one stood before, or behind what they take.
 */
import { usersOf } from './users.ts';
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { isComparison } from './simplify.ts';
import { Ranks } from './ranks.ts';
import { Undistribution, type Term } from './undistribute.ts';

/** `biased`: what comes round a loop is put off. */
export function reassociate(g: Graph, { biased }: { biased: boolean }): void {
  const users = nodesUsing(g);
  const ranks = new Ranks(g, users, biased);
  const undistribution = new Undistribution(g, ranks, users);
  const outside = new Set<Node>();
  for (const b of g.blocks) {
    if ('condition' in b.term) outside.add(resolve(b.term.condition));
    if (b.term.kind === 'return') for (const v of b.term.values) outside.add(resolve(v));
  }
  const inner = (n: Node, root: Node, b: Block): boolean =>
    familyOf(n) === familyOf(root) &&
    n.type === root.type &&
    n.block === b &&
    !outside.has(n) &&
    (users.get(n) ?? []).length === 1;

  for (const b of g.blocks) {
    const place = new Map(b.nodes.map((n, i) => [n, i] as const));
    let changed = false;
    for (const root of b.nodes.slice()) {
      const family = familyOf(root);
      if (!family) continue;
      const [user] = users.get(root) ?? [];
      if (user && user.block === b && inner(root, user, b)) continue;
      const found: Term[] = [];
      const sums: Node[] = [];
      let constant = neutral[family];
      const collect = (n: Node, negative: boolean): void => {
        n.args.map(resolve).forEach((a, i) => {
          const sign = negative !== (n.op === 'sub' && i === 1);
          if (inner(a, root, b)) {
            sums.push(a);
            collect(a, sign);
          } else if (isConst(a)) constant = join[family](constant, sign ? -a.value : a.value);
          else found.push({ node: a, negative: sign, rank: ranks.of(a) + Number(sign) });
        });
      };
      collect(root, false);
      const type = root.type;
      constant = BigInt.asIntN(type === 'i64' ? 64 : 32, constant);
      if (constant !== neutral[family])
        found.push({ node: g.constant(type, constant), negative: false, rank: 0 });
      if (family !== 'add' && !isPlain(found)) continue;
      const terms = family === 'add' ? undistribution.run(found, root, b, place) : found;
      if (terms !== found && terms.length === 1) becomeProduct(root, terms[0]!.node, sums, place);
      else if (found.length >= 3) rebuild(g, b, root, ordered(terms, root, ranks), sums, place);
      else continue;
      changed = true;
    }
    if (changed) b.nodes = [...place.keys()].sort((x, y) => place.get(x)! - place.get(y)!);
  }
}

/** All terms had one factor. */
function becomeProduct(root: Node, product: Node, sums: readonly Node[], place: Map<Node, number>): void {
  for (const n of [...sums, product]) place.delete(n);
  root.op = 'mul';
  root.args = product.args;
}

type Family = 'add' | 'and' | 'or' | 'xor';
const neutral: Record<Family, bigint> = { add: 0n, and: -1n, or: 0n, xor: 0n };
const join: Record<Family, (a: bigint, b: bigint) => bigint> = {
  add: (a, b) => a + b,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

/** What moves a pointer is no sum to it. */
const familyOf = (n: Node): Family | null => {
  if (n.name === 'pointer' || (n.type !== 'i32' && n.type !== 'i64')) return null;
  if (n.op === 'sub') return 'add';
  return n.op in neutral ? (n.op as Family) : null;
};

/** Neither the same twice nor tests, which gcc makes something else of. */
const isPlain = (terms: readonly Term[]): boolean =>
  new Set(terms.map(({ node }) => node)).size === terms.length &&
  !terms.some(({ node }) => isComparison(node));

/** Ends of blocks are no users to gcc's ranks. */
const nodesUsing = (g: Graph): ReadonlyMap<Node, readonly Node[]> =>
  new Map([...usersOf(g)].map(([n, users]) => [n, users.filter((u) => 'op' in u)]));

/** Terms in the order in which they are added (sort_by_operand_rank and swap_ops_for_binary_stmt, from the end). */
function ordered(terms: readonly Term[], root: Node, ranks: Ranks): Term[] {
  const order = terms
    .map((t, i) => ({ ...t, i }))
    .sort((x, y) => x.rank - y.rank || ranks.position(x.node) - ranks.position(y.node) || x.i - y.i);
  // Behind a mask, bits are tested: a constant comes last.
  if (/^(and|or|xor)$/.test(root.op) && isConst(order[0]!.node) && order.length > 2) {
    const last = order.length - 1;
    [order[0], order[last]] = [order[last]!, order[0]!];
  }
  const [a, b, c] = order as unknown as [Term, Term, Term];
  if (!c) return order;
  // Of the first three, the two that rank alike make a pair; what the sum comes back as round the loop stays out of it.
  const updates = (t: Term) => t.node.op === 'phi' && t.node.args.some((x) => resolve(x) === root);
  const only = (t: Term) =>
    order.length === 3 && updates(t) && [a, b, c].every((o) => o === t || !updates(o));
  if ((c.rank === b.rank && b.rank !== a.rank) || only(a)) order.splice(0, 3, ...([c, b, a] as typeof order));
  else if (only(b)) order.splice(0, 3, ...([a, c, b] as typeof order));
  return order;
}

function rebuild(
  g: Graph,
  b: Block,
  root: Node,
  order: readonly Term[],
  sums: readonly Node[],
  place: Map<Node, number>,
): void {
  // Of the first two, one begins: a constant where the other is taken away from it.
  const family = familyOf(root)!;
  const begins = order
    .slice(0, 2)
    .findIndex((t, i) => !t.negative && (!isConst(t.node) || order[1 - i]!.negative));
  const first = begins >= 0 ? begins : order.findIndex((t) => !t.negative && !isConst(t.node));
  if (first < 0) return;
  const places = sums.map((n) => place.get(n)!).sort((x, y) => x - y);
  if (first > 1 && order.slice(0, first).every(({ node }) => !isConst(node))) {
    const taken = addUp(g, root, order.slice(0, first), places[0]!, place);
    order = [order[first]!, { node: taken, negative: true, rank: 0 }, ...order.slice(first + 1)];
    return rebuild(g, b, root, order, sums, place);
  }
  const rest = order.filter((_, i) => i !== first);
  if (stands(root, order[first]!.node, rest)) return;
  const kept = keepLast(root, rest, sums);
  root = kept.root;
  sums = kept.sums;
  for (const n of sums) place.delete(n);
  let sum = order[first]!.node;
  let at = place.get(sum) ?? -1;
  rest.forEach((t, i) => {
    const op = t.negative ? 'sub' : family;
    if (i === rest.length - 1) {
      root.op = op;
      root.args = [sum, t.node];
      return;
    }
    const node = g.node(b, op, root.type, [sum, t.node], { origin: root.origin });
    // Fractions of a place: behind what is added, in front of what follows it.
    at = Math.max(at, place.get(t.node) ?? -1, places[i] ?? -1) + 1e-6;
    place.set(node, at);
    sum = node;
  });
}

/** What is taken away before anything is added, added up: a sum of two that are negative is one that is (repropagate_negates). */
function addUp(g: Graph, root: Node, terms: readonly Term[], from: number, place: Map<Node, number>): Node {
  let at = from;
  return terms
    .map(({ node }) => node)
    .reduce((sum, node) => {
      const next = g.node(root.block, familyOf(root)!, root.type, [sum, node], { origin: root.origin });
      at = Math.max(at, ...[sum, node].map((n) => place.get(n) ?? -1)) + 1e-6;
      place.set(next, at);
      return next;
    });
}

/**
 * What adds the last terms as it did before stays as it is, and so does the name of the one below that changes (rewrite_expr_tree); takes the terms off the list. The sums are those inside of what is left.
 */
function keepLast(root: Node, rest: Term[], sums: readonly Node[]): { root: Node; sums: readonly Node[] } {
  const family = familyOf(root)!;
  const inside = new Set(sums);
  while (rest.length > 1) {
    const { node, negative } = rest.at(-1)!;
    if (root.op !== (negative ? 'sub' : family)) break;
    const [a, b] = root.args.map(resolve) as [Node, Node];
    const inner = b === node ? a : !negative && a === node ? b : null;
    if (!inner || !inside.has(inner)) break;
    inside.delete(inner);
    root = inner;
    rest.pop();
  }
  return { root, sums: [...inside] };
}

/** Whether a sum adds up in this order already: then gcc leaves its statements where they are. */
function stands(root: Node, begin: Node, rest: readonly Term[]): boolean {
  let sum = root;
  const family = familyOf(root)!;
  for (const { node, negative } of rest.toReversed()) {
    if (sum.op !== (negative ? 'sub' : family)) return false;
    const [a, b] = sum.args.map(resolve) as [Node, Node];
    if (b !== node && (negative || a !== node)) return false;
    sum = b === node ? a : b;
  }
  return sum === begin;
}
