/** and, or, xor of 64 bits, word by word; words of a constant that leave a value alone cost nothing. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isLogicalImmediate } from '../machine.ts';
import type { Lowering } from './lowering.ts';

export function logicWide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  for (const half of l.needs(n, 1) ? [0, 1] : [0]) logicHalf(l, n, half, a, b);
}

function logicHalf(l: Lowering, n: Node, half: number, a: Node, b: Node): void {
  const to = l.result(n, half);
  if (isConst(b)) {
    const word = Number(BigInt.asIntN(32, half ? b.value >> 32n : b.value));
    if (n.op === 'and' && word === 0) return void l.set(n, half, l.constant(0));
    if ((n.op === 'and' && word === -1) || (n.op !== 'and' && word === 0))
      return void l.set(n, half, l.value(a, half));
    if (isLogicalImmediate(word))
      return l.alu(`${n.op} #`, to, [l.value(a, half)], { immediate: true, wide: 0.8 });
  }
  // The upper word of a widened value is zero.
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const)
    if (half === 1 && x.op === 'zext')
      return void l.set(n, 1, n.op === 'and' ? l.constant(0) : l.value(y, 1));
  l.alu(n.op, to, [l.value(a, half), l.value(b, half)], { wide: 0.4 });
}
