/**
 * Jump threading along paths (gcc's tree-ssa-threadbackward.c, behind the loop passes): where a way to a branch says which way it goes on, the blocks between
 * are copied for that way alone, and it goes straight there. A switch in a loop whose arms set what it switches on becomes jumps from arm to arm.
 */
import { takePaths, type Path } from './copy-paths.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { exchanged, inverted, isComparison, simplify } from './simplify.ts';

/** --param max-fsm-thread-path-insns; elsewhere than around a loop through a switch, max-jump-thread-duplication-stmts over fsm-scale-path-stmts. */
const [longestAroundSwitch, longest] = [100, 15 / 2];
/** Blocks of a path. */
const mostBlocks = 10;

export function threadPaths(g: Graph): void {
  for (const b of g.blocks) if (b.term.kind === 'table') branchOnChoices(g, b);
  const used = new Set<Edge>();
  const paths: Path[] = [];
  for (const b of g.blocks)
    for (const p of pathsTo(g, b))
      if (!used.has(p.entry)) {
        used.add(p.entry);
        paths.push(p);
      }
  takePaths(g, paths);
}

/** Ways to a branch on which its condition is a constant. */
function pathsTo(g: Graph, target: Block): Path[] {
  const { term } = target;
  if (term.kind !== 'branch' && term.kind !== 'table') return [];
  const found = repeatedTests(target);
  const leaf = leafOf(resolve(term.condition));
  if (!leaf) return found;
  const search = (b: Block, value: Node, blocks: Block[]): void => {
    if (blocks.length > mostBlocks) return;
    b.preds.forEach((entry, i) => {
      const chosen = value.op === 'phi' && value.block === b;
      // Nothing is peeled off a loop.
      if (chosen && entry.from.loop !== target.loop) return;
      const here = chosen ? resolve(value.args[i]!) : value;
      if (isConst(here)) {
        const taken = takenEdge(g, target, leaf, here);
        if (!taken || blocks.includes(beyond(taken.to)) || blocks.includes(before(entry.from))) return;
        if (isWorth(blocks, target)) found.push({ entry, blocks, taken });
      } else if (!blocks.includes(entry.from) && (here.op === 'phi' || here.block !== entry.from)) {
        if (here.op === 'phi' && entry.from.order >= here.block.order)
          search(entry.from, here, [entry.from, ...blocks]);
      }
    });
  };
  search(target, leaf, [target]);
  return found;
}

/** Ways round to a loop's first test from the same test, whose outcome is known then: `while (i <= j) { ...; if (i <= j) ... }`. */
function repeatedTests(target: Block): Path[] {
  const { term, loop, preds } = target;
  const condition = term.kind === 'branch' ? resolve(term.condition) : null;
  if (!condition || !isComparison(condition) || condition.block !== target || loop?.header !== target)
    return [];
  return preds.flatMap((entry, i): Path[] => {
    const from = before(entry.from);
    if (from.term.kind !== 'branch' || entry.from.loop !== loop || !isWorth([target], target)) return [];
    const test = resolve(from.term.condition);
    const [x, y] = condition.args.map((a) => valueAt(resolve(a), target, i)) as [Node | null, Node | null];
    const [a, b] = test.args.map(resolve) as [Node, Node];
    if (!isComparison(test) || !x || !y) return [];
    const same = x === a && y === b ? test.op : x === b && y === a ? exchanged(test.op) : '';
    if (same !== condition.op && inverted(same) !== condition.op) return [];
    const was = beyond(from.term.edges[0].to) === target || from.term.edges[0] === entry;
    const holds = (same === condition.op) === was;
    const taken = (term as { edges: [Edge, Edge] }).edges[holds ? 0 : 1];
    return beyond(taken.to) === target ? [] : [{ entry, blocks: [target], taken }];
  });
}

/** What a value of a block is on one of the ways into it; null for what the block makes anew. */
function valueAt(n: Node, b: Block, way: number): Node | null {
  if (n.op === 'const' || n.block !== b) return n;
  return n.op === 'phi' ? resolve(n.args[way]!) : null;
}

export const isEmpty = (b: Block): boolean =>
  b.nodes.length === 0 && b.phis.length === 0 && b.term.kind === 'jump' && b.preds.length === 1;

/** Where control comes to through blocks that do nothing, which gcc does not have. */
export function beyond(b: Block): Block {
  let at = b;
  while (isEmpty(at)) at = at.term.edges[0]!.to;
  return at;
}

function before(b: Block): Block {
  let at = b;
  while (isEmpty(at)) at = at.preds[0]!.from;
  return at;
}

