/**
 * Operators whose C tests its operands first: wasm2c's macros for conversions, minima and maxima and its functions for roots, magnitudes and roundings (wasm-rt and the head of
 * its output). The tests are branches that hardly ever go the other way; magnitudes are short enough to be conditional.
 */
import { isConst, resolve, type Block, type Node } from '../ir.ts';
import { fileFor, inCore, inUnit, widthOf } from './float-values.ts';
import type { Lowering } from './lowering.ts';

export function guarded(l: Lowering, n: Node, a: Node, b: Node | undefined): void {
  const operation = n.name.slice(4);
  if (operation.startsWith('trunc_')) return toInteger(l, n, a);
  if (/^(min|max)$/.test(operation)) return choose(l, n, a, b!);
  if (operation === 'abs') return magnitude(l, n, a);
  if (operation === 'copysign') return copySign(l, n, a, b!);
  const x = inUnit(l, a);
  testNumber(l, x, a);
  if (operation === 'sqrt') {
    testZero(l, x, a);
    return void l.emit('vfp', `vsqrt.${widthOf(n)}`, [l.result(n)], [x], { wide: 1 });
  }
  // floor, ceil, trunc, nearest: no instruction before Armv8.
  l.library(n.name, [l.result(n)], [x], a.type === 'f32' ? 20 : 33);
}

/** Whether the operator's C branches: what comes behind it is another stretch. */
export const branches = (n: Node): boolean =>
  n.op === 'float' && /\.(trunc|sqrt|min|max|floor|ceil|nearest)/.test(n.name);

/** vcmp and the move of its flags to the core's. */
function flags(l: Lowering, text: string, uses: number[]): void {
  l.emit('vfp', text, [l.floatFlags], uses, { wide: 1 });
  l.emit('vfp', 'vmrs', [], [l.floatFlags], { setsFlags: true, wide: 1 });
}

const rarely = (l: Lowering): void => l.branch('b<cc>', [], 0, false, true);

/** Whether a test on the way here has left only numbers. */
function isNumber(l: Lowering, n: Node): boolean {
  const tested = l.numbers.get(n);
  for (let b: Block | null = l.block; tested && b; b = b.dominator) if (tested.has(b)) return true;
  return false;
}

function note(l: Lowering, n: Node): void {
  l.numbers.set(n, (l.numbers.get(n) ?? new Set<Block>()).add(l.block));
}

/** Not a number: compares unequal to itself. Asked once, as gcc threads the jumps of what asks again (what a minimum makes of numbers is one). */
function testNumber(l: Lowering, x: number, n: Node): void {
  if (isNumber(l, n)) return;
  note(l, n);
  flags(l, `vcmp.${widthOf(n)}`, [x, x]);
  rarely(l);
}

function testZero(l: Lowering, x: number, n: Node): void {
  flags(l, `vcmp.${widthOf(n)} #0`, [x]);
  rarely(l);
}

/** Puts a comparison of floats into the flags. */
export function compareFloats(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const uses = isConst(b, 0) ? [inUnit(l, a)] : [inUnit(l, a), inUnit(l, b)];
  flags(l, `vcmp.${widthOf(a)}`, uses);
}

function toInteger(l: Lowering, n: Node, a: Node): void {
  const x = inUnit(l, a);
  const signed = n.name.endsWith('_s');
  testNumber(l, x, a);
  for (const bound of signed ? [-2147483648, 2147483648] : [-1, 4294967296]) {
    flags(l, `vcmp.${widthOf(a)}`, [x, l.value(floatConstant(l, a, bound))]);
    rarely(l);
  }
  if (n.type === 'i64') return l.library(n.name, [l.result(n, 0), l.result(n, 1)], [x], 45);
  const bits = l.freshFloat('single');
  l.emit('vfp', 'vcvt', [bits], [x], { wide: 1 });
  l.emit('vfp', 'vmov r,s', [l.result(n)], [bits], { wide: 1 });
}

function floatConstant(l: Lowering, like: Node, value: number): Node {
  const view = new DataView(new ArrayBuffer(8));
  if (like.type === 'f32') {
    view.setFloat32(0, value);
    return l.g.constant('f32', BigInt(view.getInt32(0)));
  }
  view.setFloat64(0, value);
  return l.g.constant('f64', view.getBigInt64(0));
}

