/**
 * Shifts that every operation on them takes along. combine merges a shift into the first of several operations as well and leaves it for the others (of two instructions two others, since neither is a
 * move), where that costs no more; once the last one has it too, the shift itself is gone. A sum of a shifted register costs no more than another on the Cortex-M (v7m_extra_costs of arm.cc), twice as
 * much on the Cortex-A7 and the Cortex-A8, where such shifts stay.
 */
import { isConst, resolve, type Block, type Node } from '../ir.ts';
import { isPowerOfTwo } from './facts.ts';
import type { Lowering } from './lowering.ts';

/** @param reaches Whether nothing stands between the shift and one of its users that combine does not look behind. */
export function goesAlong(
  l: Lowering,
  n: Node,
  users: readonly (Node | Block)[],
  reaches: (user: Node) => boolean,
): boolean {
  if (l.shiftAdds < 2 || n.type !== 'i32' || !/^(shl|shr_[su]|rot[lr])$/.test(n.op)) return false;
  const [x, by] = n.args.map(resolve) as [Node, Node];
  // With the shift below it, it is a field of bits.
  if (!isConst(by) || (x.op === 'shl' && isConst(resolve(x.args[1]!)))) return false;
  return users.every((u) => 'op' in u && takes(u, n) && u.segment === n.segment && reaches(u));
}

const operation = /^(add|sub|and|or|xor)$/;
const comparison = /^(eq|ne|[lg][te]_[su])$/;

function takes(user: Node, shift: Node): boolean {
  const others = user.args.map(resolve).filter((a) => a !== shift);
  const [other] = others;
  if (others.length !== 1 || user.args.length !== 2 || user.type !== 'i32') return false;
  if (comparison.test(user.op)) return !isConst(other!) && !shift.op.startsWith('rot');
  if (!operation.test(user.op)) return false;
  if (!isConst(other!)) return user.op !== 'sub' || !shift.op.startsWith('rot');
  return (
    user.op === 'and' &&
    shift.op.startsWith('shr_') &&
    isPowerOfTwo(Number(BigInt.asUintN(32, other.value)) + 1)
  );
}
