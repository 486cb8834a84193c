/** Loads and stores: what their address mode takes along of the address, and steps of pointers. */
import { isConst, resolve, type Block, type Node } from '../ir.ts';
import { isAddImmediate, type Machine } from '../machine.ts';
import { add } from './add.ts';
import { giveHome, inCore, isFloat } from './float-values.ts';
import { flagsOf, operand } from './operand.ts';
import type { Lowering } from './lowering.ts';
import { isFixed } from './placement.ts';

export function access(l: Lowering, n: Node): void {
  const words = n.bytes === 8 ? 2 : 1;
  const load = n.op === 'load';
  // What is stored is computed first: the access itself comes last.
  const values = load
    ? []
    : isFloat(resolve(n.args[1]!))
      ? inCore(l, n.args[1]!)
      : [...Array(words).keys()].map((half) => l.value(n.args[1]!, half));
  const step = l.merged.get(n);
  const text = `${load ? 'ldr' : 'str'}${n.bytes === 1 ? 'b' : n.bytes === 2 ? 'h' : ''}${n.signed && n.bytes < 4 ? ' signed' : ''}`;
  const make = (half: number, address: number[], extra: Partial<Machine>) => {
    const uses = [...address, ...(load ? [] : [values[half]!])];
    const defs = load ? [l.result(n, half)] : [];
    l.emit(load ? 'load' : 'store', text, defs, uses, {
      address,
      barrier: load && l.g.pinnedLoads && half === words - 1,
      wide: n.signed ? 1 : 0.6,
      ...extra,
    });
  };
  if (step) {
    l.made.add(step);
    const pointer = l.value(step.args[0]!);
    const stepped = l.result(step);
    make(0, [pointer], { writeback: stepped, wide: 1 });
    const last = l.code.at(-1)!;
    last.defs = [...last.defs, stepped];
    last.text += step.name === 'preincrement' ? ' !' : ' post';
    if (load) giveHome(l, n);
    return;
  }
  const { registers, indexed, scale } = addressOf(l, n.args[0]!, n.offset, words === 1);
  for (let half = 0; half < words; half++) make(half, registers, { registerOffset: indexed, scale });
  // The asm behind it reads both words at once.
  if (load && l.g.pinnedLoads && n.type === 'i64' && words === 2) l.pairs.set(l.result(n, 0), l.result(n, 1));
  if (load) giveHome(l, n);
}

/** Registers of an address with an offset; `indexable` when a register offset is allowed. */
function addressOf(
  l: Lowering,
  node: Node,
  offset: number,
  indexable: boolean,
): { registers: number[]; indexed: boolean; scale: number } {
  const n = resolve(node);
  let constant = offset;
  let base: Node = n;
  let index: Node | null = null;
  if (n.op === 'address' && (isFixed(n) || l.lazy.has(n) || !l.registers.has(l.key(n, 0)))) {
    base = resolve(n.args[0]!);
    index = resolve(n.args[1]!);
    if (isConst(index)) {
      constant += Number(index.value);
      index = null;
    } else if (l.isLazy(index, 'add') && isConst(resolve(index.args[1]!)) && !isShared(l, n, offset)) {
      constant += Number(index.args[1]!.value);
      l.made.add(index);
      index = resolve(index.args[0]!);
    } else if (!isShared(l, n, offset)) {
      const alone = l.users.get(n)?.length === 1;
      const inner = alone ? constantInside(l, index, offset) : null;
      if (inner) {
        l.made.add(index);
        l.made.add(inner);
        const first = sum(l, base, resolve(inner.args[0]!));
        const o = operand(l, resolve(index.args[1]!), () => false);
        const whole = l.fresh();
        l.alu(`add ${o.text}`, whole, [first, ...o.uses], { ...flagsOf(o) });
        return { registers: [whole], indexed: false, scale: 0 };
      }
      if (alone && indexable && offset === 0 && beginsBeforeLoop(l, base, index)) {
        l.made.add(index);
        const first = sum(l, base, resolve(index.args[0]!));
        return indexedBy(l, first, resolve(index.args[1]!));
      }
    }
  } else if (l.isLazy(n, 'add')) {
    const [a, b] = n.args.map(resolve) as [Node, Node];
    if (isConst(b)) {
      constant += Number(b.value);
      l.made.add(n);
      base = a;
      if (l.isLazy(a, 'add') && !isConst(resolve(a.args[1]!))) {
        l.made.add(a);
        base = resolve(a.args[0]!);
        index = resolve(a.args[1]!);
      }
    } else {
      l.made.add(n);
      base = a;
      index = b;
    }
  }
  const fits = constant > -256 && constant < 4096 && (indexable || constant < 4092);
  if (index && constant === 0 && indexable) return indexedBy(l, l.value(base), index);
  let register = index ? sum(l, base, index) : l.value(base);
  if (!fits) {
    const pointer = !index && isPointer.test(base.op);
    const part = addedPart(constant, pointer);
    if (pointer && isAddImmediate(part))
      return { registers: [upper(l, base, register, part)], indexed: false, scale: 0 };
    const t = l.fresh();
    if (isAddImmediate(part)) l.alu(`add #${part}`, t, [register], { immediate: true, wide: 1 });
    else if (indexable) return { registers: [register, l.constant(constant)], indexed: true, scale: 0 };
    else l.alu('add reg', t, [register, l.constant(constant)], { wide: 0.5 });
    register = t;
  }
  return { registers: [register], indexed: false, scale: 0 };
}

