/**
 * `x > 2500 & x < 5000` is one comparison without signs, x - 2501 <= 2498 (optimize_range_tests in tree-ssa-reassoc.c); `x <= 2500 | x >= 5000` is the
 * opposite of that.
 */
import { isConst, type Graph, type Node } from './ir.ts';
import type { Make } from './simplify.ts';

interface Interval {
  value: Node;
  low: bigint;
  high: bigint;
  signed: boolean;
}

const least = -(2n ** 31n);
const bounds = (signed: boolean) =>
  (signed ? [least, -least - 1n] : [0n, 2n ** 32n - 1n]) as [bigint, bigint];

/** Where a comparison with a constant holds, or where it does not. */
function intervalOf(n: Node, holds: boolean): Interval | null {
  const [value, c] = n.args;
  if (value?.type !== 'i32' || !c || !isConst(c)) return null;
  const kind = /^([lg])([te])_([su])$/.exec(n.op);
  if (!kind) return null;
  const signed = kind[3] === 's';
  const [lowest, highest] = bounds(signed);
  const bound = signed ? BigInt.asIntN(32, c.value) : BigInt.asUintN(32, c.value);
  const below = (kind[1] === 'l') === holds;
  const included = (kind[2] === 'e') === holds;
  const low = below ? lowest : included ? bound : bound + 1n;
  const high = below ? (included ? bound : bound - 1n) : highest;
  return low <= high ? { value, low, high, signed } : null;
}

export function rangeTest(g: Graph, n: Node, make: Make): Node | null {
  if (g.early) return null;
  const holds = n.op === 'and';
  const [x, y] = n.args.map((a) => intervalOf(a, holds));
  if (!x || !y || x.value !== y.value || x.signed !== y.signed) return null;
  const [lowest, highest] = bounds(x.signed);
  const low = x.low > y.low ? x.low : y.low;
  const high = x.high < y.high ? x.high : y.high;
  // One of them says it all, or nothing is left: not a range.
  if (low > high || low === lowest || high === highest) return null;
  const word = (v: bigint) => g.constant('i32', BigInt.asIntN(32, v));
  const from = low === 0n ? x.value : make('add', 'i32', [x.value, word(-low)]);
  return make(holds ? 'le_u' : 'gt_u', 'i32', [from, word(high - low)]);
}
