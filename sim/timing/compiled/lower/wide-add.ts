/** Sums of 64 bits: adds and adc, or smlal and umlal where a product of words is added. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isAddImmediate, isLogicalImmediate, isModifiedImmediate } from '../machine.ts';
import { factors } from './wide-multiply.ts';
import type { Lowering } from './lowering.ts';

/** Sums and differences. */
export function addWide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const high = l.needs(n, 1);
  if (!high)
    return n.op === 'add'
      ? addLow(l, n, a, b)
      : void l.alu('sub', l.result(n, 0), [l.value(a, 0), l.value(b, 0)]);
  if (n.op === 'add')
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const product = l.isLazy(x, 'mul') ? factors(l, resolve(x.args[0]!), resolve(x.args[1]!)) : null;
      if (!product) continue;
      l.made.add(x);
      const [lo, hi] = [l.result(n, 0), l.result(n, 1)];
      wordMove(l, lo, y, 0);
      wordMove(l, hi, y, 1);
      const uses = product.words.map((w) => l.value(w));
      l.emit('multiply', product.signed ? 'smlal' : 'umlal', [lo, hi], [...uses, lo, hi], {
        wide: 1,
        accumulator: lo,
      });
      return;
    }
  const [first, second] = n.op === 'add' ? ['adds', 'adc'] : ['subs', 'sbc'];
  const lowImmediate = isConst(b) && isModifiedImmediate(Number(BigInt.asIntN(32, b.value)));
  const x0 = l.value(a, 0);
  const y0 = lowImmediate ? [] : [l.value(b, 0)];
  const highWord = isConst(b) ? Number(BigInt.asIntN(32, b.value >> 32n)) : 0;
  // A high word that is only a sign comes as a shifted operand.
  const [sign, other] = isSign(l, b) ? [b, a] : n.op === 'add' && isSign(l, a) ? [a, b] : [null, a];
  const x1 = l.value(other, 1);
  const y1 = sign
    ? [l.value(sign.args[0]!)]
    : isConst(b) && isLogicalImmediate(highWord)
      ? []
      : [l.value(b, 1)];
  l.alu(first!, l.result(n, 0), [x0, ...y0], {
    setsFlags: true,
    immediate: y0.length === 0,
    wide: 0.3,
  });
  // A word that is the sign of another one comes as a shifted operand.
  l.alu(second!, l.result(n, 1), [x1, ...y1], {
    readsFlags: true,
    immediate: y1.length === 0,
    wide: 0.7,
  });
}

/** A widened word whose sign is wanted here alone. */
function isSign(l: Lowering, n: Node): boolean {
  const x = resolve(n);
  return x.op === 'sext' && (l.users.get(x)?.length ?? 0) === 1 && !l.registers.has(l.key(x, 1));
}

function addLow(l: Lowering, n: Node, a: Node, b: Node): void {
  const to = l.result(n, 0);
  const immediate = isConst(b) && isAddImmediate(Number(BigInt.asIntN(32, b.value)));
  l.alu('add', to, [l.value(a, 0), ...(immediate ? [] : [l.value(b, 0)])], { immediate });
}

function wordMove(l: Lowering, to: number, n: Node, half: number): void {
  l.emit('move', 'mov', [to], [l.value(n, half)], { copy: true, wide: 0 });
}
