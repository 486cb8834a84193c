/** Shifts and rotations. */
import { isConst, resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function shift(l: Lowering, to: number, a: Node, b: Node, op: string): void {
  if (isConst(b)) {
    if ((op === 'shr_s' || op === 'shr_u') && l.isLazy(a, 'shl') && isConst(resolve(a.args[1]!))) {
      l.made.add(a);
      const text = op === 'shr_s' ? 'sbfx' : 'ubfx';
      return void l.emit('shift', text, [to], [l.value(a.args[0]!)], { immediate: true, wide: 1 });
    }
    return void l.emit('shift', `${op} #${b.value}`, [to], [l.value(a)], {
      immediate: true,
      wide: 0.3,
    });
  }
  let amount = l.value(b);
  if (op === 'rotl') {
    const t = l.fresh();
    l.alu('rsb #32', t, [amount], { immediate: true, wide: 1 });
    amount = t;
  }
  l.emit('shift', `${op} reg`, [to], [l.value(a), amount], { wide: 0.5 });
}
