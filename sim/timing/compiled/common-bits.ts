/**
 * Bits taken together, as match.pd has it: (a & b) | (a & c) is a & (b | c), so for | under & and for & under ^; and (a & ~m) | (b & m), a choice bit by bit that nothing else
 * uses a half of, is ((a ^ b) & m) ^ a.
 */
import { isConst, resolve, type Node } from './ir.ts';
import type { Make } from './simplify.ts';

/** What is shared, by what it is shared under. */
const shared: Readonly<Record<string, string>> = { and: 'or', or: 'and', xor: 'and' };

export function takeBitsTogether(
  { op, type, args }: Node,
  isUsedOnce: (n: Node) => boolean,
  make: Make,
): Node | null {
  const inner = shared[op];
  if (!inner || (type !== 'i32' && type !== 'i64')) return null;
  const [a, b] = args.map(resolve) as [Node, Node];
  if (a.op !== inner || b.op !== inner) return null;
  const [p, q] = [a.args.map(resolve), b.args.map(resolve)];
  const common = p.find((x) => q.includes(x));
  const other = (of: readonly Node[], x: Node) => of[of[0] === x ? 1 : 0]!;
  if (common) return make(inner, type, [common, make(op, type, [other(p, common), other(q, common)])]);
  if (op !== 'or' || !isUsedOnce(a) || !isUsedOnce(b)) return null;
  for (const [not, with_] of [
    [p, q],
    [q, p],
  ] as const)
    for (const n of not) {
      const mask = inverted(n);
      if (!mask || !with_.includes(mask)) continue;
      const [x, y] = [other(not, n), other(with_, mask)];
      return make('xor', type, [x, make('and', type, [mask, make('xor', type, [x, y])])]);
    }
  return null;
}

/** Of what a value has all the bits the other way. */
function inverted(n: Node): Node | null {
  const [x, ones] = n.args.map(resolve);
  return n.op === 'xor' && isConst(ones!, -1) ? x! : null;
}
