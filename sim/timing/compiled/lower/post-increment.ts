/** gcc's auto-inc-dec pass: accesses that step their pointer. */
import { isConst, resolve, type Node } from '../ir.ts';
import { carryOf } from './carry.ts';
import { isAccess } from './facts.ts';
import type { Lowering } from './lowering.ts';

/**
 * gcc's auto-inc-dec pass: a pointer that is used by one access and then stepped is stepped by the access. Pointers
 * that step before their access (the induction pass asked for it) likewise.
 */
export function findPostIncrements(l: Lowering): void {
  for (const b of l.g.blocks)
    for (const n of b.nodes) {
      if (n.op !== 'add' || !isConst(n.args[1]!) || Math.abs(Number(n.args[1]!.value)) > 255) continue;
      if (carryOf(l, n)) continue;
      const pointer = resolve(n.args[0]!);
      if (n.name === 'preincrement') {
        // What is read of it later keeps it as it was.
        const behind = new Set(b.nodes.slice(b.nodes.indexOf(n) + 1));
        if ((l.users.get(pointer) ?? []).some((u) => 'op' in u && behind.has(u))) continue;
        const access = b.nodes
          .slice(b.nodes.indexOf(n))
          .find((x) => isAccess(x) && resolve(x.args[0]!) === n && x.offset === 0);
        if (access) l.merged.set(access, n);
        continue;
      }
      if (pointer.op !== 'phi' || pointer.type !== 'i32') continue;
      const others = (l.users.get(pointer) ?? []).filter((u) => u !== n);
      // Other accesses may come before the one that steps.
      const access = b.nodes.findLast((x) => others.includes(x));
      if (!access || !others.every((u) => 'op' in u && u.block === b && isAccess(u) && isPointer(u, pointer)))
        continue;
      if (access.offset !== 0) continue;
      const [from, to] = [b.nodes.indexOf(access), b.nodes.indexOf(n)];
      if (access.bytes === 8 || from > to || b.nodes.slice(from, to).some((x) => isBranch(l, x))) continue;
      l.merged.set(access, n);
    }
}

const isPointer = (access: Node, pointer: Node): boolean =>
  access.args.every((a, i) => (resolve(a) === pointer) === (i === 0));

/** A choice with an arm to compute is a branch until registers are given out (ifcvt.cc makes moves alone conditional before), other than a magnitude. */
function isBranch(l: Lowering, n: Node): boolean {
  if (n.op !== 'select' || n.type !== 'i32') return false;
  const [, x, y] = n.args.map(resolve) as [Node, Node, Node];
  const negates = (v: Node, other: Node): boolean =>
    v.op === 'sub' && isConst(resolve(v.args[0]!), 0) && resolve(v.args[1]!) === other;
  if (negates(x, y) || negates(y, x)) return false;
  return [x, y].some((v) => v.op !== 'const' && l.isLazy(v));
}

export function isMerged(l: Lowering, n: Node): boolean {
  for (const step of l.merged.values()) if (step === n) return true;
  return false;
}
