/** and, or, xor of 64 bits, word by word; words of a constant that leave a value alone cost nothing. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isLogicalImmediate } from '../machine.ts';
import { isPowerOfTwo } from './facts.ts';
import { compare } from './compare.ts';
import { isComparison } from '../simplify.ts';
import { foldedWord, isFoldable, wordConstant } from './wide-operand.ts';
import type { Lowering } from './lowering.ts';

export function logicWide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const halves = l.needs(n, 1) ? [0, 1] : [0];
  // What goes along as a shifted operand is settled before either word is made.
  const along = halves.map((half) => {
    if (wordConstant(a, half) !== null || wordConstant(b, half) !== null) return null;
    const [x, y] = isFoldable(l, b, half) ? [a, b] : [b, a];
    const register = foldedWord(l, y, half);
    return register === null ? null : { other: x, register };
  });
  halves.forEach((half, i) => {
    const folded = along[i];
    if (folded)
      l.alu(n.op, l.result(n, half), [l.value(folded.other, half), folded.register], {
        shifted: true,
        wide: 1,
      });
    else logicHalf(l, n, half, a, b);
  });
}

function logicHalf(l: Lowering, n: Node, half: number, a: Node, b: Node): void {
  if (takesComplement(l, n, half, a, b) || takesTruth(l, n, half, a, b)) return;
  if (takesField(l, n, half, a, b)) return;
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const word = wordConstant(y, half);
    if (word === null) continue;
    if (n.op === 'and' && word === 0) return void l.set(n, half, l.constant(0));
    if ((n.op === 'and' && word === -1) || (n.op !== 'and' && word === 0))
      return void l.set(n, half, l.value(x, half));
    const to = l.result(n, half);
    const from = [l.value(x, half)];
    if (n.op === 'xor' && word === -1) return l.alu('mvn', to, from, { wide: 0.3 });
    if (n.op === 'and' && (word === 0xff || word === 0xffff))
      return void l.emit('extend', word === 0xff ? 'uxtb' : 'uxth', [to], from, { wide: 0.3 });
    if (n.op === 'and' && isPowerOfTwo((word >>> 0) + 1) && !isLogicalImmediate(word))
      return void l.emit('shift', 'ubfx', [to], from, { immediate: true, wide: 1 });
    if (isLogicalImmediate(word)) return l.alu(`${n.op} #`, to, from, { immediate: true, wide: 0.8 });
  }
  l.alu(n.op, l.result(n, half), [l.value(a, half), l.value(b, half)], { wide: 0.4 });
}

/** A field that lies in the lower word of a shift to the right needs no other word (force_to_mode in combine.c). */
function takesField(l: Lowering, n: Node, half: number, a: Node, b: Node): boolean {
  if (n.op !== 'and' || half === 1) return false;
  const mask = wordConstant(b, 0);
  const by = a.args[1] && resolve(a.args[1]);
  if (mask === null || !by || !isConst(by) || !/^shr_[su]$/.test(a.op) || !l.isLazy(a)) return false;
  if ((l.users.get(a)?.length ?? 0) !== 1 || Number(by.value & 63n) + 32 - Math.clz32(mask) > 32)
    return false;
  l.folded.add(l.key(a, 0));
  const from = l.value(a.args[0]!, 0);
  const to = l.result(n, 0);
  if (isPowerOfTwo((mask >>> 0) + 1)) l.emit('shift', 'ubfx', [to], [from], { immediate: true, wide: 1 });
  else {
    const t = l.fresh();
    l.emit('shift', 'lsr #', [t], [from], { immediate: true, wide: 0.3 });
    l.alu('and #', to, [t, ...(isLogicalImmediate(mask) ? [] : [l.constant(mask)])], { wide: 0.8 });
  }
  return true;
}

/** The lowest bit is set under a condition (ior_scc of arm.md), unless a shift comes along instead. */
function takesTruth(l: Lowering, n: Node, half: number, a: Node, b: Node): boolean {
  if (n.op !== 'or' || half === 1) return false;
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const truth = y.op === 'zext' && l.isLazy(y) ? resolve(y.args[0]!) : null;
    if (!truth || !isComparison(truth) || !l.isLazy(truth) || isConst(x) || isFoldable(l, x, 0)) continue;
    const from = l.value(x, 0);
    l.made.add(y);
    l.made.add(truth);
    compare(l, truth);
    const to = l.result(n, 0);
    l.emit('move', 'mov choice', [to], [from], { copy: true, readsFlags: true, wide: 0 });
    l.ifThen(1);
    l.alu('or<cc> #1', to, [to], { immediate: true, readsFlags: true, conditional: true, wide: 1 });
    return true;
  }
  return false;
}

/** bic and orn take the complement of a word along, unless it is used once more. */
function takesComplement(l: Lowering, n: Node, half: number, a: Node, b: Node): boolean {
  if (n.op === 'xor') return false;
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!l.isLazy(x, 'xor') || !isConst(resolve(x.args[1]!), -1)) continue;
    if ((l.users.get(x)?.length ?? 0) !== 1 || wordConstant(y, half) !== null) continue;
    l.folded.add(l.key(x, half));
    const uses = [l.value(y, half), l.value(x.args[0]!, half)];
    l.alu(n.op === 'and' ? 'bic' : 'orn', l.result(n, half), uses, { wide: 0.7 });
    return true;
  }
  return false;
}
