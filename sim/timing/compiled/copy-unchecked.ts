/**
 * Where no check is left in a loop whose header was copied up to its checks (copy-headers.ts), its last test stands in its middle, and the vectoriser's turn at copying headers (ch_vect) takes loops with one way out: what stands before the test is copied in front of the loop, too,
 * which begins and ends as it was written, a round later.
 */
import type { CopiedChecks } from './copy-headers.ts';
import { dropEdge } from './edges.ts';
import { costOf, mostCopied, stopsCopying, testCost } from './header-cost.ts';
import { resolve, type Block, type Edge, type Graph, type LoopNode, type Node } from './ir.ts';
import { repairSsa } from './repair-ssa.ts';
import { branchesToTrap } from './static-profile.ts';
import { renewStructure } from './structure.ts';

export function copyUnchecked(g: Graph, checks: CopiedChecks): void {
  const copies = new Map<Node, Map<Block, Node>>();
  const ends = new Set([...checks.values()].map((n) => n.block));
  for (const loop of g.loops)
    if (
      loop.blocks.size === 2 &&
      [...loop.blocks].some((b) => ends.has(b) && b.loop === loop) &&
      !loop.header.nodes.some((n) => stopsCopying(n)) &&
      loop.header.nodes.reduce((sum, n) => sum + costOf(n), testCost) <= mostCopied
    )
      copyFirstRound(g, loop, copies);
  if (copies.size === 0) return;
  repairSsa(g, copies);
  renewStructure(g);
}

/**
 * Copies what stands before the test of a loop of one block, or of a header and a block that goes back to it, in front of the loop.
 * @param copies What stands for values in the copy, for `repairSsa`.
 * @returns whether the loop is one of these.
 */
export function copyFirstRound(
  g: Graph,
  { header, blocks, preheader }: LoopNode,
  copies: Map<Node, Map<Block, Node>>,
): boolean {
  const { term } = header;
  const [entry, back] = [preheader?.term.edges[0], header.preds.find((e) => e.from !== preheader)];
  if (term.kind !== 'branch' || !entry || !back || blocks.size > 2 || header.preds.length !== 2) return false;
  const [stay, leave] = term.edges[0].to === back.from ? term.edges : [term.edges[1], term.edges[0]];
  if (stay.to !== back.from || blocks.has(leave.to)) return false;
  if (back.from !== header && back.from.term.kind !== 'jump') return false;
  if ([...blocks].some((b) => b.nodes.some((n) => branchesToTrap.test(n.op)))) return false;
  const { weight, count = 0 } = entry;
  const copy = g.block(weight, header.origin, count);
  const values = new Map<Node, Node>();
  const at = header.preds.indexOf(entry);
  for (const phi of header.phis) {
    const value = resolve(phi.args[at]!);
    values.set(phi, value);
    copies.set(phi, new Map([[copy, value]]));
  }
  const given = (n: Node): Node => values.get(resolve(n)) ?? resolve(n);
  for (const n of header.nodes) {
    const twin = g.copy(n, copy, n.args.map(given));
    copy.nodes.push(twin);
    values.set(n, twin);
    copies.set(n, new Map([[copy, twin]]));
  }
  dropEdge(entry);
  entry.to = copy;
  copy.preds = [entry];
  const stayed = Math.min(weight, stay.weight);
  const guessed = header.count > 0 ? Math.min(1, count / header.count) : 0;
  const side = (e: Edge, part: number): Edge => {
    const own: Edge = { from: copy, to: e.to, weight: part, count: (e.count ?? 0) * guessed };
    for (const phi of e.to.phis) phi.args.push(phi.args[e.to.preds.indexOf(e)]!);
    e.to.preds.push(own);
    e.weight -= part;
    e.count = (e.count ?? 0) * (1 - guessed);
    return own;
  };
  const sides = term.edges.map((e) => side(e, e === stay ? stayed : weight - stayed)) as [Edge, Edge];
  copy.term = { kind: 'branch', condition: given(term.condition), edges: sides };
  header.weight -= weight;
  header.count -= Math.min(header.count, count);
  if (back.from === header) return true;
  for (const e of back.from.term.edges) {
    e.weight = header.weight;
    e.count = header.count;
  }
  back.from.weight = header.weight;
  back.from.count = header.count;
  back.from.rotated = true;
  return true;
}
