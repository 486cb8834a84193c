/**
 * What a loop works out takes the place of what it had the round before (insert_backedge_copies of gcc's tree-outof-ssa.cc): where the branch back ends a block, the old value is wanted behind the new one's definition, and that stands in
 * the loop's first block, the old one is copied first, so that the new one can take its variable. Bytes and halves are widened into that variable behind the volatile asm of their load, and so need a register beside it.
 */
import { isConst, resolve, type Block, type Graph, type LoopNode, type Node } from './ir.ts';
import { mayTrap } from './global-values.ts';
import { usersOf, type Users } from './users.ts';

export function copyPrevious(g: Graph): void {
  let users: Users | null = null;
  for (const loop of g.loops)
    for (const phi of loop.header.phis)
      if (separate(g, loop, phi, () => (users ??= usersOf(g)))) users = null;
}

/** Whether something was copied. */
function separate(g: Graph, { header, blocks }: LoopNode, phi: Node, usersNow: () => Users): boolean {
  const backs = header.preds.filter((e) => blocks.has(e.from));
  if (backs.length !== 1 || backs[0]!.from.term.kind !== 'branch' || phi.type !== 'i32') return false;
  const back = header.preds.indexOf(backs[0]!);
  const next = resolve(phi.args[back]!);
  if (next.op === 'phi' || isConst(next) || next.type !== 'i32' || next.block !== header) return false;
  const at = header.nodes.indexOf(next);
  // A check ends gcc's block.
  if (header.nodes.slice(0, at).some((n) => mayTrap.test(n.op))) return false;
  const behind = (user: Node | Block): boolean => {
    if (!('op' in user)) return true;
    return user.block !== header || (user.op !== 'phi' && header.nodes.indexOf(user) > at);
  };
  const users = usersNow();
  const all = users.get(phi) ?? [];
  const late = all.filter(behind);
  const lasts = (user: Node | Block): boolean => {
    const place = 'op' in user ? user.block : user;
    return !blocks.has(place) || ('op' in user && user.op === 'phi' && place === header);
  };
  // What goes on to the round after, or behind the loop, is alive to the end anyway.
  if (late.length === 0 || all.some(lasts)) return false;
  const old = g.node(header, 'copy', 'i32', [phi]);
  const replace = (user: Node | Block, from: Node, to: Node): void => {
    const put = (a: Node): Node => (resolve(a) === from ? to : a);
    if ('op' in user) user.args = user.args.map(put);
    else if ('condition' in user.term) user.term.condition = put(user.term.condition);
    else if (user.term.kind === 'return') user.term.values = user.term.values.map(put);
  };
  for (const user of late) replace(user, phi, old);
  if (next.op !== 'load' || next.bytes === 4) {
    header.nodes.splice(at, 0, old);
    return true;
  }
  const widened = g.node(header, 'copy', 'i32', [next], { variable: phi.variable });
  for (const user of users.get(next) ?? []) replace(user, next, widened);
  header.nodes.splice(at + 1, 0, old, widened);
  return true;
}
