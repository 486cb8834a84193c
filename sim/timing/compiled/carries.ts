/**
 * Sums whose carry is asked (match_arith_overflow of tree-ssa-math-opts.cc, in the pass widening_mul). A sum that is compared, unsigned, with one of its operands, and that something else reads, too, becomes
 * `.ADD_OVERFLOW`: what compares it asks for the carry that adds leaves. A difference that is compared with what it was taken from likewise.
 */
import { resolve, resolveAll, type Block, type Graph, type Node } from './ir.ts';
import { exchanged } from './simplify.ts';
import { usersOf, type Users } from './users.ts';

export function takeCarries(g: Graph): void {
  const users = usersOf(g);
  let found = false;
  for (const b of g.blocks)
    b.nodes = b.nodes.flatMap((n) => {
      const readers = /^(add|sub)$/.test(n.op) ? (users.get(n) ?? []) : [];
      const tests = readers.filter((u): u is Node => 'op' in u && asksCarry(u, n) !== null);
      if (tests.length === 0 || tests.length === readers.length || takesProduct(n, users)) return [n];
      found = true;
      const carry = g.node(b, 'carry', 'i32', [n], { origin: n.origin });
      for (const test of tests) ask(g, test, carry, asksCarry(test, n)!, users.get(test) ?? []);
      return [n, carry];
    });
  if (!found) return;
  for (const b of g.blocks) b.nodes = b.nodes.filter((n) => !n.forward);
  resolveAll(g);
}

/** A product of words that nothing else reads went into the sum just before (convert_plusminus_to_widen). */
const takesProduct = (n: Node, users: Users): boolean =>
  n.type === 'i64' &&
  n.args
    .map((a) => resolve(a))
    .some((a) => a.op === 'mul' && users.get(a)?.length === 1 && a.args.every((x) => isWord(resolve(x))));
const isWord = ({ op }: Node): boolean => /^(sext|zext|const)$/.test(op);

/** Whether a comparison holds where there is a carry, or a borrow, or where there is none; null where it asks something else. */
function asksCarry({ op, args }: Node, sum: Node): boolean | null {
  if (!/^[lg][te]_u$/.test(op)) return null;
  const [x, y] = args.map(resolve) as [Node, Node];
  const [a, b] = sum.args.map(resolve) as [Node, Node];
  const operands = sum.op === 'add' ? [a, b] : [a];
  if (!(x === sum && operands.includes(y)) && !(y === sum && operands.includes(x))) return null;
  const [carries, none] = sum.op === 'add' ? ['lt_u', 'ge_u'] : ['gt_u', 'le_u'];
  const asked = x === sum ? op : exchanged(op);
  return asked === carries ? true : asked === none ? false : null;
}

function ask(g: Graph, test: Node, carry: Node, holds: boolean, users: readonly (Node | Block)[]): void {
  if (holds) {
    test.forward = carry;
    return;
  }
  Object.assign(test, { op: 'eq', args: [carry, g.constant('i32', 0n)] });
  const branches = users.filter((u): u is Block => !('op' in u) && u.term.kind === 'branch');
  for (const { term } of branches) {
    if (term.kind !== 'branch') continue;
    term.condition = carry;
    term.edges = [term.edges[1], term.edges[0]];
  }
  if (branches.length > 0 && branches.length === users.length) test.forward = carry;
}
