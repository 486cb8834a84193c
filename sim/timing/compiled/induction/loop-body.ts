/** The statements of a loop in the order in which gcc's passes visit them (cfgloop.cc, get_loop_body). */
import type { Block, LoopNode } from '../ir.ts';

/** A stretch of a block without branches: nodes `from` up to `to`, and the block's branch when it is the last. */
export interface Stretch {
  block: Block;
  from: number;
  to: number;
  first: boolean;
  last: boolean;
}

const branches = /^(guard|guard64|divcheck|enter)$/;

/** The header first, then backwards from where the loop closes. Checks end a block for gcc, though not here. */
export function loopBody(loop: LoopNode): Stretch[] {
  const stretches = new Map<Block, Stretch[]>();
  for (const block of loop.blocks) {
    const list: Stretch[] = [];
    let from = 0;
    block.nodes.forEach((n, i) => {
      if (!branches.test(n.op)) return;
      list.push({ block, from, to: i + 1, first: list.length === 0, last: false });
      from = i + 1;
    });
    list.push({ block, from, to: block.nodes.length, first: list.length === 0, last: true });
    stretches.set(block, list);
  }
  const header = stretches.get(loop.header)![0]!;
  const order = [header];
  const seen = new Set(order);
  const work: Stretch[] = [];
  const visit = (s: Stretch): void => {
    if (seen.has(s)) return;
    seen.add(s);
    order.push(s);
    work.push(s);
  };
  const before = (block: Block): Stretch[] =>
    block.preds.filter((e) => loop.blocks.has(e.from)).map((e) => stretches.get(e.from)!.at(-1)!);
  before(loop.header).forEach(visit);
  while (work.length) {
    const s = work.pop()!;
    const list = stretches.get(s.block)!;
    if (s.first) before(s.block).forEach(visit);
    else visit(list[list.indexOf(s) - 1]!);
  }
  return order;
}
