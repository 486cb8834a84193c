/** Choices, as instructions under a condition. */
import { isConst, resolve, type Node } from '../ir.ts';
import {
  isAddImmediate,
  isLogicalImmediate,
  isModifiedImmediate,
  moveCost,
  type Machine,
} from '../machine.ts';
import { compare } from './compare.ts';
import { paired } from '../signed-choices.ts';
import { inUnit, isFloat } from './float-values.ts';
import type { Lowering } from './lowering.ts';
import { wordConstant } from './wide-operand.ts';

export function select(l: Lowering, n: Node): void {
  const [c, x, y] = n.args.map(resolve) as [Node, Node, Node];
  if (isFloat(n)) return selectFloat(l, n, c, x, y);
  if (n.type === 'i32' && magnitude(l, n, c, x, y)) return;
  for (const half of n.type === 'i64' ? [0, 1] : [0])
    if (l.needs(n, half) || n.type !== 'i64') selectHalf(l, n, half, c, x, y);
}

/**
 * x < 0 ? -x : x. gcc's abs of arm.md: without a branch or a condition where x lives on, else by a comparison in the register that x leaves.
 */
function magnitude(l: Lowering, n: Node, c: Node, x: Node, y: Node): boolean {
  const negative = /^l[te]_s$/.test(c.op) ? x : /^g[te]_s$/.test(c.op) ? y : null;
  if (!negative || !isConst(resolve(c.args[1]!), 0)) return false;
  const value = resolve(c.args[0]!);
  const positive = negative === x ? y : x;
  if (positive !== value || !l.isLazy(negative, 'sub') || l.isLazy(value)) return false;
  if (!isConst(resolve(negative.args[0]!), 0) || resolve(negative.args[1]!) !== value) return false;
  const parts = new Set<unknown>([n, c, negative]);
  const ends = [value, c].every((v) => (l.users.get(v) ?? []).every((u) => parts.has(u)));
  if (ends) return false;
  l.made.add(negative);
  if ((l.users.get(c) ?? []).length === 1) l.made.add(c);
  const from = l.value(value);
  const flipped = l.fresh();
  l.alu('xor shr_s #31', flipped, [from, from], { immediate: true, shifted: true, wide: 1 });
  l.alu('sub shr_s #31', l.result(n), [flipped, from], { immediate: true, shifted: true, wide: 1 });
  return true;
}

function selectHalf(l: Lowering, n: Node, half: number, c: Node, x: Node, y: Node): void {
  const to = l.result(n, half);
  // The arm that ends here gives its register; an arm made for this alone is computed under the condition.
  const [kept, other] = keepsFirst(l, n, x, y) ? [x, y] : [y, x];
  const conditional = l.isLazy(other) && n.type === 'i32' && isOneInstruction(l, other);
  const [first, otherwise] = [wordConstant(kept, half), wordConstant(other, half)];
  if (first !== null) {
    compare(l, c);
    l.ifThen(2);
    if (otherwise !== null) {
      l.emit('move', `mov<cc> #${first}`, [to], [], { immediate: true, readsFlags: true });
      l.emit('move', 'mov<cc> #', [to], [to], { immediate: true, readsFlags: true, conditional: true });
    } else {
      l.emit('move', `mov<cc> #${first}`, [to], [], { immediate: true, readsFlags: true });
      l.emit('move', 'mov<cc>', [to], [to, l.value(other, half)], {
        readsFlags: true,
        conditional: true,
      });
    }
    return;
  }
  const short = otherwise !== null && moveCost(otherwise) === 1;
  const either = n.type === 'i32' && (conditional || short) && l.isLazy(kept) && isOneInstruction(l, kept);
  const from = either ? -1 : l.value(kept, half);
  const second = conditional || otherwise !== null ? null : l.value(other, half);
  const need =
    otherwise === null || isModifiedImmediate(otherwise) || moveCost(otherwise) === 1
      ? null
      : l.value(other, half);
  if (either) readOperands(l, kept);
  if (conditional) readOperands(l, other);
  compare(l, c);
  const flags = l.flags;
  if (either) {
    l.ifThen(2);
    const made = makeUnderCondition(l, kept, to);
    const read = new Set(made.flatMap((m) => m.uses));
    // What both arms read dies with the first: one of them runs.
    if (conditional)
      for (const m of makeUnderCondition(l, other, to)) {
        m.conditional = true;
        m.uses = [...m.uses.filter((r) => !read.has(r)), to];
      }
    else l.emit('move', 'mov<cc> #', [to], [to], { immediate: true, readsFlags: true, conditional: true });
    l.flags = flags;
    return;
  }
  l.emit('move', 'mov choice', [to], [from], { copy: true, readsFlags: true, wide: 0 });
  l.ifThen(1);
  if (conditional)
    for (const m of makeUnderCondition(l, other, to)) {
      m.conditional = true;
      m.uses = [...m.uses, to];
    }
  else if (otherwise !== null && need === null)
    l.emit('move', 'mov<cc> #', [to], [to], { immediate: true, readsFlags: true, conditional: true });
  else
    l.emit('move', 'mov<cc>', [to], [to, need ?? second!], {
      readsFlags: true,
      conditional: true,
      wide: 0,
    });
  l.flags = flags;
}

