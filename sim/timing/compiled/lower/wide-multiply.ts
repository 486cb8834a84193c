/** Products of 64 bits, from widening multiplications of words. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isPowerOfTwo } from './facts.ts';
import type { Lowering } from './lowering.ts';
import { makeMultiple, wideMultiple } from './wide-multiple.ts';
import { wordConstant } from './wide-operand.ts';

export function multiplyWide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const high = l.needs(n, 1);
  if (!high)
    return void l.emit('multiply', 'mul', [l.result(n, 0)], [l.value(a, 0), l.value(b, 0)], {
      wide: 1,
    });
  const product = factors(l, a, b);
  const [lo, hi] = [l.result(n, 0), l.result(n, 1)];
  if (product) {
    const uses = product.words.map((w) => l.value(w));
    return void l.emit('multiply', product.signed ? 'smull' : 'umull', [lo, hi], uses, { wide: 1 });
  }
  const multiple = isConst(b) && b.value > 0n && b.value < 2n ** 32n ? Number(b.value) : 0;
  // gcc sinks what only a choice takes into its arm, so its steps run part of the time: they stay the product that is fewer.
  const users = l.users.get(n) ?? [];
  const sinks = users.length > 0 && users.every((u) => 'op' in u && u.op === 'select');
  const steps = multiple > 0 && !sinks ? wideMultiple(multiple, l.doublings) : null;
  if (steps) return makeMultiple(l, [lo, hi], [l.value(a, 0), l.value(a, 1)], steps);
  const negative = isConst(b) && b.value < 0n && -b.value < 2n ** 31n;
  if (negative) {
    // x * -c = (sign(x) * -c - x) * 2^32 + x * (2^32 - c)
    const [x, c] = [l.value(a, 0), l.constant(Number(BigInt.asIntN(32, b.value)))];
    const [t, u, v] = [l.fresh(), l.fresh(), l.fresh()];
    l.alu('rsb #0', t, [x], { immediate: true });
    l.emit('multiply', 'mla', [u], [l.value(a, 1), c, t], { accumulator: t, wide: 1 });
    l.emit('multiply', 'umull', [lo, v], [x, c], { wide: 1 });
    return l.alu('add', hi, [u, v]);
  }
  if (a === b) {
    // Both cross products are the same: it is added twice.
    const [x, up] = [l.fresh(), l.fresh()];
    l.emit('multiply', 'mul', [x], [l.value(a, 0), l.value(a, 1)], { wide: 1 });
    l.emit('multiply', 'umull', [lo, up], [l.value(a, 0), l.value(a, 0)], { wide: 1 });
    return l.alu('add lsl #1', hi, [up, x], { shifted: true, wide: 1 });
  }
  // A word that is known to be 0 takes its cross product along.
  const [full, short] = wordConstant(a, 1) === 0 ? [b, a] : [a, b];
  if (wordConstant(short, 1) === 0) {
    const up = l.fresh();
    l.emit('multiply', 'umull', [lo, up], [l.value(a, 0), l.value(b, 0)], { wide: 1 });
    const uses = [l.value(full, 1), l.value(short, 0), up];
    return void l.emit('multiply', 'mla', [hi], uses, { accumulator: up, wide: 1 });
  }
  const cross = l.fresh();
  const sum = l.fresh();
  const upper = l.fresh();
  const up = wordConstant(b, 1);
  if (up !== null && up > 1 && isPowerOfTwo(up))
    l.emit('shift', `lsl #${31 - Math.clz32(up)}`, [cross], [l.value(a, 0)], { immediate: true, wide: 0.3 });
  else l.emit('multiply', 'mul', [cross], [l.value(a, 0), l.value(b, 1)], { wide: 1 });
  l.emit('multiply', 'mla', [sum], [l.value(a, 1), l.value(b, 0), cross], {
    wide: 1,
    accumulator: cross,
  });
  l.emit('multiply', 'umull', [lo, upper], [l.value(a, 0), l.value(b, 0)], { wide: 1 });
  l.alu('add', hi, [upper, sum]);
}

/** A factor that is a sign-extended word, as that word; null otherwise. */
function signedWord(l: Lowering, n: Node): Node | null {
  if (n.op === 'sext') return resolve(n.args[0]!);
  if (n.op === 'const' && BigInt.asIntN(32, n.value) === n.value) return l.g.constant('i32', n.value);
  return null;
}

function unsignedWord(l: Lowering, n: Node): Node | null {
  if (n.op === 'zext') return resolve(n.args[0]!);
  if (n.op === 'const' && BigInt.asUintN(32, n.value) === n.value) return l.g.constant('i32', n.value);
  return null;
}

export function factors(l: Lowering, a: Node, b: Node): { words: [Node, Node]; signed: boolean } | null {
  // A negative constant is a large unsigned one to gcc, and no widening multiplication takes it.
  if ((isConst(a) && a.value < 0n) || (isConst(b) && b.value < 0n)) return null;
  for (const signed of [true, false]) {
    const word = (n: Node) => (signed ? signedWord(l, n) : unsignedWord(l, n));
    const x = word(a);
    const y = word(b);
    if (x && y) return { words: [x, y], signed };
  }
  // Where signs differ, an unsigned factor that is narrower than a word is a signed word as well.
  for (const [signs, short] of [
    [a, b],
    [b, a],
  ] as const) {
    const [x, y] = [signedWord(l, signs), unsignedWord(l, short)];
    if (x && y && y.op === 'load' && y.bytes < 4)
      return { words: signs === a ? [x, y] : [y, x], signed: true };
  }
  return null;
}
