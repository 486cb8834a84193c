/**
 * What the vectoriser does to loops that it does not take (pass_ch_vect): a loop with one exit that has work behind its test is turned, so that it may be one that tests at its end. The body up to the test is copied before the loop, which then begins with what stood behind the test. For a read of the
 * memory's pointer on the way round that is the same as leaving the read where it was, but for the first time; and the loop counts as its way round did.
 */
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

/** What is left of a turned loop counts as its way round did (merge_blocks takes the larger count of the two). */
export function countTurned({ header, blocks }: LoopNode): void {
  const back = header.preds.filter((e) => blocks.has(e.from));
  const round = back.reduce((sum, e) => sum + (e.count ?? 0), 0);
  if (blocks.size > 1 || round <= 0 || header.nodes.some((n) => n.op === 'check')) return;
  const part = round / header.count;
  header.count = round;
  for (const e of header.term.edges) e.count = (e.count ?? 0) * part;
}
