/**
 * Jump threading from edges (dom2: thread_across_edge of gcc's tree-ssa-threadedge.cc): where a way into a join says which way its branch goes on, the join is copied for that way. Where it only says that of
 * a branch behind, the join is copied with its branch (a joiner), and the block behind it is for what comes from the copy.
 */
import { keepsOut, mostStatements, takePaths, type Path } from './copy-paths.ts';
import { splitDecidingChoices } from './deciding-choices.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { fold, removeDead } from './optimize.ts';
import { Outcomes } from './outcomes.ts';
import { Ranges } from './ranges.ts';
import { splitChoice, type Decided } from './split-choice.ts';
import { renewStructure } from './structure.ts';
import { beyond, isEmpty } from './thread-paths.ts';
import { usersOf, type Users } from './users.ts';

export function threadEdges(g: Graph): void {
  mergeJoins(g);
  if (splitDecidingChoices(g)) {
    renewStructure(g);
    threadOnce(g);
    mergeJoins(g, true);
    threadOnce(g);
  }
  threadOnce(g);
}

function threadOnce(g: Graph): void {
  if (splitDecidedChoices(g)) renewStructure(g);
  const found = joins(g).flatMap((b) => pathsThrough(g, b, new Ranges()));
  if (found.length === 0) return;
  // Those through a joiner come last.
  const paths = [...found.filter((p) => !p.joins), ...found.filter((p) => p.joins)];
  const used = new Set<Edge>();
  const taken = paths.filter(({ entry }) => !used.has(entry) && used.add(entry));
  takePaths(g, shared(g, taken));
  fold(g);
  removeDead(g);
  renewStructure(g);
}

const joins = (g: Graph): Block[] =>
  g.blocks.filter(
    (b) => b.preds.length > 1 && b.loop?.header !== b && b.preds.every((e) => e.from.loop === b.loop),
  );

interface Found extends Path {
  joins: boolean;
}

function pathsThrough(g: Graph, b: Block, ranges: Ranges): Found[] {
  const { term } = b;
  if (term.kind !== 'branch' || !isShort(b)) return [];
  return b.preds.flatMap((entry): Found[] => {
    const known = new Outcomes(g, ranges, entry);
    const straight = wayOn(b, known);
    if (straight)
      return isAllowed([b], straight) && entry.weight <= straight.weight + 1e-6
        ? [{ entry, blocks: [b], taken: straight, joins: false }]
        : [];
    for (const e of term.edges) {
      const blocks = [b];
      let last = e;
      let behind = known.behind(e);
      while (isEmpty(last.to) && blocks.length < 4) {
        blocks.push(last.to);
        last = last.to.term.edges[0]!;
        behind = behind.behind(last);
      }
      if (blocks.includes(last.to) || last.to.loop !== b.loop || last.to.loop?.header === last.to) continue;
      const on = isShort(last.to) ? wayOn(last.to, behind) : null;
      blocks.push(last.to);
      if (on && isAllowed(blocks, on) && agrees(b, on)) return [{ entry, blocks, taken: on, joins: true }];
    }
    return [];
  });
}

/** Where a block's branch leads on a way, if that is known. */
function wayOn({ term }: Block, known: Outcomes): Edge | null {
  if (term.kind !== 'branch') return null;
  const is = known.of(term.condition);
  return is === null ? null : term.edges[is ? 0 : 1];
}

/** Nothing leads round a loop or into one. */
function isAllowed(blocks: readonly Block[], taken: Edge): boolean {
  const { loop } = blocks[0]!;
  const to = beyond(taken.to);
  if (blocks.some((b) => b.loop !== loop) || blocks.includes(to) || blocks.includes(taken.to)) return false;
  return to.loop?.header !== to && taken.to.loop?.header !== taken.to;
}

/** A way from the joiner itself to where the path ends hands on the same values (phi_args_equal_on_edges). */
function agrees(joiner: Block, taken: Edge): boolean {
  const direct = joiner.term.edges.find((e: Edge) => e.to === taken.to);
  if (!direct) return true;
  const [i, j] = [taken.to.preds.indexOf(direct), taken.to.preds.indexOf(taken)];
  return taken.to.phis.every((phi) => resolve(phi.args[i]!) === resolve(phi.args[j]!));
}

/** Ways that go on alike share a copy: they meet before it. */
function shared(g: Graph, paths: readonly Path[]): Path[] {
  const groups = new Map<string, Path[]>();
  for (const p of paths) {
    const key = [...p.blocks.map(({ id }) => id), p.taken.to.id].join();
    groups.set(key, [...(groups.get(key) ?? []), p]);
  }
  return [...groups.values()].map((all) =>
    all.length === 1 ? all[0]! : { ...all[0]!, entry: meet(g, all) },
  );
}

