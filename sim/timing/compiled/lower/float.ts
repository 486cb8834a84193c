/** Floating-point work of one instruction, and sums that take a product along. What tests its operands first is in float-guarded.ts, doubles without a unit in soft-double.ts. */
import { resolve, type Block, type Node } from '../ir.ts';
import { isFloatComparison } from '../float-operators.ts';
import { compareFloats, guarded } from './float-guarded.ts';
import { inCore, inUnit, isFloat, widthOf } from './float-values.ts';
import type { Lowering } from './lowering.ts';
import { softDouble } from './soft-double.ts';

const short: Readonly<Record<string, string>> = {
  add: 'vadd',
  sub: 'vsub',
  mul: 'vmul',
  div: 'vdiv',
  neg: 'vneg',
};

export function float(l: Lowering, n: Node): void {
  const operation = n.name.slice(4);
  const [a, b] = n.args.map(resolve) as [Node, Node];
  if (n.name.includes('f64') && l.floats === 'single') return softDouble(l, n);
  if (/^(add|sub)$/.test(operation)) {
    const product = productOf(l, n);
    if (product) return accumulate(l, n, product);
  }
  const plain = short[operation];
  if (plain) return unit(l, n, `${plain}.${widthOf(n)}`, n.args);
  if (isFloatComparison(n)) return truth(l, n);
  if (operation.startsWith('reinterpret')) return reinterpret(l, n, a);
  if (/^(promote|demote)/.test(operation)) return unit(l, n, 'vcvt', [a]);
  if (operation.startsWith('convert_i32')) {
    const bits = l.freshFloat('single');
    l.emit('vfp', 'vmov s,r', [bits], [l.value(a)], { wide: 1 });
    return void l.emit('vfp', 'vcvt', [l.result(n)], [bits], { wide: 1 });
  }
  if (operation.startsWith('convert_i64'))
    return l.library(n.name, [l.result(n)], [l.value(a, 0), l.value(a, 1)], 45);
  guarded(l, n, a, b);
}

const unit = (l: Lowering, n: Node, text: string, args: readonly Node[]): void => {
  const uses = args.map((a) => inUnit(l, a));
  l.emit('vfp', text, [l.result(n)], uses, { wide: 1 });
};

/** Bits that change their meaning stay where they are. */
function reinterpret(l: Lowering, n: Node, a: Node): void {
  const words = isFloat(a) ? inCore(l, a) : (a.type === 'i64' ? [0, 1] : [0]).map((half) => l.value(a, half));
  words.forEach((r, half) => l.set(n, half, r));
}

/** A comparison as a value, 0 or 1. */
function truth(l: Lowering, n: Node): void {
  compareFloats(l, n);
  const to = l.result(n);
  l.ifThen(2);
  l.emit('move', 'mov<cc> #1', [to], [], { immediate: true, readsFlags: true });
  l.emit('move', 'mov<cc> #0', [to], [to], { immediate: true, readsFlags: true, conditional: true });
}

/**
 * Products that only sums and differences of their stretch take are made with them: -ffp-contract=fast, and a unit with fused instructions (convert_mult_to_fma
 * in gcc's tree-ssa-math-opts.cc).
 */
export function isTakenAlong(l: Lowering, n: Node): boolean {
  if (l.floats === 'vfplite' || n.op !== 'float' || !/^f(32|64)\.mul$/.test(n.name)) return false;
  if (n.type === 'i64') return false;
  const users = l.users.get(n) ?? [];
  return users.length > 0 && users.every((u) => takes(l, n, u));
}

function takes(l: Lowering, product: Node, user: Node | Block): boolean {
  if (!('op' in user) || user.op !== 'float' || !/^f(32|64)\.(add|sub)$/.test(user.name)) return false;
  if (user.block !== product.block || user.segment !== product.segment) return false;
  const [a, b] = user.args.map(resolve) as [Node, Node];
  if (a === b) return false;
  // Of two products the first is taken.
  const other = a === product ? b : a;
  return !(
    l.lazy.has(other) &&
    isProduct(other) &&
    other.block === product.block &&
    other.segment === product.segment
  );
}

const isProduct = (n: Node): boolean => n.op === 'float' && /^f(32|64)\.mul$/.test(n.name);

const productOf = (l: Lowering, n: Node): Node | null =>
  n.args.map(resolve).find((a) => isProduct(a) && l.fused.has(a)) ?? null;

/** a + b * c: the sum is made in the addend's register. */
function accumulate(l: Lowering, n: Node, product: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  l.made.add(product);
  const factors = product.args.map((x) => inUnit(l, x));
  const addend = inUnit(l, a === product ? b : a);
  const text = n.name.endsWith('add') ? 'vfma' : a === product ? 'vfnms' : 'vfms';
  const to = l.result(n);
  l.emit('vfp', 'vmov s,s', [to], [addend], { copy: true, wide: 1 });
  l.emit('vfp', `${text}.${widthOf(n)}`, [to], [to, ...factors], { accumulator: to, wide: 1 });
}
