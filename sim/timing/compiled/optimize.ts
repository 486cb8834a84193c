/**
 * Scalar optimisation as gcc -O2 does it on the output of wasm2c: folding, value numbering over the dominator tree with
 * memory versions, hoisting of loop invariants, removal of dead code.
 *
 * Memory: after every store `base` and `size` are read again (memory-state.ts), so a store in a loop pins them inside.
 */
import { takeFactorOut } from './common-factors.ts';
import { takeBitsTogether } from './common-bits.ts';
import { dropEdge, endCount } from './edges.ts';
import { isFloatComparison } from './float-operators.ts';
import {
  isConst,
  resolve,
  resolveAll,
  type Block,
  type Edge,
  type Graph,
  type Node,
  type Term,
} from './ir.ts';
import { hoist } from './hoist.ts';
import { numberMemoryStates, readsMemory } from './memory-state.ts';
import { commutative, narrowed, simplify, undoneSum, type Make } from './simplify.ts';
import { analyseStructure, makePreheaders, renewStructure } from './structure.ts';
import { usersOf } from './users.ts';

export function optimize(g: Graph): void {
  tidy(g);
  makePreheaders(g);
  hoist(g);
  numberValues(g);
  fold(g);
  removeDead(g);
  renewStructure(g);
}

/** Folds, shares what is the same and drops what nobody reads. */
export function tidy(g: Graph): void {
  fold(g);
  numberValues(g);
  fold(g);
  removeDead(g);
}

const effects = new Set([
  'store',
  'call',
  'accessor',
  'place',
  'check',
  'guard',
  'guard64',
  'divcheck',
  'setglobal',
  'param',
  'enter',
  'goto',
  'forced',
]);
export const hasEffect = (n: Node): boolean => effects.has(n.op);

/** Resolves, simplifies and folds until nothing changes. */
export function fold(g: Graph): void {
  for (let changed = true; changed;) {
    changed = false;
    dropUnreachable(g);
    const users = usersOf(g);
    const isUsedOnce = (n: Node) => users.get(n)?.length === 1;
    for (const b of g.blocks) {
      for (const phi of b.phis) {
        phi.args = phi.args.map(resolve);
        const other = phi.args.find((a) => a !== phi);
        if (other && phi.args.every((a) => a === phi || a === other)) {
          phi.forward = other;
          changed = true;
        } else {
          const typed =
            phi.args.find((a) => a !== phi && a.op !== 'phi') ?? phi.args.find((a) => a.type !== phi.type);
          if (typed && typed.type !== phi.type) {
            phi.type = typed.type;
            changed = true;
          }
        }
      }
      b.phis = b.phis.filter((p) => !p.forward);
      const out: Node[] = [];
      let assigned = -1;
      const make: Make = (op, type, args, extra = {}) => {
        const node = g.node(b, op, type, args.map(resolve), {
          variable: assigned,
          ...extra,
          origin: b.origin,
        });
        const simpler = simplify(g, node, make);
        if (simpler) return resolve(simpler);
        out.push(node);
        return node;
      };
      for (const n of b.nodes) {
        n.args = n.args.map(resolve);
        assigned = n.variable;
        if (!hasEffect(n) && !readsMemory(n)) {
          const simpler =
            simplify(g, n, make) ??
            (n.args[0] && isUsedOnce(n.args[0]) ? undoneSum(g, n, make) : null) ??
            narrowed(n, isUsedOnce, make) ??
            takeFactorOut(g, n, isUsedOnce, make) ??
            takeBitsTogether(n, isUsedOnce, make);
          if (simpler && simpler !== n) {
            n.forward = resolve(simpler);
            changed = true;
            continue;
          }
        }
        out.push(n);
      }
      b.nodes = out;
      // A folded branch may leave a loop without an entry, whose phis would then resolve to themselves.
      if (foldTerm(g, b)) {
        changed = true;
        break;
      }
    }
    if (changed) {
      analyseStructure(g);
      mergeBlocks(g);
    }
  }
  analyseStructure(g);
  mergeBlocks(g);
}

/** Removes blocks that no path from the entry reaches, and their edges into those that stay. */
function dropUnreachable(g: Graph): void {
  const reached = new Set<Block>([g.entry]);
  for (const b of reached) for (const e of successors(b)) reached.add(e.to);
  if (reached.size === g.blocks.length) return;
  for (const b of g.blocks) {
    if (reached.has(b)) continue;
    successors(b).forEach(dropEdge);
  }
  g.blocks = g.blocks.filter((b) => reached.has(b));
}

const successors = ({ term }: Block): readonly Edge[] => term.edges;

