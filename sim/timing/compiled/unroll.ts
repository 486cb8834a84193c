/**
 * Loops of few rounds whose number a constant says become as many copies of their body, where that makes the code no larger: what counts the rounds is folded away (tree-ssa-loop-ivcanon.cc,
 * try_unroll_loop_completely, without growth as at -O2).
 */
import { isConst, resolve, type Block, type Edge, type Graph, type LoopNode, type Node } from './ir.ts';
import { Evolutions, isConstantForm } from './linear.ts';
import { tidy } from './optimize.ts';
import { repairSsa } from './repair-ssa.ts';
import { analyseStructure, dominates, renewStructure } from './structure.ts';
import { tripsAtExit } from './trip-count.ts';
import { usersOf, type Users } from './users.ts';

/** Rounds behind the first (--param max-completely-peel-times), and the size of one (max-completely-peeled-insns). */
const mostRounds = 16;
const largestBody = 200;

export function unrollCompletely(g: Graph, counters: boolean): void {
  const users = usersOf(g);
  const inner = g.loops.filter((l) => !g.loops.some((o) => o.parent === l));
  const copies = new Map<Node, Map<Block, Node>>();
  for (const loop of inner) {
    const exit = onlyExit(loop);
    if (!exit || loop.header.preds.length !== 2) continue;
    const trips = tripsAtExit(loop, exit.from, new Evolutions(loop), 'exact');
    if (
      trips === null ||
      trips < 2 ||
      trips > mostRounds + 1 ||
      !shrinks(g, loop, exit.from, trips, users, counters)
    )
      continue;
    copyRounds(g, loop, exit, trips, copies);
  }
  if (copies.size === 0) return;
  analyseStructure(g);
  repairSsa(g, copies);
  tidy(g);
  renewStructure(g);
}

function onlyExit(loop: LoopNode): Edge | null {
  let found: Edge | null = null;
  for (const b of loop.blocks)
    for (const e of b.term.edges) {
      if (loop.blocks.has(e.to)) continue;
      if (found || b.term.kind !== 'branch') return null;
      found = e;
    }
  return found;
}

/** tree_estimate_loop_size and estimated_unrolled_size. */
function shrinks(
  g: Graph,
  loop: LoopNode,
  exit: Block,
  trips: number,
  users: Users,
  counters: boolean,
): boolean {
  const evolutions = new Evolutions(loop);
  const folds = (n: Node): boolean => {
    if (isConst(n)) return true;
    if (!loop.blocks.has(n.block)) return false;
    const known = evolutions.of(n);
    return known !== null && isConstantForm(known.base);
  };
  let [size, gone, last, lastGone] = [0, 0, 0, 0];
  for (const b of loop.blocks) {
    const inLast = b === exit || !dominates(exit, b);
    const count = (amount: number, folded: boolean): void => {
      size += amount;
      if (folded) gone += amount;
      if (!inLast) return;
      last += amount;
      if (folded) lastGone += amount;
    };
    for (const n of b.nodes) {
      if (n.op === 'call' || n.op === 'accessor') return false;
      const pure = !/^(load|store|check|guard|guard64|divcheck|setglobal|global|base|size|forced)$/.test(
        n.op,
      );
      count(
        sizeOf(n, users, g.pinnedLoads),
        pure && (folds(n) || (n.args.length > 0 && n.args.every((a) => folds(resolve(a))))),
      );
    }
    if (b.term.kind === 'branch') count(2, b === exit || folds(resolve(b.term.condition)));
    else if (b.term.kind === 'table') return false;
  }
  if (size > largestBody) return false;
  const unrolled = Math.max(1, Math.trunc((((trips - 1) * (size - gone) + last - lastGone) * 2) / 3));
  return unrolled <= size + (counters && countsForOthers(loop, exit, users) ? 1 : 0);
}

/** Whether what the exit tests is wanted for more than that: a loop gets a counter of its own for the test (canonicalize_loop_induction_variables), and one that nothing else wants goes. */
function countsForOthers(loop: LoopNode, exit: Block, users: Users): boolean {
  if (exit.term.kind !== 'branch') return false;
  const test = resolve(exit.term.condition);
  const chain = new Set<Node>([test]);
  const grow = (n: Node): void => {
    for (const a of n.args.map(resolve))
      if (!chain.has(a) && !isConst(a) && loop.blocks.has(a.block)) {
        chain.add(a);
        grow(a);
      }
  };
  grow(test);
  const within = (u: Node | Block): boolean => u === exit || ('op' in u && chain.has(u));
  return [...chain].some((n) => (users.get(n) ?? []).some((u) => !within(u)));
}

