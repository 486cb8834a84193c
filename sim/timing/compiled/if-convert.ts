/**
 * Short branches become conditional execution (gcc's RTL if-conversion): at most two instructions on one side, or four
 * on both, none of them a memory access. The blocks stay apart; the branch becomes an IT instruction, and both sides are
 * fetched every time.
 */
import { resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';

const oneSide = 2;
const bothSides = 4;
const cheap =
  /^(add|sub|and|or|xor|shl|shr_s|shr_u|rotl|rotr|ext8|ext16|wrap|sext|zext|clz|eq|ne|[lg][te]_[su])$/;

/** One instruction of the floating-point unit. */
const isPlainFloat = (n: Node): boolean =>
  n.op === 'float' && /^f(32|64)$/.test(n.type) && /\.(add|sub|mul|neg)$/.test(n.name);

export function convertBranches(g: Graph): void {
  for (const b of g.blocks) convert(b);
}

interface Arm {
  /** The block in between, null where the branch goes straight to the join. */
  block: Block | null;
  /** The edge that arrives at the join. */
  edge: Edge;
}

function convert(b: Block): void {
  const { term } = b;
  if (term.kind !== 'branch') return;
  const arms = term.edges.map((e): Arm | null => {
    const { to } = e;
    if (to.preds.length === 1 && to.term.kind === 'jump' && to.phis.length === 0 && to.loop === b.loop)
      return { block: to, edge: to.term.edges[0] };
    return { block: null, edge: e };
  });
  for (const [yes, no] of [
    [arms[0]!, arms[1]!],
    [{ block: null, edge: term.edges[0] }, arms[1]!],
    [arms[0]!, { block: null, edge: term.edges[1] }],
  ] as [Arm, Arm][]) {
    const join = yes.edge.to;
    if (join !== no.edge.to || join === b || join.loop !== b.loop || join.preds.length !== 2) continue;
    if (!yes.block && !no.block) continue;
    if (!small(yes, no, join)) continue;
    b.predicates = [yes.block, no.block].filter((x) => x !== null);
    return;
  }
}

function small(yes: Arm, no: Arm, join: Block): boolean {
  const cost = (arm: Arm, other: Arm): number => {
    const nodes = arm.block?.nodes ?? [];
    if (nodes.some((n) => !(cheap.test(n.op) && n.type === 'i32') && !isPlainFloat(n))) return 100;
    let moves = 0;
    const at = join.preds.indexOf(arm.edge);
    const from = join.preds.indexOf(other.edge);
    for (const phi of join.phis) {
      const value = resolve(phi.args[at]!);
      if (phi.type === 'i64') return 100;
      if (value === resolve(phi.args[from]!)) continue;
      if (!nodes.includes(value) && (arm.block || other.block === null)) moves++;
    }
    // A constant shift goes along as an operand of the instruction that uses it.
    const folded = (n: Node) =>
      n.op.startsWith('sh') &&
      n.args[1]!.op === 'const' &&
      nodes.some((u) => /^(add|sub|and|or|xor)$/.test(u.op) && u.args.includes(n));
    return nodes.filter((n) => n.op !== 'wrap' && !folded(n)).length + moves;
  };
  const [x, y] = [cost(yes, no), cost(no, yes)];
  if (yes.block && no.block) return x + y <= bothSides;
  return x + y <= oneSide && join.phis.length <= 2;
}
