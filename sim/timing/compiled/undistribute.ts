/**
 * Common factors of the terms of a sum (undistribute_ops_list in gcc's tree-ssa-reassoc.c): a * c + b * c is (a + b) * c, the factor that most products share first. Only of
 * products that nothing else uses and that are added, not taken away.
 */
import { resolve, type Block, type Graph, type Node } from './ir.ts';
import type { Ranks } from './ranks.ts';

export interface Term {
  node: Node;
  negative: boolean;
  rank: number;
}

interface Factor {
  node: Node;
  count: number;
}

export class Undistribution {
  private readonly g: Graph;
  private readonly ranks: Ranks;
  private readonly users: ReadonlyMap<Node, readonly Node[]>;

  constructor(g: Graph, ranks: Ranks, users: ReadonlyMap<Node, readonly Node[]>) {
    this.g = g;
    this.ranks = ranks;
    this.users = users;
  }

  /** The terms that are left; what they are made of now joins `place`, the order of the block, in front of the sum. */
  run(terms: readonly Term[], root: Node, b: Block, place: Map<Node, number>): readonly Term[] {
    const left = terms.toSorted(
      (x, y) => y.rank - x.rank || this.ranks.position(y.node) - this.ranks.position(x.node),
    );
    const factors = left.map((t) => (this.isProduct(t, root, b) ? this.factorsOf(t.node, root, b) : null));
    if (factors.filter((f) => f).length < 2) return terms;
    let changed = false;
    for (const { node: common, count } of counted(factors)) {
      if (count < 2) break;
      const sharing = [...left.keys()].filter((i) => factors[i]?.includes(common));
      if (sharing.length < 2) continue;
      for (const i of sharing) this.remove(left[i]!.node, root, b, place);
      const rests = sharing.map((i) => this.without(factors[i]!, common, root, b, place));
      const sum = rests.reduce((x, y) => this.make('add', [x, y], root, b, place));
      const product = this.make('mul', [sum, common], root, b, place);
      const [first, ...others] = sharing as [number, ...number[]];
      left[first] = { node: product, negative: false, rank: this.ranks.of(product) };
      factors[first] = null;
      // Each of the others is zero now.
      for (const i of others.toReversed()) {
        left.splice(i, 1);
        factors.splice(i, 1);
      }
      changed = true;
    }
    return changed ? left : terms;
  }

  private isProduct({ node, negative }: Term, root: Node, b: Block): boolean {
    return !negative && this.isInner(node, root, b);
  }

  /** Of what nothing but a sum or a product uses, in the loop of the sum. */
  private isInner(n: Node, root: Node, b: Block): boolean {
    if (n.op !== 'mul' || n.type !== root.type || (this.users.get(n) ?? []).length !== 1) return false;
    return b.loop === null || b.loop.blocks.has(n.block);
  }

  private factorsOf(product: Node, root: Node, b: Block): Node[] {
    return product.args
      .map(resolve)
      .flatMap((a) => (this.isInner(a, root, b) ? this.factorsOf(a, root, b) : [a]));
  }

  private without(
    factors: readonly Node[],
    common: Node,
    root: Node,
    b: Block,
    place: Map<Node, number>,
  ): Node {
    const at = factors.indexOf(common);
    const rest = factors.filter((_, i) => i !== at);
    return rest.reduce((x, y) => this.make('mul', [x, y], root, b, place));
  }

  /** Of a product, all that was made for it alone. */
  private remove(product: Node, root: Node, b: Block, place: Map<Node, number>): void {
    for (const a of product.args.map(resolve)) if (this.isInner(a, root, b)) this.remove(a, root, b, place);
    place.delete(product);
    product.block.nodes = product.block.nodes.filter((n) => n !== product);
  }

  private make(op: string, args: Node[], root: Node, b: Block, place: Map<Node, number>): Node {
    const n = this.g.node(b, op, root.type, args, { origin: root.origin });
    place.set(n, Math.max(-1, ...args.map((a) => place.get(a) ?? -1)) + 1e-6);
    return n;
  }
}

/** Factors by how many there are, the latest first of those that are as many. */
function counted(factors: readonly (readonly Node[] | null)[]): Factor[] {
  const counts = new Map<Node, number>();
  for (const list of factors) for (const n of list ?? []) counts.set(n, (counts.get(n) ?? 0) + 1);
  return [...counts]
    .map(([node, count]) => ({ node, count }))
    .toReversed()
    .sort((x, y) => y.count - x.count);
}
