/** Where values are made: at their own place or where they are used, as gcc's expansion and combine decide. */
import { usersOf } from '../users.ts';
import { isConst, resolve, type Block, type Graph, type Node } from '../ir.ts';
import { isComparison } from '../simplify.ts';
import { hasEffect } from '../optimize.ts';
import { isAccess } from './facts.ts';
import { isTakenAlong } from './float.ts';
import { branches } from './float-guarded.ts';
import type { Lowering } from './lowering.ts';
import { goesAlong } from './shared-shifts.ts';

export function findUsers(l: Lowering): void {
  for (const [n, users] of usersOf(l.g)) if (n.op !== 'const') l.users.set(n, users);
}

const endsSegment = /^(accessor|guard|guard64|divcheck|enter)$/;
/** Whether a value belongs to the stretch of its user; what a choice chooses from is computed before it. */
const meets = (n: Node, user: Node): boolean =>
  n.segment === user.segment || (user.op === 'select' && n.segment === user.segment - 1);

/** Whether the offset of an access has room for the constant that an address adds. */
const reaches = (address: Node, access: Node): boolean => {
  if (address.op === 'address') return true;
  const constant = resolve(address.args[1]!);
  if (address.op !== 'add' || !isConst(constant)) return false;
  const offset = Number(constant.value) + access.offset;
  return offset > -256 && offset < (access.bytes === 8 ? 4092 : 4096);
};

/** A constant address is no sum: each access, in whatever block, names the memory's pointer and the constant (MEM_REF). */
export const isFixed = ({ op, args }: Node): boolean => op === 'address' && isConst(resolve(args[1]!));

/** Checks and choices end gcc's basic blocks: what comes after one is another stretch. */
export function findSegments(g: Graph): void {
  for (const b of g.blocks) {
    let segment = 0;
    for (const n of b.nodes) {
      if (n.op === 'select') segment++;
      n.segment = segment;
      if (endsSegment.test(n.op) || branches(n)) segment++;
    }
  }
}

function lastSegment(b: Block): number {
  const last = b.nodes.at(-1);
  if (!last) return 0;
  return last.segment + (endsSegment.test(last.op) || branches(last) ? 1 : 0);
}

/**
 * Which values are made where they are used, and not at their own place.
 *
 * gcc replaces a temporary that is used once by its expression (tree-ssa-ter.c), wherever in the block the use is,
 * unless the statement that uses it assigns a variable that the expression reads. Without that, instructions still
 * combine when no volatile asm, so no load, stands between them (combine.c).
 */
export function findLazy(l: Lowering): void {
  for (const b of l.g.blocks) {
    const barrier: number[] = [];
    let passed = 0;
    b.nodes.forEach((n, i) => {
      l.places.set(n, i);
      if (n.op === 'load' || n.op === 'accessor') passed++;
      barrier[i] = passed;
    });
    barrier[b.nodes.length] = passed;
    const kept = keptLoads(l, b);
    const reads = new Map<Node, Set<number>>();
    const soleUser = (n: Node): Node | Block | null => {
      const users = l.users.get(n) ?? [];
      return users.length === 1 ? users[0]! : null;
    };
    for (const n of b.nodes) {
      const variables = new Set<number>();
      for (const a of n.args.map(resolve)) {
        if (a.variable >= 0 && a.op !== 'const') variables.add(a.variable);
        if (soleUser(a) !== n || a.block !== b || !canMove(l, a) || kept.has(a) || !meets(a, n)) continue;
        if (n.variable >= 0 && !isAccess(n) && reads.get(a)?.has(n.variable)) continue;
        l.replaced.add(a);
        for (const v of reads.get(a) ?? []) variables.add(v);
      }
      reads.set(n, variables);
    }
    const place = new Map<Node, number>();
    for (let i = b.nodes.length - 1; i >= 0; i--) {
      const n = b.nodes[i]!;
      place.set(n, i);
      if (!canMove(l, n) || kept.has(n)) continue;
      if (isTakenAlong(l, n)) {
        l.lazy.add(n);
        l.fused.add(n);
        continue;
      }
      const users = l.users.get(n) ?? [];
      if (isFixed(n) && users.every((u) => 'op' in u && isAccess(u) && resolve(u.args[0]!) === n)) {
        l.lazy.add(n);
        continue;
      }
      if (users.length > 1) {
        // A comparison that several choices share stays in the flags.
        if (
          isComparison(n) &&
          users.every((u) =>
            'op' in u ? u.op === 'select' && resolve(u.args[0]!) === n && u.block === b : u === b,
          )
        )
          l.lazy.add(n);
        // An address that only serves accesses is folded into each of them (forward propagation).
        const serves = users.every(
          (u) => 'op' in u && isAccess(u) && resolve(u.args[0]!) === n && u.block === b && reaches(n, u),
        );
        const combines = (u: Node): boolean => u.block === b && barrier[i] === barrier[place.get(u)!];
        if (serves || goesAlong(l, n, users, combines)) l.lazy.add(n);
        continue;
      }
      const user = users[0];
      if (!user) continue;
      if (!('op' in user)) {
        if (user === b && lastSegment(b) === n.segment) l.lazy.add(n);
        continue;
      }
      if (user.op === 'phi' || user.block !== b) continue;
      if (!meets(n, user) && n.op !== 'address') continue;
      const at = place.get(user)!;
      if (l.replaced.has(n) || n.op === 'address') {
        l.lazy.add(n);
        place.set(n, at);
      } else if (barrier[i] === barrier[at]! - (b.nodes[at]!.op === 'load' ? 1 : 0)) l.lazy.add(n);
    }
  }
}

/**
 * What stays at its place though it is used once: where something is written between it and its use, a load does, or an expression that took one along
 * (kill_virtual... of tree-ssa-ter.c).
 */
function keptLoads(l: Lowering, b: Block): Set<Node> {
  const kept = new Set<Node>();
  if (l.g.pinnedLoads) return kept;
  // By value, in which state of memory what it takes along was read.
  const read = new Map<Node, number>();
  let state = 0;
  for (const n of b.nodes) {
    let own = n.op === 'load';
    for (const a of n.args.map(resolve)) {
      const before = read.get(a);
      if (before === undefined || (l.users.get(a) ?? []).length !== 1) continue;
      if (before !== state) kept.add(a);
      else own = true;
    }
    if (own && !hasEffect(n)) read.set(n, state);
    if (/^(store|call|setglobal)$/.test(n.op)) state++;
  }
  const { term } = b;
  const last = 'condition' in term ? resolve(term.condition) : null;
  if (last && read.has(last) && read.get(last) !== state) kept.add(last);
  return kept;
}

function canMove(l: Lowering, n: Node): boolean {
  if (n.op === 'load' && !l.g.pinnedLoads) return true;
  return (
    !hasEffect(n) &&
    !branches(n) &&
    !/^(load|base|size|pool|global|pages|copy|carry)$/.test(n.op) &&
    n.name !== 'preincrement'
  );
}
