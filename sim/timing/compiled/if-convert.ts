/**
 * Short branches become conditional execution (gcc's ifcvt.cc after registers are given): as many instructions on one side as the core's tuning allows,
 * or twice that on both, of what can be executed conditionally. A load of linear memory cannot, for the volatile asm behind it. The blocks stay apart; the
 * branch becomes an IT instruction, and both sides are fetched every time.
 */
import { usersOf, type Users } from './users.ts';
import { resolve, isConst, type Block, type Edge, type Graph, type Node } from './ir.ts';

const alone = /^(add|sub|and|or|xor|shl|shr_s|shr_u|rotl|rotr|ext8|ext16|clz|bswap|mul|base|global)$/;
const never = 100;

/** One instruction of the floating-point unit. */
const isPlainFloat = (n: Node): boolean =>
  n.op === 'float' && /^f(32|64)$/.test(n.type) && /\.(add|sub|mul|neg)$/.test(n.name);

/** @param skipped Instructions that a branch may skip and are executed conditionally instead (tune_params::max_insns_skipped). */
export function convertBranches(g: Graph, skipped: number): void {
  const users = usersOf(g);
  for (const b of g.blocks) convert(b, skipped, users);
}

interface Arm {
  /** The block in between, null where the branch goes straight to the join. */
  block: Block | null;
  /** The edge that arrives at the join. */
  edge: Edge;
}

function convert(b: Block, skipped: number, users: Users): void {
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
    if (join !== no.edge.to || join === b || join.loop !== b.loop) continue;
    if (!yes.block && !no.block) continue;
    // Both sides have to lie side by side: what else leads to the join lies between them.
    if (yes.block && no.block && join.preds.length !== 2) continue;
    const [x, y] = [cost(b, yes, no, join, users), cost(b, no, yes, join, users)];
    if (x + y > (yes.block && no.block ? 2 * skipped : skipped)) continue;
    b.predicates = [yes.block, no.block].filter((p) => p !== null);
    return;
  }
}

/** Instructions of one side, with the copies for the join. */
function cost(b: Block, arm: Arm, other: Arm, join: Block, users: Users): number {
  const nodes = arm.block?.nodes ?? [];
  let sum = 0;
  for (const n of nodes) sum += instructions(n, users);
  const at = join.preds.indexOf(arm.edge);
  const from = join.preds.indexOf(other.edge);
  for (const phi of join.phis) {
    const [value, made] = [resolve(phi.args[at]!), resolve(phi.args[from]!)];
    if (value === made) continue;
    if (sharesRegister(phi, value, made, [b, arm.block, other.block], users)) continue;
    if (!nodes.includes(value) && (arm.block || other.block === null)) sum += phi.type === 'i64' ? 2 : 1;
  }
  return sum;
}

/** What ends in these blocks, where the other side makes the variable anew. */
function sharesRegister(
  phi: Node,
  value: Node,
  made: Node,
  [b, own, other]: readonly [Block, Block | null, Block | null],
  users: Users,
): boolean {
  if (isConst(value) || !other?.nodes.includes(made)) return false;
  return users
    .get(value)!
    .every((u) => u === phi || u === b || ('op' in u && u.op !== 'phi' && [b, own, other].includes(u.block)));
}

function instructions(n: Node, users: Users): number {
  const [a, b] = n.args.map((x) => resolve(x));
  if (n.op === 'wrap') return 0;
  if (n.op === 'address') return isConst(b!) || users.get(n)?.length === 1 ? 0 : 1;
  if (n.op === 'store') return n.args[1]!.type === 'i32' ? 1 : never;
  if (n.op === 'setglobal') return n.args[0]!.type === 'i32' ? 1 : never;
  if (isPlainFloat(n)) return 1;
  if (n.type === 'i64') return wideInstructions(n, b);
  if (n.type !== 'i32') return never;
  if (n.op === 'lt_s') return a!.type === 'i32' && isConst(b!, 0) ? 1 : never;
  if (!alone.test(n.op)) return never;
  return isOperand(n, users) ? 0 : 1;
}

/** Sums of 64 bits set the flags. */
function wideInstructions({ op }: Node, b: Node | undefined): number {
  if (/^(and|or|xor)$/.test(op)) return 2;
  if (op.startsWith('sh') && b && isConst(b)) return b.value >= 32n ? 1 : 3;
  return never;
}

/** A constant shift goes along as an operand of the instruction that uses it, a product with the sum. */
function isOperand(n: Node, users: Users): boolean {
  const [user, ...others] = users.get(n) ?? [];
  if (!user || others.length > 0 || !('op' in user) || user.block !== n.block) return false;
  if (n.op.startsWith('sh')) return isConst(resolve(n.args[1]!)) && /^(add|sub|and|or|xor)$/.test(user.op);
  return n.op === 'mul' && /^(add|sub)$/.test(user.op) && !user.args.some((x) => isConst(resolve(x)));
}
