/** Which halves of 64-bit values are needed: bit 0 the low word, bit 1 the high word. */
import { isConst, type Graph, type Node } from './ir.ts';
import { hasEffect } from './optimize.ts';

export function demandedHalves(g: Graph): Map<Node, number> {
  const demand = new Map<Node, number>();
  const work: Node[] = [];
  const need = (n: Node, mask: number) => {
    const old = demand.get(n) ?? 0;
    if ((old | mask) === old) return;
    demand.set(n, old | mask);
    work.push(n);
  };
  for (const b of g.blocks) {
    for (const n of b.nodes) if (hasEffect(n)) need(n, 3);
    if ('condition' in b.term) need(b.term.condition, 3);
    if (b.term.kind === 'return') for (const v of b.term.values) need(v, 3);
  }
  while (work.length) {
    const n = work.pop()!;
    const mask = demand.get(n)!;
    n.args.forEach((a, i) => need(a, argumentMask(n, i, mask)));
  }
  return demand;
}

function argumentMask(n: Node, index: number, mask: number): number {
  const arg = n.args[index]!;
  if (arg.type !== 'i64') return 1;
  if (hasEffect(n)) return 3;
  switch (n.op) {
    case 'wrap':
      return 1;
    case 'mul':
      // Widening multiplications take words.
      if (n.args.every(isWord)) return 1;
      return mask & 2 ? 3 : 1;
    case 'add':
    case 'sub':
      return mask & 2 ? 3 : 1;
    case 'and':
    case 'or':
    case 'xor':
    case 'phi':
      return mask;
    case 'select':
      return index === 0 ? 3 : mask;
    case 'shl': {
      const by = n.args[1]!;
      if (index === 1) return 1;
      if (isConst(by) && by.value >= 32n) return 1;
      return mask & 2 ? 3 : 1;
    }
    case 'shr_s':
    case 'shr_u': {
      const by = n.args[1]!;
      if (index === 1) return 1;
      if (isConst(by) && by.value >= 32n) return 2;
      return isConst(by) ? (mask & 1 ? 3 : 2) : 3;
    }
    default:
      return 3;
  }
}

const isWord = (n: Node): boolean =>
  n.op === 'sext' || n.op === 'zext' || (n.op === 'const' && n.value >= 0n && n.value < 2n ** 31n);
