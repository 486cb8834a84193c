/**
 * Choices that decide a later one (gcc's tree-ssa-threadbackward.c; wasm2c writes every select as c ? a : b, a branch to gcc). A value that was set
 * to one bound of its range needs no test against the other, and a condition that was set to a constant needs none at all:
 *
 *   v = x < lo ? lo : x;  w = x > hi ? hi : v          b: x < lo -> w = lo;  else: x > hi -> w = hi
 *   if (c ? y : 0)                                     b: c -> then, no      then: y -> yes, no
 *
 * Choices are counted (choices.ts of sim/wasm). Where nobody did, what a bound cuts off is taken to be the rarer side, anything up to a half: a quarter.
 */
import { endCount } from './edges.ts';
import { usersOf, type Users } from './users.ts';
import { isConst, resolve, resolveAll, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { inverted, isComparison } from './simplify.ts';
import { renewStructure } from './structure.ts';

const rare = 0.25;

/** Share of the runs in which a choice takes one of its values. */
function shareOf({ chosen, args }: Node, value: Node, unknown: number): number {
  if (!chosen) return unknown;
  return resolve(args[1]!) === value ? chosen.first : 1 - chosen.first;
}

export interface ThreadingBuild {
  /** Branches are as cheap as instructions: what a bound sets stays behind one, instead of being computed under the condition. */
  cheapBranches: boolean;
}

export function threadChoices(g: Graph, { cheapBranches }: ThreadingBuild): void {
  const users = usersOf(g);
  const work = [...g.blocks];
  let changed = false;
  while (work.length) {
    const b = work.pop()!;
    const clamp = b.nodes.map((n) => clampOf(n, b, users)).find((c) => c !== null);
    if (clamp) {
      const rest = cheapBranches ? byBranches(g, b, clamp) : underCondition(g, b, clamp);
      work.push(rest);
    } else if (!testsChoice(g, b, users)) continue;
    changed = true;
  }
  if (!changed) return;
  resolveAll(g);
  renewStructure(g);
}

interface Clamp {
  inner: Node;
  outer: Node;
  /** The constants that they set, each where its test is true. */
  first: { test: Node; bound: Node };
  second: { test: Node; bound: Node };
  value: Node;
}

/** A choice as a test that sets a constant and the value that it keeps otherwise. */
function bounding(
  g: Node,
): { op: string; subject: Node; limit: Node; bound: Node; kept: Node; test: Node } | null {
  if (g.op !== 'select' || g.type !== 'i32') return null;
  const [test, x, y] = g.args.map(resolve) as [Node, Node, Node];
  if (!isComparison(test) || isConst(x) === isConst(y)) return null;
  const [subject, limit] = test.args.map(resolve) as [Node, Node];
  if (!isConst(limit) || subject.type !== 'i32' || !/^[lg][te]_s$/.test(test.op)) return null;
  return isConst(x)
    ? { op: test.op, subject, limit, bound: x, kept: y, test }
    : { op: inverted(test.op), subject, limit, bound: y, kept: x, test };
}

/** A value bounded on both sides, the second test being false of what the first one sets. */
function clampOf(outer: Node, b: Block, users: Users): Clamp | null {
  const second = bounding(outer);
  if (!second || second.kept.block !== b) return null;
  const inner = second.kept;
  const first = bounding(inner);
  if (!first) return null;
  if (second.subject !== inner && second.subject !== first.subject) return null;
  const only = (n: Node, of: readonly Node[]) => (users.get(n) ?? []).every((u) => of.includes(u as Node));
  if (!only(inner, [outer, second.test]) || !only(first.test, [inner]) || !only(second.test, [outer]))
    return null;
  if (![inner, outer, first.test, second.test].every((n) => b.nodes.includes(n))) return null;
  // Of the bound itself, and of all that it stands for.
  const cut =
    second.subject === inner ? [Number(first.bound.value)] : extremes(first.op, Number(first.limit.value));
  if (cut.some((v) => holds(second.op, v, Number(second.limit.value)))) return null;
  return { inner, outer, first, second, value: first.kept };
}

const smallest = -(2 ** 31);
const largest = 2 ** 31 - 1;

/** The least and the greatest value that pass a test. */
function extremes(op: string, limit: number): [number, number] {
  switch (op) {
    case 'lt_s':
      return [smallest, limit - 1];
    case 'le_s':
      return [smallest, limit];
    case 'gt_s':
      return [limit + 1, largest];
    default:
      return [limit, largest];
  }
}

function holds(op: string, v: number, limit: number): boolean {
  switch (op) {
    case 'lt_s':
      return v < limit;
    case 'le_s':
      return v <= limit;
    case 'gt_s':
      return v > limit;
    default:
      return v >= limit;
  }
}

/** Cuts a block behind a node: the nodes after it and the way on move to another block. */
function cut(g: Graph, b: Block, behind: Node): Block {
  const rest = g.block(b.weight, b.origin, endCount(b));
  const at = b.nodes.indexOf(behind) + 1;
  rest.nodes = b.nodes.splice(at);
  for (const n of rest.nodes) n.block = rest;
  rest.term = b.term;
  for (const e of rest.term.edges) e.from = rest;
  return rest;
}

function join(from: Block, to: Block, weight: number, count: number): Edge {
  const edge: Edge = { from, to, weight, count };
  to.preds.push(edge);
  return edge;
}

/** The test of a clamp that sets its constant where it is true. */
function testOf(g: Graph, b: Block, { test, bound }: Clamp['first'], choice: Node, subject?: Node): Node {
  const [x, limit] = test.args.map(resolve) as [Node, Node];
  const sets = resolve(choice.args[1]!) === bound;
  return g.node(b, sets ? test.op : inverted(test.op), 'i32', [subject ?? x, limit], { origin: test.origin });
}

/** What takes the value of the clamp: a phi, and one of its own for a narrow store behind it, to which the conversion has moved (tree-ssa-pre.c). */
function deliver(g: Graph, rest: Block, { outer }: Clamp): Delivered {
  const whole = g.node(rest, 'phi', 'i32', [], { variable: outer.variable });
  let narrow: Delivered['narrow'] = null;
  let passed = false;
  for (const n of rest.nodes) {
    if (/^(guard|guard64|check|divcheck|call)$/.test(n.op)) passed = true;
    const stored = n.op === 'store' && n.bytes < 4 && !passed;
    n.args = n.args.map((a, i) => {
      if (resolve(a) !== outer) return a;
      if (!stored || i !== 1 || (narrow && narrow.mask !== maskOf(n.bytes))) return whole;
      narrow ??= { phi: g.node(rest, 'phi', 'i32', []), mask: maskOf(n.bytes) };
      return narrow.phi;
    });
  }
  outer.forward = whole;
  rest.phis = narrow ? [(narrow as { phi: Node }).phi, whole] : [whole];
  return { whole, narrow };
}

interface Delivered {
  whole: Node;
  narrow: { phi: Node; mask: bigint } | null;
}

const maskOf = (bytes: number): bigint => (1n << BigInt(8 * bytes)) - 1n;

function recordBranches(g: Graph, ...choices: Node[]): void {
  for (const { chosen } of choices) if (chosen) g.branched.push(chosen);
}

/** Branches: each bound is set in a block of its own. */
function byBranches(g: Graph, b: Block, clamp: Clamp): Block {
  const { inner, outer, first, second, value } = clamp;
  recordBranches(g, inner, outer);
  const rest = cut(g, b, outer);
  const early = b.weight * shareOf(inner, first.bound, rare);
  const { count } = rest;
  const half = count / 2;
  const then = g.block(b.weight - early, b.origin, half);
  const late = Math.min(then.weight, shareOf(outer, second.bound, rare * (1 - rare)) * b.weight);
  const low = g.block(early, b.origin, half);
  const high = g.block(late, b.origin, half / 2);
  const { whole, narrow } = deliver(g, rest, clamp);
  const firstTest = testOf(g, b, first, inner);
  const secondTest = testOf(
    g,
    then,
    second,
    outer,
    resolve(second.test.args[0]!) === inner ? value : undefined,
  );
  const gone = new Set([inner, outer, first.test, second.test]);
  b.nodes = [...b.nodes.filter((n) => !gone.has(n)), firstTest];
  then.nodes = [secondTest];
  b.term = {
    kind: 'branch',
    condition: firstTest,
    edges: [join(b, low, early, half), join(b, then, b.weight - early, half)],
  };
  low.term = { kind: 'jump', edges: [join(low, rest, early, half)] };
  const through = narrow ? g.block(then.weight - late, b.origin, half / 2) : null;
  const inside = join(then, through ?? rest, then.weight - late, half / 2);
  then.term = { kind: 'branch', condition: secondTest, edges: [join(then, high, late, half / 2), inside] };
  high.term = { kind: 'jump', edges: [join(high, rest, late, half / 2)] };
  if (through) through.term = { kind: 'jump', edges: [join(through, rest, through.weight, half / 2)] };
  const values = new Map<Block, Node>([
    [low, first.bound],
    [high, second.bound],
    [through ?? then, value],
  ]);
  whole.args = rest.preds.map((e) => values.get(e.from)!);
  if (narrow && through) {
    const { phi, mask } = narrow;
    const converted = g.node(through, 'and', 'i32', [value, g.constant('i32', mask)]);
    through.nodes = [converted];
    phi.args = rest.preds.map((e) =>
      e.from === through ? converted : g.constant('i32', values.get(e.from)!.value & mask),
    );
  }
  return rest;
}

/** Conditional instructions: the first bound is set under its condition, and a branch under the same one goes around the second test. */
function underCondition(g: Graph, b: Block, clamp: Clamp): Block {
  const { inner, outer, first, second, value } = clamp;
  recordBranches(g, inner, outer);
  const rest = cut(g, b, outer);
  const early = b.weight * shareOf(inner, first.bound, rare);
  const half = rest.count / 2;
  const then = g.block(b.weight - early, b.origin, half);
  const { whole, narrow } = deliver(g, rest, clamp);
  const firstTest = testOf(g, b, first, inner);
  const bounded = g.node(b, 'select', 'i32', [firstTest, first.bound, value], { variable: inner.variable });
  const own = resolve(second.test.args[0]!);
  const secondTest = testOf(g, then, second, outer, own === inner || own === value ? bounded : undefined);
  const gone = new Set([inner, outer, first.test, second.test]);
  b.nodes = [...b.nodes.filter((n) => !gone.has(n)), firstTest, bounded];
  const choose = (kept: Node) =>
    g.node(then, 'select', 'i32', [secondTest, second.bound, kept], { variable: outer.variable });
  const made = choose(bounded);
  const kept = narrow && g.node(then, 'and', 'i32', [bounded, g.constant('i32', narrow.mask)]);
  const stored = kept && choose(kept);
  then.nodes = [secondTest, ...(kept && stored ? [kept, stored] : []), made];
  b.term = {
    kind: 'branch',
    condition: firstTest,
    edges: [join(b, rest, early, half), join(b, then, b.weight - early, half)],
  };
  then.term = { kind: 'jump', edges: [join(then, rest, then.weight, half)] };
  const values = (v: Node) => rest.preds.map((e) => (e.from === b ? bounded : v));
  whole.args = values(made);
  if (narrow && stored) narrow.phi.args = values(stored);
  return rest;
}

/** A branch on a choice of which one arm is a constant: where that one is chosen, the way is known. */
function testsChoice(g: Graph, b: Block, users: Users): boolean {
  const { term } = b;
  if (term.kind !== 'branch') return false;
  const condition = resolve(term.condition);
  const compared =
    /^(eq|ne)$/.test(condition.op) &&
    isConst(resolve(condition.args[1]!), 0) &&
    users.get(condition)?.length === 1;
  const choice = compared ? resolve(condition.args[0]!) : condition;
  if (choice.op !== 'select' || choice.type !== 'i32' || !b.nodes.includes(choice)) return false;
  if ((users.get(choice) ?? []).length !== 1) return false;
  const [c, x, y] = choice.args.map(resolve) as [Node, Node, Node];
  if (isConst(x) === isConst(y)) return false;
  recordBranches(g, choice);
  const [constant, tested] = isConst(x) ? [x, y] : [y, x];
  const yes = (constant.value !== 0n) !== (compared && condition.op === 'eq');
  const decided = term.edges[yes ? 0 : 1];
  // Where nobody counted, either of the two decided it.
  const early = choice.chosen
    ? Math.min(decided.weight, b.weight * shareOf(choice, constant, 0))
    : decided.weight / 2;
  const half = endCount(b) / 2;
  const then = g.block(b.weight - early, b.origin, half);
  const short = join(b, decided.to, early, half);
  const arrived = decided.to.preds.indexOf(decided);
  for (const phi of decided.to.phis) phi.args.push(phi.args[arrived]!);
  const asked = compared
    ? g.node(then, condition.op, 'i32', [tested, g.constant('i32', 0n)], { origin: condition.origin })
    : tested;
  if (compared) then.nodes = [asked];
  then.term = { kind: 'branch', condition: asked, edges: term.edges };
  for (const e of term.edges) {
    e.from = then;
    e.count = (e.count ?? 0) / 2;
  }
  decided.weight -= early;
  const on = join(b, then, b.weight - early, half);
  b.term = { kind: 'branch', condition: c, edges: constant === x ? [short, on] : [on, short] };
  b.nodes = b.nodes.filter((n) => n !== choice && !(compared && n === condition));
  return true;
}
