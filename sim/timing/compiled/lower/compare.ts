/** Conditions: into the flags, straight into a branch on zero, or as a value of 0 or 1. */
import { isFloatComparison } from '../float-operators.ts';
import { isConst, resolve, type Node } from '../ir.ts';
import {
  isAddImmediate,
  splitImmediate,
  isCompareImmediate,
  isLogicalImmediate,
  isModifiedImmediate,
  type Machine,
} from '../machine.ts';
import { isComparison } from '../simplify.ts';
import { comparePair, pairOf, takesComparison, testedBit } from './compare-pairs.ts';
import { compareFloats } from './float-guarded.ts';
import { flagsOf, isShiftable, operand } from './operand.ts';
import { isPowerOfTwo } from './facts.ts';
import { wordConstant } from './wide-operand.ts';
import type { Lowering } from './lowering.ts';

/** A register whose being zero or not is all that a condition asks, for cbz and cbnz. */
export function zeroTest(l: Lowering, condition: Node): number | null {
  const n = resolve(condition);
  if (l.flags === n) return null;
  if (n.type === 'i64' || floatCondition(l, n) || (l.isLazy(n) && pairOf(l, n))) return null;
  if (!isComparison(n)) {
    if (takesComparison(l, n)) return l.value(n);
    if (l.isLazy(n) ? /^(and|add|sub)$/.test(n.op) : flagSetter(l, n)) return null;
    return l.value(n);
  }
  if (!/^(eq|ne)$/.test(n.op) || !isConst(resolve(n.args[1]!), 0) || n.args[0]!.type === 'i64') return null;
  if (!l.lazy.has(n)) return null;
  const x = resolve(n.args[0]!);
  if (l.isLazy(x) || flagSetter(l, x)) return null;
  l.made.add(n);
  return l.value(x);
}

/** Masks of one bit, or of the lowest ones: a shift moves them to the sign or leaves nothing else (peephole of thumb2.md). */
const isLowOrSingle = (mask: Node): boolean => {
  const v = Number(BigInt.asUintN(32, mask.value));
  return isConst(mask) && (isPowerOfTwo(v) || isPowerOfTwo(v + 1));
};

/** The instruction just before that computed a value and can set the flags for it. */
function flagSetter(l: Lowering, n: Node): Machine | null {
  const register = l.registers.get(l.key(resolve(n), 0));
  if (register === undefined) return null;
  for (let i = l.code.length - 1; i >= 0; i--) {
    const m = l.code[i]!;
    if (m.defs.includes(register))
      return (m.kind === 'alu' || m.kind === 'shift') && !m.conditional && !/^(ubfx|sbfx)/.test(m.text)
        ? m
        : null;
    if (m.setsFlags || m.kind === 'call' || m.kind === 'library' || m.kind === 'branch') return null;
  }
  return null;
}

/** The comparison of floats that a condition asks, or asks not, and that is made here; null for another condition. */
function floatCondition(l: Lowering, condition: Node): Node | null {
  let n = condition;
  while (/^(eq|ne)$/.test(n.op) && isConst(resolve(n.args[1]!), 0) && (n === condition || l.isLazy(n)))
    n = resolve(n.args[0]!);
  return isFloatComparison(n) && l.isLazy(n) && n.args[0]!.type !== 'i64' ? n : null;
}

/** Puts a condition into the flags. */
export function compare(l: Lowering, condition: Node): string {
  const n = resolve(condition);
  if (l.flags === n) return n.op;
  const floats = floatCondition(l, n);
  if (floats) {
    l.made.add(n);
    l.made.add(floats);
    compareFloats(l, floats);
    l.flags = n;
    return 'ne';
  }
  const pair = l.isLazy(n) ? pairOf(l, n) : null;
  if (pair) {
    l.made.add(n);
    comparePair(l, pair);
    l.flags = n;
    return 'ne';
  }
  if (!isComparison(n)) {
    testZero(l, n, 'ne');
    l.flags = n;
    return 'ne';
  }
  const [a, b] = n.args.map(resolve) as [Node, Node];
  l.made.add(n);
  if (isConst(b, -1) && /^(gt|le)_s$/.test(n.op)) {
    // Above minus one is not below zero: the sign says it.
    if (a.type === 'i64') l.emit('compare', 'cmp #0', [], [l.value(a, 1)], { immediate: true });
    else testZero(l, a, n.op === 'gt_s' ? 'ge_s' : 'lt_s');
  } else if (a.type === 'i64') compareWide(l, n, a, b);
  else if (isConst(b, 0) && /^(eq|ne|lt_s|ge_s)$/.test(n.op)) testZero(l, a, n.op);
  else if (!compareUnshifted(l, n, a, b)) {
    // A shifted value on the left is compared with exchanged operands (CC_SWP).
    const exchanged = !isConst(b) && isShiftable(l, a) && !isShiftable(l, b);
    const left = l.value(exchanged ? b : a);
    const o = operand(l, exchanged ? a : b, isCompareImmediate);
    l.emit('compare', `cmp ${o.text}`, [], [left, ...o.uses], {
      ...flagsOf(o),
      wide: o.immediate ? 0.6 : 0,
    });
  }
  l.flags = n;
  return n.op;
}

