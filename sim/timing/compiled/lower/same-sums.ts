/**
 * The end of a check in 64 bits that is a sum of 32 bits as well (cse.cc, before anything is combined): where the sum was made before it on a path of blocks, the end is compared as that, and the low word that adds leaves beside
 * the carry is nobody's.
 */
import { longestPath } from '../block-paths.ts';
import { isConst, resolve, type Block, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

/** The register of the sum that a check's end is, made before it. */
export function sumBefore(l: Lowering, address: Node, check: Node): number | null {
  const by = check.offset + check.bytes;
  const sums = (l.users.get(address) ?? []).filter(
    (u): u is Node => 'op' in u && l.made.has(u) && isSum(u, address, by) && l.registers.has(l.key(u, 0)),
  );
  const sum = sums.find((u) => isFollowed(l, u));
  return sum ? l.value(sum) : null;
}

const isSum = ({ op, type, args }: Node, a: Node, by: number): boolean =>
  op === 'add' && type === 'i32' && resolve(args[0]!) === a && isConstant(resolve(args[1]!), by);

const isConstant = (n: Node, value: number): boolean =>
  isConst(n) && BigInt.asIntN(32, n.value) === BigInt(value);

/** Whether the path on which a sum was made goes on to the block at hand: each block comes only from the one before, and checks end gcc's. */
function isFollowed(l: Lowering, sum: Node): boolean {
  let left = longestPath;
  for (let b = l.block; left > 0; b = b.preds[0]!.from) {
    if (b === sum.block) return b === l.block || left > checksIn(b, sum);
    if (b.preds.length !== 1) return false;
    left -= 1 + checksIn(b, null);
  }
  return false;
}

/** Checks of a block, behind a node of it or all. */
const checksIn = ({ nodes }: Block, behind: Node | null): number =>
  nodes
    .slice(behind ? nodes.indexOf(behind) + 1 : 0)
    .filter(({ op }) => /^(guard|guard64|divcheck)$/.test(op)).length;
