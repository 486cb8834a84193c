/** The lowest bit of a value, where ccp knows it: of sums and products from those of their operands, round a loop where no round changes it. */
import { resolve, type Node } from './ir.ts';

/** Operations that are looked through. */
const mostDepth = 6;

/** @param assumed Of what a loop carries round: what it began with. */
export function lowestBit(
  node: Node,
  depth = 0,
  assumed: ReadonlyMap<Node, 0 | 1> = new Map(),
): 0 | 1 | null {
  const n = resolve(node);
  if (n.op === 'const') return Number(BigInt.asUintN(1, n.value)) as 0 | 1;
  const before = assumed.get(n);
  if (before !== undefined) return before;
  if (depth > mostDepth) return null;
  const of = (i: number) => lowestBit(n.args[i]!, depth + 1, assumed);
  switch (n.op) {
    case 'shl': {
      const by = resolve(n.args[1]!);
      return by.op === 'const' && (by.value & 31n) > 0n ? 0 : null;
    }
    case 'add':
    case 'sub':
    case 'xor': {
      const [x, y] = [of(0), of(1)];
      return x === null || y === null ? null : ((x ^ y) as 0 | 1);
    }
    case 'mul':
    case 'and': {
      const [x, y] = [of(0), of(1)];
      return x === 0 || y === 0 ? 0 : x === 1 && y === 1 ? 1 : null;
    }
    case 'or': {
      const [x, y] = [of(0), of(1)];
      return x === 1 || y === 1 ? 1 : x === 0 && y === 0 ? 0 : null;
    }
    case 'phi':
      return carried(n, depth, assumed);
    default:
      return null;
  }
}

function carried(phi: Node, depth: number, assumed: ReadonlyMap<Node, 0 | 1>): 0 | 1 | null {
  const { loop } = phi.block;
  const inside = phi.block.preds.map((e) => loop?.header === phi.block && loop.blocks.has(e.from));
  let bit: 0 | 1 | null = null;
  for (const [i, a] of phi.args.entries()) {
    if (inside[i]) continue;
    const own = lowestBit(a, depth + 1, assumed);
    if (own === null || (bit !== null && own !== bit)) return null;
    bit = own;
  }
  if (bit === null) return null;
  const known = new Map(assumed).set(phi, bit);
  return phi.args.every((a, i) => !inside[i] || lowestBit(a, depth + 1, known) === bit) ? bit : null;
}
