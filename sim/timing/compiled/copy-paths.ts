/** Blocks of a path that is known to go on one way (gcc's tree-ssa-threadupdate.c) are copied for that path alone. */
import { endCount } from './edges.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { repairSsa } from './repair-ssa.ts';
import { renewStructure } from './structure.ts';

/** param max-jump-thread-duplication-stmts. */
export const mostStatements = 15;
/** What ends gcc's blocks, has a volatile asm behind it or is not to be copied. */
export const keepsOut = /^(check|guard|guard64|divcheck|call|accessor|load|forced|enter|param)$/;

export interface Path {
  /** The way that comes to know. */
  entry: Edge;
  /** Blocks that are copied, the branch's last. */
  blocks: Block[];
  taken: Edge;
}

export function takePaths(g: Graph, paths: readonly Path[]): void {
  if (paths.length === 0) return;
  const copies = new Map<Node, Map<Block, Node>>();
  for (const p of paths) copyPath(g, p, copies);
  repairSsa(g, copies);
  for (const twins of copies.values()) for (const n of twins.values()) addOnce(g, n);
  renewStructure(g);
}

function copyPath(g: Graph, { entry, blocks, taken }: Path, copies: Map<Node, Map<Block, Node>>): void {
  const target = blocks.at(-1)!;
  const steps = blocks.map((b, i) => b.term.edges.find((e: Edge) => e.to === blocks[i + 1]) ?? taken);
  const intact = entry.to === blocks[0] && steps.every((e, i) => e.to === (blocks[i + 1] ?? taken.to));
  if (!intact) return;
  const mapped = new Map<Node, Node>();
  const at = (n: Node): Node => mapped.get(resolve(n)) ?? resolve(n);
  let into = entry;
  blocks.forEach((b, i) => {
    const { weight } = into;
    const guessed = Math.min(into.count ?? 0, b.count);
    const moved = b.count > 0 ? guessed / b.count : 0;
    const copy = g.block(weight, b.origin, guessed);
    const position = b.preds.indexOf(i === 0 ? entry : steps[i - 1]!);
    const incoming = b.phis.map((phi) => at(phi.args[position]!));
    if (i === 0) {
      b.preds.splice(position, 1);
      for (const phi of b.phis) phi.args.splice(position, 1);
    }
    into.to = copy;
    copy.preds = [into];
    b.phis.forEach((phi, k) => {
      // What comes in is what the value was before the path, which may go through this block once more.
      const twin = g.copy(phi, copy, [incoming[k]!]);
      copy.phis.push(twin);
      mapped.set(phi, twin);
    });
    for (const n of b.nodes) {
      const twin = g.copy(n, copy, n.args.map(at));
      twin.count *= moved;
      n.count *= 1 - moved;
      copy.nodes.push(twin);
      mapped.set(n, twin);
    }
    for (const n of [...b.phis, ...b.nodes])
      copies.set(n, (copies.get(n) ?? new Map<Block, Node>()).set(copy, mapped.get(n)!));
    const before = b.weight;
    b.weight = Math.max(0, before - weight);
    const end = endCount(b) * moved;
    b.count -= guessed;
    const follow = (e: Edge, w: number, count: number): Edge => {
      e.weight = Math.max(0, e.weight - w);
      e.count = Math.max(0, (e.count ?? 0) - count);
      return { from: copy, to: e.to, weight: w, count };
    };
    const join = (made: Edge, e: Edge): Edge => {
      const k = e.to.preds.indexOf(e);
      e.to.preds.push(made);
      for (const phi of e.to.phis) phi.args.push(at(phi.args[k]!));
      return made;
    };
    const along = steps[i]!;
    if (b === target) {
      copy.term = { kind: 'jump', edges: [join(follow(along, weight, end), along)] };
      return;
    }
    const other = besideOf(b, along);
    const share = other && before > 0 ? weight * Math.min(1, other.weight / before) : 0;
    // No more than went that way in the end: the rest leaves on the way, and as late as it can.
    const later = blocks
      .slice(i + 1, -1)
      .reduce((sum, x, k) => sum + (besideOf(x, steps[i + 1 + k]!)?.weight ?? 0), 0);
    const aside = other ? Math.min(Math.max(share, weight - taken.weight - later), other.weight) : 0;
    const beside = (other?.count ?? 0) * moved;
    into = follow(along, weight - aside, end - beside);
    if (b.term.kind !== 'branch') copy.term = { kind: 'jump', edges: [into] };
    else {
      const leave = join(follow(other!, aside, beside), other!);
      copy.term = {
        kind: 'branch',
        condition: at(b.term.condition),
        edges: b.term.edges[0] === along ? [into, leave] : [leave, into],
      };
    }
  });
}

const besideOf = ({ term }: Block, along: Edge): Edge | undefined =>
  term.edges.find((e: Edge) => e !== along);

/** x + c + d is x + (c + d) (forwprop4). */
function addOnce(g: Graph, n: Node): void {
  const [sum, d] = n.args.map(resolve);
  if (n.op !== 'add' || sum!.op !== 'add' || !isConst(d!)) return;
  const [x, c] = sum!.args.map(resolve) as [Node, Node];
  if (isConst(c)) n.args = [x, g.constant(n.type, c.value + d!.value)];
}
