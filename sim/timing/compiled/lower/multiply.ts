/** Products. Multiples that shifted operands make are sums by now (multiply-by-shifts.ts). */
import type { Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function multiply(l: Lowering, to: number, a: Node, b: Node): void {
  l.emit('multiply', 'mul', [to], [l.value(a), l.value(b)], { wide: 0.8 });
}
