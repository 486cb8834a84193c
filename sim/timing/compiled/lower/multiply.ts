/** Products. Multiples that shifted operands make are sums by now (multiply-by-shifts.ts). */
import { resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function multiply(l: Lowering, to: number, a: Node, b: Node): void {
  l.emit('multiply', isOfHalves(l, a, b) ? 'smulbb' : 'mul', [to], [l.value(a), l.value(b)], { wide: 0.8 });
}

/**
 * A product of what was loaded as 16 bits with their sign, or as 8 (mulhisi3, and maddhisi4 with a sum). Behind wasm2c's asm a value is known to be extended, so the product is one of words; without it what
 * is loaded has the unsigned type of the bytes that were copied, and stays a half, but where it is extended as it is loaded, for its one use.
 */
export const isOfHalves = (l: Lowering, a: Node, b: Node): boolean =>
  !l.g.pinnedLoads &&
  [a, b].map(resolve).every((n) => n.op === 'load' && n.type === 'i32' && n.signed && n.bytes <= 2) &&
  [a, b].some((n) => (l.users.get(resolve(n)) ?? []).length > 1);
