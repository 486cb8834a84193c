/**
 * Sums whose carry is asked (carries.ts): adds, and adcs for the upper word. A branch or a choice in the same block asks the flags where nothing changes them in between; else the carry is a value of 0 or 1, which
 * ifcvt.cc makes as it can: of one word both by conditional moves, of two words a move in front of the sum and one under a condition behind it.
 */
import { isConst, resolve, type Node } from '../ir.ts';
import { isLogicalImmediate, isModifiedImmediate } from '../machine.ts';
import type { Lowering } from './lowering.ts';
import { wordConstant } from './wide-operand.ts';

/** The carry of a sum that somebody asks. */
export const carryOf = (l: Lowering, n: Node): Node | null =>
  (l.users.get(n) ?? []).find((u): u is Node => 'op' in u && u.op === 'carry') ?? null;

/** Makes a sum and its carry. */
export function addWithCarry(l: Lowering, n: Node, carry: Node): void {
  const wide = n.type === 'i64';
  const flags = staysInFlags(l, carry);
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const fits = [(v: number) => isModifiedImmediate(v) || isModifiedImmediate(-v), isLogicalImmediate];
  const words = (wide ? [0, 1] : [0]).map((half) => {
    const constant = isConst(b) ? wordConstant(b, half) : null;
    const immediate = constant !== null && fits[half]!(constant);
    return { immediate, uses: [l.value(a, half), ...(immediate ? [] : [l.value(b, half)])] };
  });
  if (wide && !flags) l.integer(l.result(carry), 0);
  const texts = n.op === 'add' ? ['adds', 'adcs'] : ['subs', 'sbcs'];
  words.forEach(({ immediate, uses }, half) =>
    l.alu(texts[half]!, l.result(n, half), uses, {
      ...{ setsFlags: true, readsFlags: half === 1, immediate },
      wide: half === 1 ? 0.7 : 0.3,
    }),
  );
  l.flags = carry;
  if (flags) return;
  const to = l.result(carry);
  if (!wide) {
    l.ifThen(2);
    l.emit('move', 'mov<cc> #1', [to], [], { immediate: true, readsFlags: true });
    l.emit('move', 'mov<cc> #0', [to], [to], { immediate: true, readsFlags: true, conditional: true });
    return;
  }
  l.ifThen(1);
  l.emit('move', 'mov<cc> #1', [to], [to], { immediate: true, readsFlags: true, conditional: true });
}

const leavesFlags = /^(add|sub|and|or|xor|store|address|base|pool|wrap|zext|ext8|ext16|phi)$/;

/** Whether all that ask for a carry find it in the flags. */
function staysInFlags(l: Lowering, carry: Node): boolean {
  const { block } = carry;
  const users = l.users.get(carry) ?? [];
  const asks = (u: Node) => u.op === 'select' && resolve(u.args[0]!) === carry && u.block === block;
  if (!users.every((u) => ('op' in u ? asks(u) : u === block && u.term.kind === 'branch'))) return false;
  const behind = block.nodes.slice(block.nodes.indexOf(carry) + 1);
  const last = users.includes(block) ? behind.length : behind.findLastIndex((n) => users.includes(n));
  return behind
    .slice(0, last)
    .every(
      (n) =>
        asks(n) ||
        (leavesFlags.test(n.op) && (n.type !== 'i64' || n.op === 'zext') && carryOf(l, n) === null),
    );
}

/** The value is made with its sum. */
export function carry(l: Lowering, n: Node): void {
  const sum = resolve(n.args[0]!);
  if (!l.made.has(sum)) l.make(sum);
}
