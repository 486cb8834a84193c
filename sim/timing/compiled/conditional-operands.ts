/**
 * What is added under a condition. `x + (c ? y : 0)` and `x + (a < b)` keep x and add to it only where the condition holds: combine.c tries an operation on both arms of a choice and on a value
 * of 0 or 1 (*thumb2_cond_arith and its like), and a converted branch computes in its arm what is neutral on the other way.
 *
 *   cmp;  it cc;  addcc r0, r0, r2      cmp;  ite ge;  movge r0, r1;  addlt r0, r1, #1
 */
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { hasEffect } from './optimize.ts';
import { isComparison } from './simplify.ts';
import { usersOf, type Users } from './users.ts';

/** By operation, which operands may be zero and leave the other one as it is. */
const neutral: Readonly<Record<string, readonly number[]>> = {
  add: [0, 1],
  or: [0, 1],
  xor: [0, 1],
  sub: [1],
  shl: [1],
  shr_u: [1],
  shr_s: [1],
};
/** Disjunctions have theirs in lower/compare-pairs.ts. */
const takesTruth = /^(add|sub|xor)$/;

export function chooseOperands(g: Graph): void {
  const users = usersOf(g);
  for (const b of g.blocks)
    for (const n of b.nodes.slice()) if (n.type === 'i32' && n.op in neutral) choose(g, b, n, users);
}

function choose(g: Graph, b: Block, n: Node, users: Users): void {
  for (const at of neutral[n.op]!) {
    const kept = resolve(n.args[1 - at]!);
    const operand = resolve(n.args[at]!);
    if (isConst(kept) || kept === operand || users.get(operand)?.length !== 1) continue;
    // Two comparisons share the flags (lower/compare-pairs.ts).
    if (isComparison(kept) || !follows(b, operand, n)) continue;
    const zero = g.constant('i32', 0n);
    const choice = conditionOf(g, n, operand);
    if (!choice) continue;
    const { condition, yes, no } = choice;
    const other = yes === zero ? no : yes;
    const args = at === 1 ? [kept, other] : [other, kept];
    const sum = g.node(b, n.op, 'i32', args, { origin: n.origin });
    const arms = yes === zero ? [kept, sum] : [sum, kept];
    b.nodes.splice(b.nodes.indexOf(n), 0, sum);
    b.nodes = b.nodes.filter((x) => x !== operand || isComparison(x));
    Object.assign(n, { op: 'select', name: '', args: [condition, ...arms], chosen: operand.chosen });
    return;
  }
}

/** An operand that is zero on one side of a condition. */
function conditionOf(g: Graph, n: Node, operand: Node): { condition: Node; yes: Node; no: Node } | null {
  const zero = g.constant('i32', 0n);
  if (operand.op === 'select') {
    const [condition, yes, no] = operand.args.map(resolve) as [Node, Node, Node];
    return (yes === zero) !== (no === zero) ? { condition, yes, no } : null;
  }
  if (!takesTruth.test(n.op) || !isComparison(operand) || operand.args[0]!.type !== 'i32') return null;
  // A sign is a shift, which goes along.
  if (operand.op === 'lt_s' && isConst(resolve(operand.args[1]!), 0)) return null;
  return { condition: operand, yes: g.constant('i32', 1n), no: zero };
}

/** Whether a value is of the same stretch as the operation: nothing is read or written in between. */
function follows(b: Block, operand: Node, n: Node): boolean {
  const from = b.nodes.indexOf(operand);
  if (from < 0) return false;
  const between = b.nodes.slice(from + 1, b.nodes.indexOf(n));
  return between.every((x) => !hasEffect(x) && x.op !== 'load');
}
