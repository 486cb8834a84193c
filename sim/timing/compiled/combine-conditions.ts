/**
 * Two branches that share a way become one on both conditions, where the second block does nothing but ask (gcc's tree-ssa-ifcombine.c, on cores for which two comparisons are
 * taken to be cheaper than a branch: LOG_OP_NON_SHORT_CIRCUIT of their tune_params):
 *
 *   if (x) { if (y) then; else no; } else no     if (x & y) then; else no
 *   if (x) yes; else if (y) yes; else no         if (x | y) yes; else no
 */
import { dropEdge } from './edges.ts';
import { isFloatComparison } from './float-operators.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { removeDead } from './optimize.ts';
import { inverted, isComparison } from './simplify.ts';
import { renewStructure } from './structure.ts';
import { usersOf, type Users } from './users.ts';

export function combineConditions(g: Graph): void {
  const users = usersOf(g);
  const onlyAsk = g.blocks.filter((b) => asksAlone(b, users));
  // The first of a chain first: each later one joins what those before it have become.
  const truths = new Set<Node>();
  let changed = false;
  for (const b of onlyAsk) {
    const pair = pairOf(b, users);
    if (pair && !isLater(pair, users) && join(g, pair, truths)) changed = true;
  }
  if (!changed) return;
  renewStructure(g);
  removeDead(g);
}

/** Whether there is nothing in it but a comparison for its branch. */
function asksAlone({ term, nodes, phis, preds }: Block, users: Users): boolean {
  if (term.kind !== 'branch' || phis.length > 0 || preds.length !== 1) return false;
  if (nodes.length === 0) return true;
  const asked = resolve(term.condition);
  return nodes.length === 1 && nodes[0] === asked && compares(asked) && users.get(asked)?.length === 1;
}

const compares = (n: Node): boolean => isComparison(n) || isFloatComparison(n);

interface Pair {
  outer: Block & { term: { kind: 'branch' } };
  inner: Block & { term: { kind: 'branch' } };
  /** The way around the inner block, and its own way to the same place. */
  around: Edge;
  shared: Edge;
}

const branches = (b: Block): b is Pair['inner'] => b.term.kind === 'branch';

function pairOf(inner: Block, users: Users): Pair | null {
  const [into] = inner.preds;
  const outer = into!.from;
  if (!branches(inner) || !branches(outer) || outer === inner) return null;
  const around = outer.term.edges.find((e) => e !== into)!;
  const shared = inner.term.edges.find((e) => leadSame(wayOf(e, users), wayOf(around, users)));
  return shared && around.to !== inner ? { outer, inner, around, shared } : null;
}

/** An edge and those behind it, through blocks that only join values for the next (pass_merge_phi of tree-ssa-phiopt.c takes these away). */
function wayOf(e: Edge, users: Users): Edge[] {
  const way = [e];
  for (;;) {
    const { to } = way.at(-1)!;
    if (to.term.kind !== 'jump' || to.nodes.length > 0) return way;
    const [next] = to.term.edges;
    const onlyNext = to.phis.every((p) =>
      (users.get(p) ?? []).every((u) => next.to.phis.includes(u as Node)),
    );
    if (!onlyNext || way.includes(next)) return way;
    way.push(next);
  }
}

function leadSame(a: readonly Edge[], b: readonly Edge[]): boolean {
  const { to } = a.at(-1)!;
  return to === b.at(-1)!.to && to.phis.every((phi) => broughtBy(a, phi) === broughtBy(b, phi));
}

/** What a phi at the end of a way gets by it. */
function broughtBy(way: readonly Edge[], phi: Node): Node {
  let value = phi;
  for (const e of way.toReversed())
    if (e.to.phis.includes(value)) value = resolve(value.args[e.to.preds.indexOf(e)]!);
  return value;
}

/** Loops are turned, and chains of tests of one value are switches, at other times. */
function isLater({ outer, inner }: Pair, users: Users): boolean {
  // A test that was copied in front of its loop is no block of its own until then (ch2 comes behind ifcombine), unless the one before was copied with it.
  for (const e of inner.term.edges) {
    const { to } = wayOf(e, users).at(-1)!;
    const { f, block } = outer.origin;
    if (to.rotated && ![...(to.loop?.blocks ?? [])].some((b) => b.origin.f === f && b.origin.block === block))
      return true;
  }
  const tested = testedValue(inner);
  if (!tested || tested !== testedValue(outer)) return false;
  const tests = (users.get(tested) ?? []).filter((u) => 'op' in u && isTest(u));
  return tests.length >= switched;
}

/** Tests of one value from which on they are a switch (if-to-switch conversion, before). */
const switched = 3;
const isTest = ({ op, args }: Node): boolean => /^(eq|ne)$/.test(op) && isConst(resolve(args[1]!));

function testedValue({ term }: Pair['inner']): Node | null {
  let asked = resolve(term.condition);
  // The last that has joined.
  if (/^(and|or)$/.test(asked.op)) asked = resolve(asked.args[1]!);
  return isTest(asked) ? resolve(asked.args[0]!) : null;
}

/** `truths`: conditions that were made here, which are 0 or 1. */
function join(g: Graph, { outer, inner, around, shared }: Pair, truths: Set<Node>): boolean {
  // What leads to the shared way is any of both (or), or what leads away from it is both (and).
  const any = inner.term.edges[0] === shared;
  const opposite = (outer.term.edges[0] === around) !== any;
  const [x, y] = [resolve(outer.term.condition), resolve(inner.term.condition)];
  // The opposite of a comparison of floating-point numbers is none where one is no number.
  if ((isFloatComparison(x) && (any || opposite)) || (isFloatComparison(y) && any)) return false;
  const add = (op: string, args: Node[]): Node => {
    const node = g.node(outer, op, 'i32', args, { origin: outer.origin });
    outer.nodes.push(node);
    return node;
  };
  const asked = (n: Node, not: boolean): Node => {
    if (compares(n)) return not ? add(inverted(n.op), n.args) : n;
    if (truths.has(n) && !not) return n;
    return add(not ? 'eq' : 'ne', [n, g.constant(n.type, 0n)]);
  };
  for (const n of inner.nodes) n.block = outer;
  outer.nodes.push(...inner.nodes);
  const condition = add(any ? 'or' : 'and', [asked(x, opposite), asked(y, false)]);
  truths.add(condition);
  around.weight += shared.weight;
  around.count = (around.count ?? 0) + (shared.count ?? 0);
  dropEdge(shared);
  const on = inner.term.edges[any ? 1 : 0];
  on.from = outer;
  outer.term = { kind: 'branch', condition, edges: any ? [around, on] : [on, around] };
  return true;
}