/** What computes an arm, into the register of the choice. */
function makeUnderCondition(l: Lowering, arm: Node, to: number): Machine[] {
  const before = l.code.length;
  l.made.add(arm);
  l.makeInto(arm, to);
  const made = l.code.slice(before);
  for (const m of made) {
    m.readsFlags = true;
    m.setsFlags = false;
  }
  return made;
}

/** gcc 12.2 -mcpu=cortex-m4: vcmpe; vmrs; it mi; vmovmi.f32 s13, s15, or from the core where the value still is. */
function selectFloat(l: Lowering, n: Node, c: Node, x: Node, y: Node): void {
  const to = l.result(n);
  const [kept, other] = keepsFirst(l, n, x, y) ? [x, y] : [y, x];
  const [from, second] = [inUnit(l, kept), inUnit(l, other)];
  compare(l, c);
  l.emit('vfp', 'vmov s,s', [to], [from], { copy: true, wide: 1 });
  l.ifThen(1);
  l.emit('vfp', 'vmov<cc> s,s', [to], [to, second], { readsFlags: true, conditional: true, wide: 1 });
}

/** Whether a choice keeps its first arm's register: the arm that the result replaces anyway, or that ends here. */
function keepsFirst(l: Lowering, n: Node, x: Node, y: Node): boolean {
  if (n.name === paired && x.op === 'select') return false;
  const isOwnPhi = (v: Node) => v.op === 'phi' && v.args.some((a) => resolve(a) === n);
  if (isConst(x) || isConst(y)) return isConst(y);
  if (isOwnPhi(x) !== isOwnPhi(y)) return isOwnPhi(x);
  if (l.isLazy(x) !== l.isLazy(y)) return l.isLazy(y);
  return (l.users.get(x)?.length ?? 0) < (l.users.get(y)?.length ?? 0);
}

function isOneInstruction(l: Lowering, n: Node): boolean {
  const [a, b] = n.args.map(resolve);
  if (!a || !b || l.isLazy(a) || l.isLazy(b)) return false;
  if (!/^(add|sub|and|or|xor|shl|shr_s|shr_u)$/.test(n.op)) return false;
  if (n.op.startsWith('sh')) return isConst(b);
  if (n.op === 'sub' && isConst(a)) return isModifiedImmediate(Number(a.value));
  return true;
}

/** What an instruction under a condition reads is there before the comparison. */
function readOperands(l: Lowering, { op, args }: Node): void {
  const fits = op === 'add' || op === 'sub' ? isAddImmediate : isLogicalImmediate;
  for (const a of args.map(resolve))
    if (!isConst(a) || !(op.startsWith('sh') || fits(Number(a.value)))) l.value(a);
}
