/** Sums of 64 bits: adds and adc, or smlal and umlal where a product of words is added. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isAddImmediate, isLogicalImmediate, isModifiedImmediate } from '../machine.ts';
import { factors } from './wide-multiply.ts';
import { foldedWord, isFoldable, wordConstant } from './wide-operand.ts';
import type { Lowering } from './lowering.ts';

/** Sums and differences. */
export function addWide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const high = l.needs(n, 1);
  if (!high) return n.op === 'add' ? addLow(l, n, a, b) : subtractLow(l, n, a, b);
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
      const halves = product.signed && product.words.every(isHalf);
      // An instruction of the whole (maddhidi4), where that of words takes its parts.
      if (halves) l.pairs.set(lo, hi);
      const text = halves ? 'smlalbb' : product.signed ? 'smlal' : 'umlal';
      l.emit('multiply', text, [lo, hi], [...uses, lo, hi], {
        wide: 1,
        accumulator: lo,
      });
      return;
    }
  const [first, second] = n.op === 'add' ? ['adds', 'adc'] : ['subs', 'sbc'];
  // A word that is a shift comes as a shifted operand of adc and sbc; adds and subs take none.
  const [x, y] = n.op === 'add' && !isFoldable(l, b, 1) && isFoldable(l, a, 1) ? [b, a] : [a, b];
  const shifted = foldedWord(l, y, 1);
  const lowImmediate = isImmediateWord(y, 0, (v) => isModifiedImmediate(v) || isModifiedImmediate(-v));
  const low = [l.value(x, 0), ...(lowImmediate ? [] : [l.value(y, 0)])];
  const highImmediate = isImmediateWord(y, 1, isLogicalImmediate);
  const upper = [l.value(x, 1), ...(shifted !== null ? [shifted] : highImmediate ? [] : [l.value(y, 1)])];
  l.alu(first!, l.result(n, 0), low, { setsFlags: true, immediate: lowImmediate, wide: 0.3 });
  l.alu(second!, l.result(n, 1), upper, {
    readsFlags: true,
    immediate: highImmediate,
    shifted: shifted !== null,
    wide: 0.7,
  });
}

const isHalf = (n: Node): boolean => resolve(n).op === 'load' && resolve(n).signed && resolve(n).bytes <= 2;

function isImmediateWord(n: Node, half: number, fits: (v: number) => boolean): boolean {
  const v = wordConstant(n, half);
  return v !== null && fits(v);
}

function addLow(l: Lowering, n: Node, a: Node, b: Node): void {
  const to = l.result(n, 0);
  const immediate = isConst(b) && isAddImmediate(Number(BigInt.asIntN(32, b.value)));
  l.alu('add', to, [l.value(a, 0), ...(immediate ? [] : [l.value(b, 0)])], { immediate });
}

function subtractLow(l: Lowering, n: Node, a: Node, b: Node): void {
  const to = l.result(n, 0);
  const [x, y] = [wordConstant(a, 0), wordConstant(b, 0)];
  if (y !== null && isAddImmediate(y)) l.alu(`add #${-y}`, to, [l.value(a, 0)], { immediate: true });
  else if (x !== null && isModifiedImmediate(x)) l.alu(`rsb #${x}`, to, [l.value(b, 0)], { immediate: true });
  else l.alu('sub', to, [l.value(a, 0), l.value(b, 0)]);
}

function wordMove(l: Lowering, to: number, n: Node, half: number): void {
  l.emit('move', 'mov', [to], [l.value(n, half)], { copy: true, wide: 0 });
}
