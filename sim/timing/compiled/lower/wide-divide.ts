/** Division of 64 bits: a call into the compiler's library, which answers with the remainder too; who asks for both calls once (convert_to_divmod of tree-ssa-math-opts.cc). */
import { divisionRun, longDivision } from '../long-division.ts';
import { isConst, resolve, type Block, type Node } from '../ir.ts';
import { divideWideByConstant } from './wide-divide-constant.ts';
import type { Lowering } from './lowering.ts';

export function wideDivide(l: Lowering, n: Node): void {
  if (divideWideByConstant(l, n)) return;
  const operands = n.args.map(resolve) as [Node, Node];
  const signed = n.op.endsWith('_s');
  const given = operands.flatMap((a) => [0, 1].map((half) => passed(l, a, half)));
  const other = counterpart(l, n, operands);
  if (other) l.made.add(other);
  const [quotient, remainder] = n.op.startsWith('div') ? [n, other] : [other, n];
  const words = (v: Node | null) => (v ? [l.result(v, 0), l.result(v, 1)] : []);
  const { cycles, missed } = longDivision(l.cLibrary, n.division ?? divisionRun(signed));
  l.emit('call', 'bl', [], given, { taken: 1, wide: 1 });
  const name = signed ? '__aeabi_ldivmod' : '__aeabi_uldivmod';
  const results = [...words(quotient), ...words(remainder)];
  l.emit('library', name, results, [], { cycles, changes: missed, wide: 1 });
}

/** Arguments go to r0 to r3. */
export function passed(l: Lowering, a: Node, half: number): number {
  const to = l.fresh();
  if (isConst(a)) {
    const word = Number(BigInt.asIntN(32, half ? a.value >> 32n : a.value));
    l.emit('move', `mov #${word}`, [to], [], { immediate: true });
  } else l.emit('move', 'mov', [to], [l.value(a, half)], { copy: true, wide: 0 });
  return to;
}

/** The remainder of a quotient, or the quotient of a remainder, that comes later on every way to it. */
function counterpart(l: Lowering, n: Node, [a, b]: [Node, Node]): Node | null {
  const wanted = n.op.startsWith('div') ? n.op.replace('div', 'rem') : n.op.replace('rem', 'div');
  const other = (l.users.get(a) ?? []).find(
    (u): u is Node =>
      'op' in u &&
      u.op === wanted &&
      resolve(u.args[0]!) === a &&
      resolve(u.args[1]!) === b &&
      dominates(n.block, u.block),
  );
  return other && !l.made.has(other) ? other : null;
}

function dominates(a: Block, b: Block): boolean {
  let at: Block | null = b;
  while (at && at !== a) at = at.dominator;
  return at === a;
}
