/** Division: sdiv and udiv; powers of two shift, other constants multiply by a reciprocal (Hacker's Delight, chapter 10). */
import { isConst, resolve, type Node } from '../ir.ts';
import { isPowerOfTwo } from './facts.ts';
import type { Lowering } from './lowering.ts';

export function divide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const signed = n.op.endsWith('_s');
  const to = l.result(n);
  if (isConst(b) && b.value !== 0n) return divideByConstant(l, n, to, a, Number(b.value), signed);
  const quotient = n.op.startsWith('div') ? to : l.fresh();
  const x = l.value(a);
  const y = l.value(b);
  l.emit('divide', signed ? 'sdiv' : 'udiv', [quotient], [x, y], { wide: 1 });
  if (quotient !== to) l.emit('multiply', 'mls', [to], [quotient, y, x], { wide: 1 });
}

/** Powers of two shift; others multiply by a reciprocal (Hacker's Delight, chapter 10). */
function divideByConstant(l: Lowering, n: Node, to: number, a: Node, divisor: number, signed: boolean): void {
  const x = l.value(a);
  const remainder = n.op.startsWith('rem');
  const quotient = remainder ? l.fresh() : to;
  if (isPowerOfTwo(Math.abs(divisor))) {
    if (!signed) {
      if (remainder) return l.alu('and #', to, [x], { immediate: true });
      return void l.emit('shift', 'lsr #', [to], [x], { immediate: true });
    }
    const t = l.fresh();
    const u = l.fresh();
    if (Math.abs(divisor) > 2) {
      const s = l.fresh();
      l.emit('shift', 'asr #31', [s], [x], { immediate: true });
      l.emit('alu', 'add lsr', [t], [x, s], { shifted: true, wide: 1 });
    } else l.emit('alu', 'add lsr', [t], [x, x], { shifted: true, wide: 1 });
    if (!remainder) return void l.emit('shift', 'asr #', [to], [t], { immediate: true });
    l.alu('bic #', u, [t], { immediate: true, wide: 1 });
    return l.alu('sub', to, [x, u]);
  }
  const magic = l.constant(Math.trunc(2 ** 32 / divisor) | 0);
  const low = l.fresh();
  const high = l.fresh();
  l.emit('multiply', signed ? 'smull' : 'umull', [low, high], [x, magic], { wide: 1 });
  if (signed) {
    const s = l.fresh();
    l.emit('shift', 'asr #31', [s], [x], { immediate: true });
    l.emit('alu', 'rsb asr', [quotient], [s, high], { shifted: true, wide: 1 });
  } else l.emit('shift', 'lsr #', [quotient], [high], { immediate: true });
  if (remainder) l.emit('multiply', 'mls', [to], [quotient, l.constant(divisor), x], { wide: 1 });
}
