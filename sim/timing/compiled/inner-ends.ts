/**
 * What ends an inner loop is often what its row goes on with: the next row begins where this one ends.
 *
 *   for (j = 0; j < 3; j++)               # p = PHI <start, end>
 *     for (i = 0; i < 5; i++) ... p++     # q = PHI <p, q'>   q' = q + 1   end = p + 5   if (q' != end)
 *
 * gcc makes `end` inside the inner loop, where the comparison stands, and value numbering takes it for the outer variable's next value. So p lives through the inner loop beside q and beside `end` when names become variables:
 * each keeps a register of its own, q is copied from p, and p from `end` on the way round. Then loop2_invariant takes `end` out of the inner loop, behind the copies in front of it, and cse2 makes it of the copy.
 */
import { splitEdge } from './edges.ts';
import { resolve, type Block, type Graph, type Node } from './ir.ts';
import { renewStructure } from './structure.ts';
import { usersOf, type Users } from './users.ts';

export function copyInnerEnds(g: Graph): void {
  const ends = g.blocks.flatMap((b) => b.nodes.filter((n) => n.inner));
  if (ends.length === 0) return;
  const users = usersOf(g);
  for (const end of ends) end.inner = !isReadBefore(end, users);
  for (const b of new Set(ends.map(({ block }) => block)))
    b.nodes = [...b.nodes.filter((n) => !n.inner), ...b.nodes.filter((n) => n.inner)];
  let split = false;
  for (const { header, blocks } of g.loops) {
    const backs = header.preds.filter((e) => blocks.has(e.from));
    const [back] = backs;
    if (!back || backs.length > 1) continue;
    const at = header.preds.indexOf(back);
    const own = header.phis.filter((phi) => {
      const next = resolve(phi.args[at]!);
      return next.inner && next.op === 'add' && next.args.some((a) => resolve(a) === phi);
    });
    if (own.length === 0) continue;
    const way = back.from.term.kind === 'jump' ? back.from : splitEdge(g, back);
    split ||= way !== back.from;
    for (const phi of own) {
      const end = resolve(phi.args[at]!);
      phi.args[at] = copyInto(g, way, phi, end);
      beginApart(g, phi, end);
    }
  }
  if (split) renewStructure(g);
}

/** The inner loop's variable begins as a copy, of which the end is made. */
function beginApart(g: Graph, phi: Node, end: Node): void {
  const { block } = end;
  if (block.term.kind !== 'jump') return;
  const [edge] = block.term.edges;
  const at = edge!.to.preds.indexOf(edge!);
  const inner = edge!.to.phis.find((p) => resolve(p.args[at]!) === phi);
  if (!inner) return;
  const copy = copyInto(g, block, inner, phi);
  block.nodes.splice(block.nodes.indexOf(end), 0, block.nodes.pop()!);
  inner.args[at] = copy;
  end.args = end.args.map((a) => (resolve(a) === phi ? copy : a));
}

function copyInto(g: Graph, block: Block, { variable }: Node, from: Node): Node {
  const copy = g.node(block, 'copy', 'i32', [from], { variable });
  block.nodes.push(copy);
  return copy;
}

/** Whether its own block wants it, or what begins behind it. */
function isReadBefore(end: Node, users: Users): boolean {
  const { block } = end;
  return (users.get(end) ?? []).some((u) => {
    if (!('op' in u)) return u === block;
    return u.op === 'phi' ? block.term.edges.some((e) => e.to === u.block) : u.block === block;
  });
}
