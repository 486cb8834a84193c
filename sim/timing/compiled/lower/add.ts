/** Sums and differences: mla and mls take a product along, add and rsb a shifted register, sxtab a sign extension. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isAddImmediate, isModifiedImmediate, splitImmediate } from '../machine.ts';
import { isOfHalves } from './multiply.ts';
import { commutative } from './operand-order.ts';
import { flagsOf, isShiftable, operand } from './operand.ts';
import type { Lowering } from './lowering.ts';

export function add(l: Lowering, to: number, a: Node, b: Node, op = 'address'): void {
  // Of two products the one with the older name comes first (fold-const.cc, tree_swap_operands_p), and goes along.
  const isYounger = l.isLazy(a, 'mul') && l.isLazy(b, 'mul') && resolve(b).id < resolve(a).id;
  const [older, other] = isYounger ? [b, a] : [a, b];
  for (const [x, y] of [
    [older, other],
    [other, older],
  ] as const)
    if (l.isLazy(x, 'mul') && x.type === 'i32' && accumulates(x, y)) {
      l.made.add(resolve(x));
      const accumulator = l.value(y);
      const [p, q] = resolve(x).args.map((v) => l.value(v)) as [number, number];
      const [first, second] = resolve(x).args as [Node, Node];
      const text = isOfHalves(l, first, second) ? 'smlabb' : 'mla';
      l.emit('multiply', text, [to], [p, q, accumulator], { accumulator, wide: 1 });
      return;
    }
  // An immediate takes the place of a shifted operand.
  const immediate = isConst(b) && isAddImmediate(Number(b.value));
  const [first, second] = isShiftable(l, a) && !isShiftable(l, b) && !immediate ? [b, a] : [a, b];
  for (const [x, y] of [
    [first, second],
    [second, first],
  ] as const)
    if (l.isLazy(x) && (x.op === 'ext8' || x.op === 'ext16') && !isConst(y)) {
      l.made.add(resolve(x));
      l.alu('sxta', to, [l.value(y), l.value(resolve(x).args[0]!)], { wide: 1, shifted: true });
      return;
    }
  if (op === 'add' && !isConst(resolve(a)) && !isConst(resolve(b))) {
    const { left, o } = commutative(l, a, b);
    return l.alu(`add ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o) });
  }
  const left = l.value(first);
  const constant = isConst(resolve(second)) ? Number(resolve(second).value) : 0;
  // A constant that is no immediate is added in two steps where it cannot wait in a register.
  const parts = isAddImmediate(constant) || l.innermost(l.block) ? null : splitImmediate(constant);
  if (parts) {
    const t = l.fresh();
    l.alu(`add #${parts[0]}`, t, [left], { immediate: true, wide: 1 });
    return l.alu(`add #${parts[1]}`, to, [t], { immediate: true, wide: 0.8 });
  }
  const o = operand(l, second, isAddImmediate);
  l.alu(`add ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o) });
}

/** mla takes registers: an immediate is added by itself, but that the sum of a product of 16-bit numbers is one operation before (WIDEN_MULT_PLUS_EXPR). */
function accumulates(product: Node, added: Node): boolean {
  if (!isConst(added) || !isAddImmediate(Number(added.value))) return true;
  return product.args.map(resolve).every((n) => (n.op === 'load' && n.signed) || /^ext(8|16)$/.test(n.op));
}

export function subtract(l: Lowering, to: number, a: Node, b: Node): void {
  if (l.isLazy(b, 'mul') && b.type === 'i32') {
    l.made.add(b);
    const [p, q] = b.args.map((v) => l.value(v)) as [number, number];
    l.emit('multiply', 'mls', [to], [p, q, l.value(a)], { wide: 1 });
    return;
  }
  if (isConst(a, 0) && bitSpread(l, to, b)) return;
  if (isConst(a) && isModifiedImmediate(Number(a.value))) {
    l.alu(`rsb #${a.value}`, to, [l.value(b)], { immediate: true });
    return;
  }
  if (isShiftable(l, a) && !isShiftable(l, b)) {
    const o = operand(l, a, () => false);
    l.alu(`rsb ${o.text}`, to, [l.value(b), ...o.uses], { ...flagsOf(o) });
    return;
  }
  const left = l.value(a);
  const o = operand(l, b, isAddImmediate);
  l.alu(`sub ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o) });
}

/** All bits or none by one: what is made negative of a single bit is that bit with its sign (sign_extract of combine.cc). */
function bitSpread(l: Lowering, to: number, bit: Node): boolean {
  if (!l.isLazy(bit, 'and') || !isConst(resolve(bit.args[1]!), 1)) return false;
  l.made.add(bit);
  const inner = resolve(bit.args[0]!);
  const by = resolve(inner.args[1] ?? inner);
  const along = /^shr_[su]$/.test(inner.op) && l.isLazy(inner) && isConst(by);
  if (along) l.made.add(inner);
  const from = l.value(along ? inner.args[0]! : inner);
  l.emit('shift', `sbfx #${along ? by.value : 0},#1`, [to], [from], { immediate: true, wide: 1 });
  return true;
}