/** Whether a value is what a loop, or a join in it, carries of another. */
export function isCarried(phi: Node, of: Node, depth = 0): boolean {
  if (phi.op !== 'phi' || depth > 2) return false;
  return phi.args.map(resolve).some((a) => a === of || (a !== phi && isCarried(a, of, depth + 1)));
}

/**
 * Two tests as one where branches cost more than conditions as values (LOGICAL_OP_NON_SHORT_CIRCUIT).
 *   gcc 12.2 -mcpu=cortex-a7: vcmp; vmrs; ite eq; moveq r3, #1; movne r3, #0; vcmp; vmrs; and r3, r3, #1; it ne; movne r3, #0; cmp r3, #0; beq
 */
function testTogether(l: Lowering, text: string, tests: readonly number[][]): void {
  const [first, second] = tests as [number[], number[] | undefined];
  flags(l, text, first);
  if (!second) return rarely(l);
  const [one, both] = [l.fresh(), l.fresh()];
  l.ifThen(2);
  l.emit('move', 'mov<cc> #1', [one], [], { immediate: true, readsFlags: true });
  l.emit('move', 'mov<cc> #0', [one], [one], { immediate: true, readsFlags: true, conditional: true });
  flags(l, text, second);
  l.alu('and #1', both, [one], { immediate: true, wide: 1 });
  l.ifThen(1);
  l.emit('move', 'mov<cc> #0', [both], [both], { immediate: true, readsFlags: true, conditional: true });
  l.emit('compare', 'cmp #0', [], [both], { immediate: true, wide: 0 });
  rarely(l);
}

/** Of a constant the tests for what it is not are left out. */
function choose(l: Lowering, n: Node, a: Node, b: Node): void {
  const [x, y] = [inUnit(l, a), inUnit(l, b)];
  const variables = [a, b].filter((v) => !isConst(v));
  if (variables.length === 2 && !l.cheapBranches) {
    const unknown = variables.filter((v) => !isNumber(l, v)).map((v) => inUnit(l, v));
    if (unknown.length > 0)
      testTogether(
        l,
        `vcmp.${widthOf(n)}`,
        unknown.map((r) => [r, r]),
      );
    testTogether(l, `vcmp.${widthOf(n)} #0`, [[x], [y]]);
  } else {
    for (const v of variables) testNumber(l, inUnit(l, v), v);
    if (variables.length === 2 || [a, b].some((v) => isConst(v, 0))) testZero(l, x, a);
  }
  const to = l.result(n);
  for (const v of [a, b, n]) note(l, v);
  const [kept, other] = isCarried(b, n) ? [y, x] : [x, y];
  flags(l, `vcmp.${widthOf(n)}`, [x, y]);
  l.emit('vfp', 'vmov s,s', [to], [kept], { copy: true, wide: 1 });
  l.ifThen(1);
  l.emit('vfp', 'vmov<cc> s,s', [to], [to, other], { readsFlags: true, conditional: true, wide: 1 });
}

/**
 * gcc 12.2 -mcpu=cortex-m4: vmov r3, s15; vcmp; vmrs; itt vs; bicvs r3, r3, #2147483648; vmovvs s15, r3; it vc; vabsvc.f32 s15, s15
 */
function magnitude(l: Lowering, n: Node, a: Node): void {
  const x = inUnit(l, a);
  const words = inCore(l, a);
  const high = l.fresh();
  const to = l.result(n);
  flags(l, `vcmp.${widthOf(n)}`, [x, x]);
  l.ifThen(3);
  const under = { readsFlags: true, wide: 1 };
  l.emit('alu', 'bic<cc> #', [high], [words.at(-1)!], { ...under, immediate: true });
  l.emit('vfp', 'vmov<cc> s,r', [to], [...words.slice(0, -1), high], under);
  l.emit('vfp', `vabs<cc>.${widthOf(n)}`, [to], [to, x], { ...under, conditional: true });
}

/** The sign is a bit of the last word. */
function copySign(l: Lowering, n: Node, a: Node, b: Node): void {
  const words = inCore(l, a);
  const sign = inCore(l, b).at(-1)!;
  const [bit, high] = [l.fresh(), l.fresh()];
  l.emit('shift', 'lsr #31', [bit], [sign], { immediate: true, wide: 0.3 });
  l.emit('shift', 'bfi', [high], [words.at(-1)!, bit], { wide: 1 });
  const to = l.result(n);
  const text = fileFor(n) === 'single' ? 'vmov s,r' : 'vmov d,r,r';
  l.emit('vfp', text, [to], [...words.slice(0, -1), high], { wide: 1 });
}