/** Statements of GIMPLE: conversions are none, what only a condition asks for is part of it, and the asm behind a load is one. */
function sizeOf(n: Node, users: Users, pinnedLoads: boolean): number {
  const offset = n.offset !== 0 ? 1 : 0;
  const words = n.bytes === 8 ? 2 : 1;
  if (n.op === 'load') return words + Number(pinnedLoads) + offset;
  if (n.op === 'store') return words + offset;
  if (n.op === 'check') return 3;
  if (n.op === 'select') return 2;
  if (/^(const|phi|param|wrap|sext|zext|extend)/.test(n.op)) return 0;
  const all = users.get(n) ?? [];
  const asked = /^(eq|ne|[lg][te]_[su]|eqz)$/.test(n.op) && all.length === 1;
  if (asked && (!('op' in all[0]!) || all[0].op === 'select')) return 0;
  return 1;
}

function copyRounds(
  g: Graph,
  loop: LoopNode,
  exit: Edge,
  trips: number,
  copies: Map<Node, Map<Block, Node>>,
): void {
  const { header } = loop;
  let entry = header.preds.find((e) => !loop.blocks.has(e.from))!;
  const body = [...loop.blocks].sort((a, b) => a.order - b.order);
  const share = 1 / trips;
  for (let round = 1; round <= trips; round++) {
    const mapped = new Map<Node, Node>();
    const at = (n: Node): Node => mapped.get(resolve(n)) ?? resolve(n);
    const copyOf = new Map(body.map((b) => [b, g.block(b.weight * share, b.origin, b.count * share)]));
    const position = header.preds.indexOf(entry);
    const incoming = header.phis.map((phi) => resolve(phi.args[position]!));
    header.preds.splice(position, 1);
    for (const phi of header.phis) phi.args.splice(position, 1);
    const head = copyOf.get(header)!;
    entry.to = head;
    head.preds = [entry];
    for (const b of body) {
      const copy = copyOf.get(b)!;
      b.phis.forEach((phi, k) => {
        const twin = g.copy(phi, copy, b === header ? [incoming[k]!] : phi.args.map(resolve));
        copy.phis.push(twin);
        mapped.set(phi, twin);
      });
      for (const n of b.nodes) {
        const twin = g.copy(n, copy, n.args.map(at));
        twin.count *= share;
        copy.nodes.push(twin);
        mapped.set(n, twin);
      }
      for (const n of [...b.phis, ...b.nodes])
        copies.set(n, (copies.get(n) ?? new Map<Block, Node>()).set(copy, mapped.get(n)!));
    }
    for (const b of body)
      if (b !== header) for (const phi of copyOf.get(b)!.phis) phi.args = phi.args.map(at);
    let next: Edge | null = null;
    const twins = new Map<Edge, Edge>();
    for (const b of body) {
      const copy = copyOf.get(b)!;
      const follow = (e: Edge, whole: boolean): Edge => {
        const inside = e.to !== header ? copyOf.get(e.to) : undefined;
        const made: Edge = {
          from: copy,
          to: inside ?? e.to,
          weight: whole ? copy.weight : e.weight * share,
          count: whole ? copy.count : (e.count ?? 0) * share,
        };
        twins.set(e, made);
        if (inside) return made;
        const k = e.to.preds.indexOf(e);
        e.to.preds.push(made);
        for (const phi of e.to.phis) phi.args.push(at(phi.args[k]!));
        if (e.to === header) next = made;
        return made;
      };
      const { term } = b;
      if (b === exit.from) {
        const stay: Edge = term.edges.find((e: Edge) => e !== exit)!;
        copy.term = { kind: 'jump', edges: [follow(round === trips ? exit : stay, true)] };
      } else if (term.kind === 'jump') copy.term = { kind: 'jump', edges: [follow(term.edges[0], false)] };
      else if (term.kind === 'branch')
        copy.term = {
          kind: 'branch',
          condition: at(term.condition),
          edges: [follow(term.edges[0], false), follow(term.edges[1], false)],
        };
      else copy.term = { ...term } as Block['term'];
    }
    for (const b of body)
      if (b !== header) {
        const copy = copyOf.get(b)!;
        const kept = b.preds.map((e) => twins.get(e));
        for (const phi of copy.phis) phi.args = phi.args.filter((_, i) => kept[i]);
        copy.preds = kept.filter((e) => e !== undefined);
      }
    if (!next) return;
    entry = next;
  }
}
