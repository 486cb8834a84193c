/** Which loops the vectoriser turns that it does not take (pass_ch_vect): those with one exit that have work behind their test, up to a size. */
import { costOf, mostCopied, testCost } from './header-cost.ts';
import { isConst, resolve, type Block, type LoopNode } from './ir.ts';
import { Evolutions } from './linear.ts';
import { isBranch } from './thread-edges.ts';
import { tripCount } from './trip-count.ts';

/** Whether a loop's header may be copied once more. */
export function isTurned(loop: LoopNode): boolean {
  const { header, blocks } = loop;
  if (header.term.kind !== 'branch' || header.term.edges.every((e) => blocks.has(e.to))) return false;
  const body = [...blocks].flatMap((b) => b.nodes);
  if (body.some((n) => /^(guard|guard64|divcheck|call)$/.test(n.op) || isBranch(n))) return false;
  const exits = [...blocks].filter((b) => b.term.edges.some((e) => !blocks.has(e.to)));
  if (exits.length !== 1) return false;
  const counted = tripCount(loop, new Evolutions(loop), 'exact') !== null;
  return sizeOf(header) + Number(counted) <= mostCopied;
}

/** What gcc counts of a header without the read that it begins with (estimate_num_insns); the counter of ivcanon stands in loops whose rounds are a number. */
function sizeOf({ nodes, term }: Block): number {
  const places = new Set<string>();
  let size = testCost;
  let read = false;
  const test = term.kind === 'branch' ? resolve(term.condition) : null;
  for (const n of nodes) {
    if (n === test) continue;
    if (n.op === 'base' || n.op === 'size') {
      size += Number(read);
      read = true;
    } else if (n.op === 'load' || n.op === 'store') {
      // The asm behind a load counts as well.
      size += Math.ceil(n.bytes / 4) + Number(n.op === 'load');
      const address = resolve(n.args[0]!);
      const key = `${address.id}+${n.offset}`;
      if (places.has(key) || isConst(resolve(address.args[1] ?? address))) continue;
      places.add(key);
      size += 1 + Number(n.offset !== 0);
    } else size += costOf(n);
  }
  return size;
}
