/**
 * gcc's redundancy elimination behind expansion (gcse.cc, lazy code motion) takes out of a loop what each round is sure to work out anew from values that stay: what pointers of an inner loop start
 * from and end at, mostly, which the choice of induction variables left in the loop around. Numbers alone are left (want_to_gcse_p).
 */
import { isConst, resolve, type Block, type Graph, type LoopNode, type Node } from './ir.ts';
import { isAccess } from './lower/facts.ts';
import { passing } from './static-profile.ts';
import { usersOf } from './users.ts';

const isSimple = (n: Node): boolean =>
  n.type === 'i32' && n.name !== 'preincrement' && /^(add|sub|mul|and|or|xor|shl|shr_[su])$/.test(n.op);

export function hoistCertain(g: Graph): void {
  const users = usersOf(g);
  // The address of a load or store takes a constant along.
  const isPart = (n: Node): boolean =>
    n.op === 'add' &&
    isConst(resolve(n.args[1]!)) &&
    (users.get(n) ?? []).every(
      (u) => 'op' in u && isAccess(u) && u.block === n.block && resolve(u.args[0]!) === n,
    );
  for (const loop of g.loops.toSorted((a, b) => b.depth - a.depth)) {
    const { preheader } = loop;
    if (!preheader) continue;
    const stays = (n: Node): boolean => {
      const a = resolve(n);
      return isConst(a) || !loop.blocks.has(a.block);
    };
    for (const block of [...loop.blocks].sort((a, b) => a.order - b.order)) {
      const moves = (n: Node): boolean => isSimple(n) && n.args.every(stays) && !isPart(n);
      const last = firstCheck(block);
      if (!block.nodes.some((n, i) => i <= last && moves(n)) || !isCertain(block, loop)) continue;
      block.nodes = block.nodes.filter((n, i) => {
        if (i > last || !moves(n)) return true;
        n.block = preheader;
        preheader.nodes.push(n);
        return false;
      });
    }
  }
}

/** Where control may leave a block before its end. */
function firstCheck(b: Block): number {
  const at = b.nodes.findIndex((n) => passing(n) < 1);
  return at < 0 ? Infinity : at;
}

/** Whether each round comes by the start of a block before it may leave the loop. */
function isCertain(block: Block, loop: LoopNode): boolean {
  const seen = new Set([loop.header]);
  for (const b of seen) {
    if (b === block) continue;
    if (firstCheck(b) < Infinity) return false;
    for (const { to } of b.term.edges) {
      if (!loop.blocks.has(to)) return false;
      seen.add(to);
    }
  }
  return true;
}
