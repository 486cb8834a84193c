/**
 * Loops that never go round: their test fails whatever else it reads, with the constants that the variables begin with (sparse conditional constant propagation, tree-ssa-ccp.c, which takes the way back for dead until it is not).
 */
import { dropEdge, endCount } from './edges.ts';
import { isConst, resolve, type Graph, type LoopNode, type Node } from './ir.ts';
import { evaluate } from './simplify.ts';

/** @returns whether a loop is none any more. */
export function openSingleRounds(g: Graph): boolean {
  let opened = false;
  for (const loop of g.loops) opened = open(g, loop) || opened;
  return opened;
}

function open(g: Graph, { header, blocks }: LoopNode): boolean {
  const { term } = header;
  if (term.kind !== 'branch' || blocks.size !== 1 || header.preds.length !== 2) return false;
  const at = header.preds.findIndex((e) => e.from !== header);
  const first = (n: Node, depth = 0): bigint | null => {
    const x = resolve(n);
    if (isConst(x)) return x.value;
    if (x.block !== header || depth > deepest) return null;
    if (x.op === 'phi') return first(x.args[at]!, depth + 1);
    if (x.args.length === 0) return null;
    const args = x.args.map((a) => {
      const value = first(a, depth + 1);
      return value === null ? null : g.constant(resolve(a).type, value);
    });
    if (args[1] && isConst(args[1], 0)) {
      if (x.op === 'lt_u') return 0n;
      if (x.op === 'ge_u') return 1n;
    }
    return args.includes(null) ? null : evaluate({ op: x.op, args: args as Node[] });
  };
  const test = first(term.condition);
  if (test === null) return false;
  const [taken, other] = test !== 0n ? term.edges : [term.edges[1], term.edges[0]];
  if (taken.to === header) return false;
  taken.count = endCount(header);
  taken.weight = header.weight;
  dropEdge(other);
  header.term = { kind: 'jump', edges: [taken] };
  for (const phi of header.phis) phi.forward = resolve(phi.args[0]!);
  header.phis = [];
  return true;
}

/** Of the operations that a test is made of. */
const deepest = 4;