/** The one phi that a condition depends on. */
function leafOf(n: Node, depth = 0): Node | null {
  if (n.op === 'phi') return n;
  if (depth > 3 || !/^(add|sub|and|eq|ne|[lg][te]_[su])$/.test(n.op)) return null;
  const [a, b] = n.args.map(resolve) as [Node, Node];
  return isConst(b) ? leafOf(a, depth + 1) : null;
}

function takenEdge(g: Graph, { term }: Block, leaf: Node, value: Node): Edge | null {
  if (term.kind !== 'branch' && term.kind !== 'table') return null;
  const make = (op: string, type: Node['type'], args: Node[], extra: Partial<Node> = {}): Node => {
    const node = g.node(leaf.block, op, type, args, extra);
    return simplify(g, node, make) ?? node;
  };
  const of = (n: Node): Node =>
    n === leaf ? value : isConst(n) ? n : make(n.op, n.type, n.args.map(resolve).map(of));
  const known = of(resolve(term.condition));
  if (!isConst(known)) return null;
  if (term.kind === 'branch') return term.edges[known.value !== 0n ? 0 : 1];
  return term.edges[Math.min(Number(BigInt.asUintN(32, known.value)), term.edges.length - 1)]!;
}

function isWorth(blocks: readonly Block[], target: Block): boolean {
  const size = blocks.reduce(
    (sum, b) => sum + b.nodes.length + (b !== target && b.term.edges.length > 1 ? 2 : 0),
    0,
  );
  const around = blocks.some((b, i) => i > 0 && b.order <= blocks[i - 1]!.order);
  return size < (target.term.kind === 'table' && around ? longestAroundSwitch : longest);
}

/** What is chosen by a condition comes by a branch, as wasm2c writes it, where a switch asks for it. */
function branchOnChoices(g: Graph, target: Block): void {
  if (target.term.kind !== 'table') return;
  const leaf = leafOf(resolve(target.term.condition));
  if (!leaf) return;
  const seen = new Set<Node>();
  const choices: { edge: Edge; choice: Node }[] = [];
  const visit = (phi: Node): void => {
    if (seen.has(phi)) return;
    seen.add(phi);
    phi.args.map(resolve).forEach((a, i) => {
      const edge = phi.block.preds[i]!;
      if (a.op === 'phi') visit(a);
      else if (a.op === 'select' && a.block === edge.from && edge.from.term.kind === 'jump')
        if (isConst(resolve(a.args[1]!)) && isConst(resolve(a.args[2]!))) choices.push({ edge, choice: a });
    });
  };
  visit(leaf);
  for (const { edge, choice } of choices) splitChoice(g, edge, choice, target, leaf);
}

function splitChoice(g: Graph, edge: Edge, choice: Node, target: Block, leaf: Node): void {
  const from = choice.block;
  const users = g.blocks.flatMap((b) => b.nodes.filter((n) => n.args.some((a) => resolve(a) === choice)));
  if (users.some((n) => n.block !== from || !/^(setglobal|store)$/.test(n.op))) return;
  if (g.blocks.some((b) => 'condition' in b.term && resolve(b.term.condition) === choice)) return;
  const [condition, yes, no] = choice.args.map(resolve) as [Node, Node, Node];
  const { to } = edge;
  const k = to.preds.indexOf(edge);
  // How often each is chosen is not counted: by how often what it leads to runs.
  const wanted = [yes, no].map((v) => takenEdge(g, target, leaf, v)?.to.weight ?? 0) as [number, number];
  const share = wanted[0] + wanted[1] > 0 ? wanted[0] / (wanted[0] + wanted[1]) : 0.5;
  const arms = [
    { value: yes, weight: edge.weight * share },
    { value: no, weight: edge.weight * (1 - share) },
  ].map(({ value, weight }): Edge => {
    const count = (edge.count ?? 0) / 2;
    const arm = g.block(weight, from.origin, count);
    [arm.order, arm.loop] = [from.order, from.loop];
    for (const n of users)
      arm.nodes.push(
        g.copy(
          n,
          arm,
          n.args.map((a) => (resolve(a) === choice ? value : a)),
        ),
      );
    const on: Edge = { from: arm, to, weight, count };
    to.preds.push(on);
    for (const phi of to.phis) {
      const given = resolve(phi.args[k]!);
      phi.args.push(given === choice ? value : given);
    }
    arm.term = { kind: 'jump', edges: [on] };
    const into: Edge = { from, to: arm, weight, count };
    arm.preds = [into];
    return into;
  }) as [Edge, Edge];
  to.preds.splice(k, 1);
  for (const phi of to.phis) phi.args.splice(k, 1);
  from.nodes = from.nodes.filter((n) => n !== choice && !users.includes(n));
  from.term = { kind: 'branch', condition, edges: arms };
}
