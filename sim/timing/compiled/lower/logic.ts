/** and, or, xor: immediates, shifted registers, and bit fields where a mask follows a shift. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isLogicalImmediate, isModifiedImmediate } from '../machine.ts';
import { compareInto } from './compare-pairs.ts';
import { isPowerOfTwo } from './facts.ts';
import { flagsOf, operand } from './operand.ts';
import { commutative } from './operand-order.ts';
import type { Lowering } from './lowering.ts';

export function logic(l: Lowering, to: number, a: Node, b: Node, op: string): void {
  if (op === 'and' && isConst(b)) {
    const v = Number(BigInt.asUintN(32, b.value));
    const low = isPowerOfTwo(v + 1);
    if (low && l.isLazy(a) && a.op.startsWith('shr_') && isConst(resolve(a.args[1]!))) {
      l.made.add(a);
      return void l.emit('shift', 'ubfx', [to], [l.value(a.args[0]!)], { immediate: true, wide: 1 });
    }
    if (v === 0xff || v === 0xffff)
      return void l.emit('extend', v === 0xff ? 'uxtb' : 'uxth', [to], [l.value(a)], { wide: 0.3 });
    if (low && !isLogicalImmediate(v))
      return void l.emit('shift', 'ubfx', [to], [l.value(a)], { immediate: true, wide: 1 });
  }
  if (compareInto(l, to, a, b, op)) return;
  if (op === 'xor' && isConst(b, -1)) return l.alu('mvn', to, [l.value(a)], { wide: 0.3 });
  // bic and orn take the complement along.
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const)
    if (/^(and|or)$/.test(op) && l.isLazy(x, 'xor') && isConst(resolve(x.args[1]!), -1) && !isConst(y)) {
      l.made.add(resolve(x));
      const left = l.value(y);
      const o = operand(l, x.args[0]!, () => false);
      return l.alu(op === 'and' ? 'bic' : 'orn', to, [left, ...o.uses], { ...flagsOf(o), wide: 0.7 });
    }
  if (!isConst(resolve(a)) && !isConst(resolve(b))) {
    const { left, o } = commutative(l, a, b);
    return l.alu(`${op} ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o), wide: 0.5 });
  }
  const left = l.value(a);
  const o = operand(l, b, op === 'and' || op === 'or' ? isLogicalImmediate : isModifiedImmediate);
  l.alu(`${op} ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o), wide: 0.5 });
}