function foldTerm(g: Graph, b: Block): boolean {
  const { term } = b;
  if (term.kind === 'return') {
    term.values = term.values.map(resolve);
    return false;
  }
  if (term.kind !== 'branch' && term.kind !== 'table') return false;
  term.condition = resolve(term.condition);
  let { condition } = term;
  if (term.kind === 'branch') {
    // if (x == 0) with the arms exchanged is if (x).
    while (
      (condition.op === 'eq' || condition.op === 'ne') &&
      isConst(condition.args[1]!, 0) &&
      isBoolean(condition.args[0]!)
    ) {
      if (condition.op === 'eq') term.edges = [term.edges[1], term.edges[0]];
      condition = resolve(condition.args[0]!);
    }
    term.condition = condition;
  }
  if (!isConst(condition)) return false;
  const taken =
    term.kind === 'branch'
      ? term.edges[condition.value !== 0n ? 0 : 1]
      : term.edges[Math.min(Number(BigInt.asUintN(32, condition.value)), term.edges.length - 1)]!;
  taken.count = endCount(b);
  for (const e of term.edges) if (e !== taken) dropEdge(e);
  taken.weight = b.weight;
  b.term = { kind: 'jump', edges: [taken] } satisfies Term;
  void g;
  return true;
}

const isBoolean = (n: Node): boolean => /^(eq|ne|[lg][te]_[su])$/.test(n.op) || isFloatComparison(n);

/** Joins a block with its only successor when it is that block's only predecessor. */
function mergeBlocks(g: Graph): void {
  let merged = false;
  for (const b of g.blocks) {
    while (b.term.kind === 'jump') {
      const { to, jumps } = b.term.edges[0];
      if (to === b || to.preds.length !== 1 || to === g.entry || to.order < 0) break;
      for (const phi of to.phis) phi.forward = resolve(phi.args[0]!);
      for (const n of to.nodes) n.block = b;
      if (jumps) b.nodes.push(g.node(b, 'goto', 'void', []));
      b.nodes.push(...to.nodes);
      b.term = to.term;
      for (const e of to.term.edges) e.from = b;
      b.weight = Math.max(b.weight, to.weight);
      to.order = -1;
      to.nodes = [];
      to.phis = [];
      to.term = { kind: 'trap', edges: [] };
      merged = true;
    }
  }
  if (!merged) return;
  g.blocks = g.blocks.filter((b) => b.order >= 0);
  resolveAll(g);
  analyseStructure(g);
}

/** Equal for values that are the same: the operation of `n` on these operands, in this state of memory. */
export function valueKey(n: Node, args: readonly Node[], memory: number): string {
  let ids = args.map((a) => a.id);
  if (commutative.has(n.op)) ids = ids.toSorted((x, y) => x - y);
  const reach = n.op === 'check' ? n.offset + n.bytes : `${n.offset}.${n.bytes}.${n.signed}`;
  return `${n.op}.${n.type}.${ids.join()}.${n.value}.${reach}.${readsMemory(n) ? memory : 0}.${n.name}`;
}

/** Common subexpressions over the dominator tree, loads by version of memory. */
export function numberValues(g: Graph): void {
  numberMemoryStates(g);
  const children = new Map<Block, Block[]>();
  for (const b of g.blocks)
    if (b.dominator) children.set(b.dominator, [...(children.get(b.dominator) ?? []), b]);
  const scopes: Map<string, Node>[] = [];
  const find = (key: string) => {
    for (let i = scopes.length - 1; i >= 0; i--) {
      const hit = scopes[i]!.get(key);
      if (hit) return hit;
    }
    return undefined;
  };
  const visit = (b: Block): void => {
    const scope = new Map<string, Node>();
    scopes.push(scope);
    for (const phi of b.phis) phi.args = phi.args.map(resolve);
    b.nodes = b.nodes.filter((n) => {
      n.args = n.args.map(resolve);
      if (n.op === 'setglobal') scope.set(`global.${n.value}.${n.id + 1}`, n.args[0]!);
      if (n.op === 'global') {
        const assigned = find(`global.${n.value}.${n.memory}`);
        if (assigned) {
          n.forward = assigned;
          return false;
        }
      }
      if (hasEffect(n) && n.op !== 'check' && n.op !== 'divcheck') return true;
      const key = valueKey(n, n.args, n.memory);
      const hit = find(key);
      if (!hit) {
        scope.set(key, n);
        return true;
      }
      n.forward = hit;
      return false;
    });
    for (const child of children.get(b) ?? []) visit(child);
    scopes.pop();
  };
  visit(g.entry);
  resolveAll(g);
}

/** Removes nodes whose values nothing uses. */
export function removeDead(g: Graph): void {
  const live = new Set<Node>();
  const work: Node[] = [];
  const mark = (n: Node) => {
    if (!live.has(n)) {
      live.add(n);
      work.push(n);
    }
  };
  for (const b of g.blocks) {
    for (const n of b.nodes) if (hasEffect(n)) mark(n);
    if ('condition' in b.term) mark(b.term.condition);
    if (b.term.kind === 'return') b.term.values.forEach(mark);
  }
  while (work.length) work.pop()!.args.forEach(mark);
  for (const b of g.blocks) {
    b.phis = b.phis.filter((n) => live.has(n));
    b.nodes = b.nodes.filter((n) => live.has(n));
  }
}
