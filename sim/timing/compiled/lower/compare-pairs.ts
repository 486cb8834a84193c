/**
 * Two comparisons that decide together (arm.md, thumb2.md). Where one condition implies the other (arm_select_dominance_cc_mode), the second is made only under
 * the first, both in the flags; else one is a value, and the other adds to it or takes it away under its condition.
 */
import { isConst, resolve, type Node } from '../ir.ts';
import { isCompareImmediate, type Machine } from '../machine.ts';
import { isComparison } from '../simplify.ts';
import { isPowerOfTwo } from './facts.ts';
import { isShiftable } from './operand.ts';
import type { Lowering } from './lowering.ts';

/** What a condition implies besides itself (comparison_dominates_p). */
const implied: Record<string, readonly string[]> = {
  eq: ['le_s', 'ge_s', 'le_u', 'ge_u'],
  lt_s: ['le_s', 'ne'],
  gt_s: ['ge_s', 'ne'],
  lt_u: ['le_u', 'ne'],
  gt_u: ['ge_u', 'ne'],
};

/** gcc has no < or >= of a constant where <= or > of one nearer to zero says the same. */
function codeOf(n: Node): string {
  const c = resolve(n.args[1]!);
  if (!isConst(c) || /^(eq|ne)$/.test(n.op)) return n.op;
  if (n.op.endsWith('_u') || c.value > 0n) return n.op.replace('lt_', 'le_').replace('ge_', 'gt_');
  return c.value < 0n ? n.op.replace('le_', 'lt_').replace('gt_', 'ge_') : n.op;
}

/** A comparison of two words that nothing has made yet. */
function isPending(l: Lowering, n: Node): boolean {
  return isComparison(n) && n.args[0]!.type === 'i32' && l.isLazy(n);
}

/** Whether a plain comparison makes it, not what computes an operand. */
function isPlain(l: Lowering, n: Node): boolean {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  return !(isConst(b, 0) && l.isLazy(a)) && !isShiftable(l, a) && !isShiftable(l, b);
}

/** The comparisons of a conjunction or disjunction that the flags can hold, in gcc's order. */
export function pairOf(l: Lowering, n: Node): [Node, Node] | null {
  if (!/^(and|or)$/.test(n.op) || n.type !== 'i32') return null;
  const [x, y] = n.args.map(resolve) as [Node, Node];
  return orderedPair(l, x, y, n.op);
}

function orderedPair(l: Lowering, x: Node, y: Node, op: string): [Node, Node] | null {
  if (x === y || ![x, y].every((c) => isPending(l, c) && isPlain(l, c))) return null;
  const [p, q] = [codeOf(x), codeOf(y)];
  if (p !== q && !implied[p]?.includes(q) && !implied[q]?.includes(p)) return null;
  return op === 'and' || implied[p]?.includes(q) ? [x, y] : [y, x];
}

/** Leaves in the flags whether both hold, or either. */
export function comparePair(l: Lowering, pair: readonly Node[]): void {
  // No operand is computed between the two.
  const made = pair.map((n) => {
    l.made.add(n);
    const [a, b] = n.args.map(resolve) as [Node, Node];
    const immediate = isConst(b) && isCompareImmediate(Number(BigInt.asIntN(32, b.value)));
    return { immediate, uses: immediate ? [l.value(a)] : [l.value(a), l.value(b)] };
  });
  made.forEach(({ immediate, uses }, i) => {
    if (i > 0) l.ifThen(1);
    l.emit('compare', i > 0 ? 'cmp<cc>' : 'cmp', [], uses, { immediate, wide: 0.3, readsFlags: i > 0 });
  });
  l.flags = null;
}

/** A conjunction or disjunction of a comparison and something else as a value; false where there is none. */
export function compareInto(l: Lowering, to: number, a: Node, b: Node, op: string): boolean {
  const pair = /^(and|or)$/.test(op) ? orderedPair(l, a, b, op) : null;
  if (pair) {
    comparePair(l, pair);
    l.ifThen(2);
    l.emit('move', 'mov<cc> #1', [to], [], { immediate: true, readsFlags: true });
    l.emit('move', 'mov<cc> #0', [to], [to], { immediate: true, readsFlags: true, conditional: true });
    return true;
  }
  const pending = (n: Node) => isPending(l, n) && !isShiftedTruth(n);
  // gcc takes the first along in a disjunction, the second in a conjunction.
  const candidates = op === 'and' ? [b, a] : [a, b];
  const taken = candidates.find(pending);
  if (!taken) return false;
  const other = taken === a ? b : a;
  if (isConst(other) || other === taken) return false;
  const from = l.value(other);
  const [x, y] = taken.args.map(resolve) as [Node, Node];
  const immediate = isConst(y) && isCompareImmediate(Number(BigInt.asIntN(32, y.value)));
  l.made.add(taken);
  const uses = immediate ? [l.value(x)] : [l.value(x), l.value(y)];
  l.emit('compare', 'cmp', [], uses, { immediate, wide: 0.3 });
  l.flags = null;
  const conditional: Partial<Machine> = { immediate: true, readsFlags: true, conditional: true, wide: 0.5 };
  if (op === 'and' && (!isComparison(other) || isShiftedTruth(other))) {
    l.ifThen(2);
    l.emit('alu', 'and<cc> #1', [to], [from], { ...conditional, conditional: false, wide: 1 });
    l.emit('move', 'mov<cc> #0', [to], [to], conditional);
    return true;
  }
  l.emit('move', 'mov choice', [to], [from], { copy: true, readsFlags: true, wide: 0 });
  l.ifThen(1);
  if (op === 'and') l.emit('move', 'mov<cc> #0', [to], [to], conditional);
  else l.emit('alu', `${op}<cc> #1`, [to], [to], { ...conditional, wide: 1 });
  return true;
}

/** Whether a conjunction or disjunction takes a comparison along, and so is a value even where only a branch asks for it. */
export function takesComparison(l: Lowering, n: Node): boolean {
  if (!/^(and|or)$/.test(n.op) || n.type !== 'i32' || !l.isLazy(n)) return false;
  const args = n.args.map(resolve);
  return (
    args[0] !== args[1] && !args.some(isConst) && args.some((a) => isPending(l, a) && !isShiftedTruth(a))
  );
}

/** Comparisons with zero that shifts make, among them whether a bit is set. */
const isShiftedTruth = (n: Node): boolean =>
  isConst(resolve(n.args[1]!), 0) && (/^(eq|lt_s|ge_s)$/.test(n.op) || testedBit(n) !== null);

/** The only bit that a comparison with zero asks for. */
export function testedBit({ op, args }: Node): number | null {
  const [masked, zero] = args.map(resolve) as [Node, Node];
  if (!/^(eq|ne)$/.test(op) || !isConst(zero, 0) || masked.op !== 'and' || masked.type !== 'i32') return null;
  const mask = resolve(masked.args[1]!);
  if (!isConst(mask)) return null;
  const bits = Number(BigInt.asUintN(32, mask.value));
  return isPowerOfTwo(bits) ? Math.log2(bits) : null;
}
