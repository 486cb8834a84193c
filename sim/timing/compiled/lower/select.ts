/** Choices, as instructions under a condition. */
import { isConst, resolve, type Node } from '../ir.ts';
import { isModifiedImmediate, moveCost } from '../machine.ts';
import { compare } from './compare.ts';
import type { Lowering } from './lowering.ts';

export function select(l: Lowering, n: Node): void {
  const [c, x, y] = n.args.map(resolve) as [Node, Node, Node];
  for (const half of n.type === 'i64' ? [0, 1] : [0])
    if (l.needs(n, half) || n.type !== 'i64') selectHalf(l, n, half, c, x, y);
}

function selectHalf(l: Lowering, n: Node, half: number, c: Node, x: Node, y: Node): void {
  const to = l.result(n, half);
  // The arm that ends here gives its register; an arm made for this alone is computed under the condition.
  const [kept, other] = keepsFirst(l, n, x, y) ? [x, y] : [y, x];
  const conditional = l.isLazy(other) && n.type === 'i32' && isOneInstruction(l, other);
  if (isConst(kept)) {
    const v = Number(BigInt.asIntN(32, half ? kept.value >> 32n : kept.value));
    compare(l, c);
    l.ifThen(2);
    if (isConst(other)) {
      l.emit('move', `mov<cc> #${v}`, [to], [], { immediate: true, readsFlags: true });
      l.emit('move', 'mov<cc> #', [to], [to], { immediate: true, readsFlags: true, conditional: true });
    } else {
      l.emit('move', `mov<cc> #${v}`, [to], [], { immediate: true, readsFlags: true });
      l.emit('move', 'mov<cc>', [to], [to, l.value(other, half)], {
        readsFlags: true,
        conditional: true,
      });
    }
    return;
  }
  const from = l.value(kept, half);
  const second = conditional || isConst(other) ? null : l.value(other, half);
  const need =
    !isConst(other) || isModifiedImmediate(Number(other.value)) || moveCost(Number(other.value)) === 1
      ? null
      : l.value(other, half);
  compare(l, c);
  const flags = l.flags;
  l.emit('move', 'mov choice', [to], [from], { copy: true, wide: 0 });
  l.ifThen(1);
  if (conditional) {
    const before = l.code.length;
    l.made.add(other);
    l.makeInto(other, to);
    for (const m of l.code.slice(before)) {
      m.readsFlags = true;
      m.conditional = true;
      m.setsFlags = false;
      m.uses = [...m.uses, to];
    }
  } else if (isConst(other) && need === null)
    l.emit('move', 'mov<cc> #', [to], [to], { immediate: true, readsFlags: true, conditional: true });
  else
    l.emit('move', 'mov<cc>', [to], [to, need ?? second!], {
      readsFlags: true,
      conditional: true,
      wide: 0,
    });
  l.flags = flags;
}

/** Whether a choice keeps its first arm's register: the arm that the result replaces anyway, or that ends here. */
function keepsFirst(l: Lowering, n: Node, x: Node, y: Node): boolean {
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
  if (n.op.startsWith('sh') && !isConst(b)) return false;
  if (n.op === 'sub' && isConst(a)) return isModifiedImmediate(Number(a.value));
  return true;
}