/** Below, above: what was shifted to the right is compared as it was before, with the constant shifted to the left (simplify_comparison of combine.cc). */
function compareUnshifted(l: Lowering, { op }: Node, a: Node, b: Node): boolean {
  const by = resolve(a.args[1] ?? a);
  if (!isConst(b) || !/^shr_[su]$/.test(a.op) || !l.isLazy(a) || !isConst(by) || /^(eq|ne)$/.test(op))
    return false;
  const factor = 2 ** Number(by.value & 31n);
  const bound = Number(BigInt.asIntN(32, b.value)) + (/^(le|gt)/.test(op) ? 1 : 0);
  const room = 2 ** 32 / factor;
  if (a.op === 'shr_u' ? bound < 0 || bound >= room : bound < -room / 2 || bound >= room / 2) return false;
  // Above zero gcc asks for at most one less first.
  const constant = [...(bound > 0 ? [-1] : []), 0]
    .map((c) => (bound * factor + c) | 0)
    .find(isCompareImmediate);
  if (factor === 1 || constant === undefined) return false;
  l.made.add(a);
  l.emit('compare', `cmp #${constant}`, [], [l.value(a.args[0]!)], { immediate: true, wide: 0.6 });
  return true;
}

function testZero(l: Lowering, a: Node, op: string): void {
  if (a.type === 'i64') {
    const t = l.fresh();
    l.alu('orrs', t, [l.value(a, 0), l.value(a, 1)], { setsFlags: true, wide: 0.5 });
    return;
  }
  if (l.isLazy(a, 'and') && !takesComparison(l, a)) {
    l.made.add(a);
    if (isLowOrSingle(resolve(a.args[1]!))) {
      const tested = l.value(a.args[0]!);
      return void l.emit('shift', 'lsls test', [], [tested], {
        immediate: true,
        setsFlags: true,
        wide: 0.3,
      });
    }
    if (clearedTest(l, a)) return;
    const o = operand(l, a.args[1]!, isLogicalImmediate);
    l.emit('compare', 'tst', [], [l.value(a.args[0]!), ...o.uses], { ...flagsOf(o), wide: 0.8 });
    return;
  }
  if (l.isLazy(a, 'xor')) {
    l.made.add(a);
    const tested = l.value(a.args[0]!);
    const o = operand(l, a.args[1]!, isModifiedImmediate);
    return void l.emit('compare', 'teq', [], [tested, ...o.uses], { ...flagsOf(o), wide: 1 });
  }
  if (/^(lt|ge)_s$/.test(op) && l.isLazy(a, 'shr_s') && isConst(resolve(a.args[1]!))) {
    // The sign is what it was.
    l.made.add(a);
    return testZero(l, resolve(a.args[0]!), op);
  }
  const x = l.value(a);
  const setter = flagSetter(l, a);
  if (setter) {
    setter.setsFlags = true;
    l.flags = null;
    return;
  }
  l.emit('compare', `cmp #0 ${op}`, [], [x], { immediate: true, wide: 0.3 });
}

/** bics takes the complement along (andsi_notsi_si_compare0_scratch). */
function clearedTest(l: Lowering, { args }: Node): boolean {
  const [x, y] = args.map(resolve) as [Node, Node];
  const complement = [y, x].find((v) => l.isLazy(v, 'xor') && isConst(resolve(v.args[1]!), -1));
  if (!complement || isConst(x) || isConst(y)) return false;
  l.made.add(complement);
  const uses = [l.value(complement === y ? x : y), l.value(complement.args[0]!)];
  l.alu('bics', l.fresh(), uses, { setsFlags: true, wide: 0.7 });
  l.flags = null;
  return true;
}

function compareWide(l: Lowering, n: Node, a: Node, b: Node): void {
  if (/^(eq|ne)$/.test(n.op)) {
    if (isConst(b)) return equalsConstant(l, a, b);
    l.emit('compare', 'cmp', [], [l.value(a, 1), l.value(b, 1)]);
    l.ifThen(1);
    l.emit('compare', 'cmp<cc>', [], [l.value(a, 0), l.value(b, 0)], { readsFlags: true });
    return;
  }
  if (isConst(b, 0) && /^(lt_s|ge_s)$/.test(n.op)) {
    l.emit('compare', 'cmp #0', [], [l.value(a, 1)], { immediate: true });
    return;
  }
  // Only < and >= come out of cmp and sbcs: the others exchange their operands, or compare with a constant that is one more.
  const exchanged = /^(gt|le)/.test(n.op);
  const more = exchanged && isConst(b) ? l.g.constant('i64', b.value + 1n) : null;
  const [x, y] = more ? [a, more] : exchanged ? [b, a] : [a, b];
  const low = wordConstant(y, 0);
  const lowImmediate = low !== null && isCompareImmediate(low);
  l.emit('compare', 'cmp', [], [l.value(x, 0), ...(lowImmediate ? [] : [l.value(y, 0)])], {
    immediate: lowImmediate,
    wide: 0.3,
  });
  const high = wordConstant(y, 1);
  const highImmediate = high !== null && isLogicalImmediate(high);
  l.alu('sbcs', l.fresh(), [l.value(x, 1), ...(highImmediate ? [] : [l.value(y, 1)])], {
    immediate: highImmediate,
    setsFlags: true,
    readsFlags: true,
    wide: 1,
  });
}

