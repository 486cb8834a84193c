/**
 * Ranks of values as gcc's reassociation gives them (get_rank in tree-ssa-reassoc.c): a parameter has its number, a phi or the result of a call that of its block, and
 * everything else, loads too, one more than the highest of its operands. In the second pass (`biased`) what an innermost loop
 * carries round for one use alone ranks above the whole loop, and does not pass that on.
 */
import { resolve, type Block, type Graph, type Node } from './ir.ts';

const blockRank = 2 ** 16;
const carriedBias = 2 ** 15;

export class Ranks {
  private readonly ranks = new Map<Node, number>();
  private readonly places = new Map<Node, number>();
  private readonly biased = new Set<Node>();
  private readonly users: ReadonlyMap<Node, readonly Node[]>;

  constructor(g: Graph, users: ReadonlyMap<Node, readonly Node[]>, biased: boolean) {
    this.users = users;
    const last = new Map<Block, number>();
    const parents = new Set(g.loops.flatMap((l) => (l.parent ? [l.parent] : [])));
    let rank = 2 + 16;
    let place = 0;
    // Every choice and check begins a block of gcc's.
    for (const b of g.blocks) {
      rank++;
      for (const phi of b.phis) this.ranks.set(phi, rank * blockRank);
      for (const n of b.nodes) {
        if (/^(select|check|divcheck)$/.test(n.op)) rank++;
        if (/^(select|call)$/.test(n.op)) this.ranks.set(n, rank * blockRank);
      }
      last.set(b, rank);
    }
    for (const loop of biased ? g.loops : []) {
      if (parents.has(loop)) continue;
      const { header, blocks } = loop;
      const latches = header.preds.filter((e) => blocks.has(e.from)).map((e) => e.from);
      const end = Math.max(...latches.map((b) => last.get(b) ?? 0));
      for (const phi of header.phis) {
        const [user, ...others] = users.get(phi) ?? [];
        if (!user || others.length || user.block.loop !== loop) continue;
        if (!phi.args.some((a) => resolve(a).op !== 'const' && resolve(a).block.loop === loop)) continue;
        this.ranks.set(phi, end * blockRank + carriedBias);
        this.biased.add(phi);
      }
    }
    for (const b of g.blocks)
      for (const n of [...b.phis, ...b.nodes]) {
        this.places.set(n, place++);
        this.of(n);
      }
  }

  /** Where a value is made, in the order of the code. */
  position(node: Node): number {
    return this.places.get(resolve(node)) ?? -1;
  }

  of(node: Node): number {
    const n = resolve(node);
    if (n.op === 'const') return 0;
    const hit = this.ranks.get(n);
    if (hit !== undefined) return hit;
    if (n.op === 'param') return 4 + Number(n.value);
    // A value of its own operands: those come first in the code.
    this.ranks.set(n, 1);
    const passes = this.passes(n);
    let rank = /^(base|size|global)$/.test(n.op) ? 3 : 0;
    for (const a of n.args) {
      const x = resolve(a);
      const r = this.of(x);
      if (this.biased.has(x)) {
        if (!passes) continue;
        this.biased.add(n);
      }
      rank = Math.max(rank, r);
    }
    // An offset is added to the address, too.
    rank += n.op === 'load' && n.offset > 0 ? 2 : 1;
    this.ranks.set(n, rank);
    return rank;
  }

  /** Whether the rank of what a loop carries goes on to a value: through one use after the other in the same loop. */
  private passes(n: Node): boolean {
    if (n.op === 'load') return false;
    const users = (this.users.get(n) ?? []).filter((u) => u.op !== 'phi' && u.type !== 'void');
    return users.length > 0 && users.every((u) => u === users[0]) && users[0]!.block.loop === n.block.loop;
  }
}
