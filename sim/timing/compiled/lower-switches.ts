/**
 * Switches of few cases become comparisons (gcc's tree-switch-conversion.c, behind the loop passes): a jump table takes four of them or more on Arm
 * (case_values_threshold), where neighbours that go to one place are one case and what goes to the default is none.
 */
import { dropEdge } from './edges.ts';
import { resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { renewStructure } from './structure.ts';

const fewestOfTable = 4;

interface Case {
  low: number;
  high: number;
  edge: Edge;
}

export function lowerSwitches(g: Graph): void {
  const tables = g.blocks.filter((b) => b.term.kind === 'table');
  const few = tables.filter((b) => lowerSwitch(g, b));
  if (few.length === 0) return;
  renewStructure(g);
}

function lowerSwitch(g: Graph, b: Block): boolean {
  if (b.term.kind !== 'table') return false;
  const { condition, edges } = b.term;
  const otherwise = edges.at(-1)!;
  const groups: { low: number; high: number; edges: Edge[] }[] = [];
  const none: Edge[] = [];
  edges.slice(0, -1).forEach((e, value) => {
    if (alike(e, otherwise)) return void none.push(e);
    const last = groups.at(-1);
    if (last && last.high === value - 1 && alike(e, last.edges[0]!)) {
      last.high = value;
      last.edges.push(e);
    } else groups.push({ low: value, high: value, edges: [e] });
  });
  if (groups.length === 0 || groups.length >= fewestOfTable) return false;
  for (const e of none) mergeInto(otherwise, e);
  const cases = groups.map(({ low, high, edges: [edge, ...more] }): Case => {
    for (const e of more) mergeInto(edge!, e);
    return { low, high, edge: edge! };
  });
  // Of three, the middle one is asked first, then the one above.
  const order = cases.length === 3 ? [cases[1]!, cases[2]!, cases[0]!] : cases;
  compareInTurn(g, b, resolve(condition), order, otherwise);
  return true;
}

/** Edges to one place that bring the same values. */
export function alike(a: Edge, b: Edge): boolean {
  if (a.to !== b.to) return false;
  const [i, k] = [a.to.preds.indexOf(a), a.to.preds.indexOf(b)];
  return a.to.phis.every((phi) => resolve(phi.args[i]!) === resolve(phi.args[k]!));
}

export function mergeInto(kept: Edge, e: Edge): void {
  kept.weight += e.weight;
  kept.count = (kept.count ?? 0) + (e.count ?? 0);
  dropEdge(e);
}

function compareInTurn(g: Graph, b: Block, value: Node, cases: readonly Case[], otherwise: Edge): void {
  let at = b;
  cases.forEach(({ low, high, edge }, k) => {
    const node = (op: string, args: Node[]): Node => {
      const made = g.node(at, op, 'i32', args, { origin: b.origin });
      at.nodes.push(made);
      return made;
    };
    const constant = (v: number) => g.constant('i32', BigInt(v));
    const condition =
      low === high
        ? node('eq', [value, constant(low)])
        : node('le_u', [low === 0 ? value : node('sub', [value, constant(low)]), constant(high - low)]);
    edge.from = at;
    const rest = cases.slice(k + 1).reduce((sum, c) => sum + c.edge.weight, otherwise.weight);
    const count = cases.slice(k + 1).reduce((sum, c) => sum + (c.edge.count ?? 0), otherwise.count ?? 0);
    let no = otherwise;
    if (k + 1 < cases.length) {
      const next = g.block(rest, b.origin, count);
      next.loop = b.loop;
      no = { from: at, to: next, weight: rest, count };
      next.preds = [no];
    } else otherwise.from = at;
    at.term = { kind: 'branch', condition, edges: [edge, no] };
    at = no.to;
  });
}