/** What an access names with a constant beside it (MEM_REF): a pointer that steps, or the memory's own at a constant address. */
const isPointer = /^(phi|base|pool)$/;

/** A pointer and the upper part of a constant, made once for what the block dominates in its loop, as `sum`. */
function upper(l: Lowering, base: Node, pointer: number, part: number): number {
  const key = `${resolve(base).id}+#${part}`;
  const known = madeBefore(l, key);
  if (known !== undefined) return known;
  const register = l.fresh();
  l.alu(`add #${part}`, register, [pointer], { immediate: true, wide: 1 });
  l.sums.set(`${key}@${l.block.id}`, register);
  return register;
}

/** Register plus register, which may be shifted. */
function indexedBy(
  l: Lowering,
  base: number,
  index: Node,
): { registers: number[]; indexed: boolean; scale: number } {
  const by = resolve(index.args[1] ?? index);
  if (!l.isLazy(index, 'shl') || !isConst(by) || Number(by.value) > 3)
    return { registers: [base, l.value(index)], indexed: true, scale: 0 };
  l.made.add(index);
  return { registers: [base, l.value(index.args[0]!)], indexed: true, scale: Number(by.value) };
}

/** Whether a sum begins with what the loop keeps: the expansion adds an address up from the left, base + x first, which then leaves the loop. */
function beginsBeforeLoop(l: Lowering, base: Node, index: Node): boolean {
  const { loop } = l.block;
  if (!loop || !l.isLazy(index, 'add')) return false;
  const stays = (n: Node): boolean => !isConst(n) && !loop.blocks.has(n.block);
  const [x, y] = index.args.map(resolve) as [Node, Node];
  return stays(base) && stays(x) && !isConst(y) && !stays(y);
}

/** The sum with a constant that a sum begins with, where the access takes the constant along: the expansion of an address adds everything else up first (EXPAND_SUM). */
function constantInside(l: Lowering, index: Node, offset: number): Node | null {
  if (!l.isLazy(index, 'add')) return null;
  const inner = resolve(index.args[0]!);
  if (!l.isLazy(inner, 'add') || isConst(resolve(index.args[1]!)) || !isConst(resolve(inner.args[1]!)))
    return null;
  const constant = Number(resolve(inner.args[1]!).value) + offset;
  return constant > -256 && constant < 4092 ? inner : null;
}

/**
 * What is added to an address whose constant no access can take. The back end splits it where the access names a pointer and a constant; other addresses are sums before they come to it: the constant is added whole, from a
 * register, or, below zero, in two steps of which the access takes the second.
 */
export function addedPart(constant: number, named: boolean): number {
  if (named) return constant & ~0xfff;
  return isAddImmediate(constant) || constant > 0 ? constant : -(-constant & ~0xff);
}

/** Whether accesses share a pointer: its index then stays whole in a register, and each of them adds the base to it. */
const isShared = (l: Lowering, pointer: Node, offset: number): boolean =>
  offset === 0 &&
  (l.users.get(pointer) ?? []).filter(
    (u) => 'op' in u && (u.op === 'load' || u.op === 'store') && u.offset === 0,
  ).length > 1;

function madeBefore(l: Lowering, key: string): number | undefined {
  for (let b: Block | null = l.block; b && b.loop === l.block.loop; b = b.dominator) {
    const known = l.sums.get(`${key}@${b.id}`);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** base + index, made once for what the block dominates in its loop (gcc's gcse.c). */
function sum(l: Lowering, base: Node, index: Node): number {
  const key = `${resolve(base).id}+${resolve(index).id}`;
  const known = madeBefore(l, key);
  if (known !== undefined) return known;
  const home = l.isLazy(index) ? l.block : l.homeOfSum(key, [resolve(base), resolve(index)]);
  const before = l.sums.get(`${key}@${home.id}`);
  if (before !== undefined) return before;
  const register = l.fresh();
  l.emitAt(home, () => add(l, register, base, index));
  l.sums.set(`${key}@${home.id}`, register);
  return register;
}