function meet(g: Graph, paths: readonly Path[]): Edge {
  const entries = paths.map(({ entry }) => entry);
  const to = paths[0]!.blocks[0]!;
  const weight = entries.reduce((sum, e) => sum + e.weight, 0);
  const count = entries.reduce((sum, e) => sum + (e.count ?? 0), 0);
  const block = g.block(weight, to.origin, count);
  const on: Edge = { from: block, to, weight, count };
  block.term = { kind: 'jump', edges: [on] };
  block.loop = to.loop;
  const places = entries.map((e) => to.preds.indexOf(e));
  for (const phi of to.phis) {
    const args = places.map((i) => resolve(phi.args[i]!));
    const met = g.node(block, 'phi', phi.type, args, { variable: phi.variable, origin: phi.origin });
    block.phis.push(met);
    phi.args = [...phi.args.filter((_, i) => !places.includes(i)), met];
  }
  to.preds = [...to.preds.filter((_, i) => !places.includes(i)), on];
  block.preds = entries;
  for (const e of entries) e.to = block;
  return on;
}

/** A choice that is a branch to gcc, and no minimum, constant or power of two that phiopt makes something else of. */
export function isBranch(n: Node): boolean {
  if (n.op !== 'select') return false;
  const [c, x, y] = n.args.map(resolve) as [Node, Node, Node];
  if (isConst(x) && isConst(y)) return false;
  return !c.args.map(resolve).every((a) => a === x || a === y);
}

/** The first choice in a block, which ends gcc's; or its branch. */
const endOf = (b: Block): number => {
  const at = b.nodes.findIndex(isBranch);
  return at < 0 ? b.nodes.length : at;
};

/** Whether a block is copied. */
function isShort(b: Block): boolean {
  if (endOf(b) < b.nodes.length) return false;
  let statements = 0;
  for (const n of b.nodes) {
    if (keepsOut.test(n.op)) return false;
    const signed = n.op.endsWith('_s') ? n.args.filter((a) => !isConst(resolve(a))).length : 0;
    statements += 1 + signed + Number(/^(shr|div|rem)_s$/.test(n.op));
  }
  return statements <= mostStatements;
}

/** A block that only hands on what it joins to another join gives that its ways (pass_merge_phi); `empty`: one that joins no values as well, which gcc never has. */
function mergeJoins(g: Graph, empty = false): void {
  let users: Users | null = null;
  for (const b of g.blocks) {
    if (b.term.kind !== 'jump' || b.nodes.length > 0 || b.loop?.header === b) continue;
    if (b.phis.length === 0 && !(empty && b.preds.length > 1)) continue;
    const [on] = b.term.edges;
    const { to } = on;
    if (to.loop?.header === to || to === b || to.preds.length < 2 || to.loop !== b.loop) continue;
    users ??= usersOf(g);
    if (b.phis.some((phi) => (users!.get(phi) ?? []).some((u) => !to.phis.includes(u as Node)))) continue;
    if (b.preds.some((e) => to.preds.some((p) => p.from === e.from))) continue;
    const at = to.preds.indexOf(on);
    for (const phi of to.phis) {
      const given = resolve(phi.args[at]!);
      const inner = b.phis.indexOf(given);
      phi.args.splice(at, 1, ...b.preds.map((_, i) => (inner < 0 ? given : resolve(given.args[i]!))));
    }
    to.preds.splice(at, 1, ...b.preds);
    for (const e of b.preds) e.to = to;
    b.preds = [];
    users = null;
  }
  renewStructure(g);
}

/** Choices that a way decides become branches, as they are to gcc. */
function splitDecidedChoices(g: Graph): boolean {
  const ranges = new Ranges();
  const found = new Map<Node, Decided>();
  const look = (b: Block, known: Outcomes, weight: number): void => {
    const at = endOf(b);
    const choice = b.nodes[at];
    if (!choice || b.nodes.slice(0, at).some((n) => keepsOut.test(n.op))) return;
    const is = known.of(choice.args[0]!);
    if (is === null) return;
    const decided = found.get(choice) ?? [0, 0];
    decided[is ? 0 : 1] += weight;
    found.set(choice, decided);
  };
  for (const b of joins(g))
    for (const entry of b.preds) {
      const known = new Outcomes(g, ranges, entry);
      look(b, known, entry.weight);
      if (b.term.kind !== 'branch' || !isShort(b) || known.of(b.term.condition) !== null) continue;
      for (const e of b.term.edges)
        if (!isEmpty(e.to) && e.to.loop === b.loop)
          look(e.to, known.behind(e), b.weight > 0 ? (entry.weight * e.weight) / b.weight : 0);
    }
  for (const [n, decided] of found) splitChoice(g, n, decided);
  return found.size > 0;
}