/** What differs from a constant, word by word, and whether anything does. */
function equalsConstant(l: Lowering, a: Node, b: Node): void {
  const words = [0, 1].map((half) => {
    const word = wordConstant(b, half)!;
    if (word === 0) return l.value(a, half);
    const t = l.fresh();
    const immediate = isAddImmediate(-word);
    const parts = immediate ? null : splitImmediate(word);
    if (parts) {
      const first = l.fresh();
      l.alu('sub', first, [l.value(a, half)], { immediate: true, wide: 1 });
      l.alu('sub', t, [first], { immediate: true, wide: 0.8 });
      return t;
    }
    l.alu('sub', t, [l.value(a, half), ...(immediate ? [] : [l.constant(word)])], { immediate, wide: 0.6 });
    return t;
  });
  l.alu('orrs', l.fresh(), words, { setsFlags: true, wide: 0.5 });
}

/** A comparison as a value, 0 or 1. */
export function truth(l: Lowering, n: Node): void {
  const to = l.result(n);
  const [a, b] = n.args.map(resolve) as [Node, Node];
  if (a.type === 'i32' && !floatCondition(l, n) && l.flags !== n && withoutBoth(l, n, to, a, b)) return;
  if (a.type === 'i64' && isConst(b, 0) && n.op === 'lt_s')
    return void l.emit('shift', 'lsr #31', [to], [l.value(a, 1)], { immediate: true });
  compare(l, n);
  l.ifThen(2);
  l.emit('move', 'mov<cc> #1', [to], [], { immediate: true, readsFlags: true });
  l.emit('move', 'mov<cc> #0', [to], [to], { immediate: true, readsFlags: true, conditional: true });
}

/** Signs and equality need no constant on one side or on both: the splitters of *compare_scc in arm.md, and the peepholes behind them. */
function withoutBoth(l: Lowering, n: Node, to: number, a: Node, b: Node): boolean {
  const { op } = n;
  const zero = isConst(b, 0);
  if (bitInto(l, n, to, a)) return true;
  if (op === 'lt_s' && zero) {
    l.emit('shift', 'lsr #31', [to], [l.value(a)], { immediate: true });
    return true;
  }
  if ((op === 'ge_s' && zero) || (op === 'gt_s' && isConst(b, -1))) {
    const t = l.fresh();
    l.alu('mvn', t, [l.value(a)], { wide: 0.3 });
    l.emit('shift', 'lsr #31', [to], [t], { immediate: true });
    return true;
  }
  if (op === 'eq') {
    if (isConst(b) && !zero && !isModifiedImmediate(Number(b.value))) return false;
    const difference = zero ? l.value(a) : subtracted(l, l.fresh(), a, b, false);
    const t = l.fresh();
    l.emit('shift', 'clz', [t], [difference], { wide: 1 });
    l.emit('shift', 'lsr #5', [to], [t], { immediate: true });
    return true;
  }
  if (op !== 'ne' || (isConst(b) && !isCompareImmediate(Number(b.value)))) return false;
  subtracted(l, to, a, b, true);
  l.ifThen(1);
  l.emit('move', 'mov<cc> #1', [to], [to], { immediate: true, readsFlags: true, conditional: true });
  return true;
}

/** Whether a bit is set, or is not, as a value (do_store_flag in expr.c). */
function bitInto(l: Lowering, n: Node, to: number, masked: Node): boolean {
  const bit = testedBit(n);
  if (bit === null || !l.isLazy(masked, 'and')) return false;
  l.made.add(masked);
  let tested = l.value(masked.args[0]!);
  if (n.op === 'eq') {
    const t = l.fresh();
    const outer = bit === 0 || bit === 31;
    l.alu(outer ? 'mvn' : `eor #${2 ** bit}`, t, [tested], { immediate: !outer, wide: outer ? 0.3 : 1 });
    tested = t;
  }
  if (bit === 0) l.alu('and #1', to, [tested], { immediate: true, wide: 1 });
  else if (bit === 31) l.emit('shift', 'lsr #31', [to], [tested], { immediate: true });
  else l.emit('shift', `ubfx #${bit},#1`, [to], [tested], { immediate: true, wide: 1 });
  return true;
}

function subtracted(l: Lowering, to: number, a: Node, b: Node, setsFlags: boolean): number {
  const left = l.value(a);
  const o = isConst(b)
    ? { text: `#${b.value}`, uses: [], immediate: true }
    : { text: 'reg', uses: [l.value(b)], immediate: false };
  l.alu(`sub ${o.text}`, to, [left, ...o.uses], { immediate: o.immediate, setsFlags, wide: 0.5 });
  return to;
}
