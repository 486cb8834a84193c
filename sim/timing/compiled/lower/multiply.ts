/** Products, and multiples that one shifted operand makes. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isPowerOfTwo } from './facts.ts';
import type { Lowering } from './lowering.ts';

/** x * (2^n + 1) and x * (2^n - 1) are one instruction with a shifted operand. */
export function isCheapMultiple(n: Node): boolean {
  const c = resolve(n.args[1]!);
  if (!isConst(c)) return false;
  const v = Number(c.value);
  return isPowerOfTwo(v - 1) || isPowerOfTwo(v + 1);
}

export function multiply(l: Lowering, to: number, a: Node, b: Node): void {
  if (isConst(b)) {
    const v = Number(b.value);
    const x = l.value(a);
    if (isPowerOfTwo(v - 1)) return l.alu('add lsl', to, [x, x], { shifted: true, wide: 1 });
    if (isPowerOfTwo(v + 1)) return l.alu('rsb lsl', to, [x, x], { shifted: true, wide: 1 });
  }
  l.emit('multiply', 'mul', [to], [l.value(a), l.value(b)], { wide: 0.8 });
}
