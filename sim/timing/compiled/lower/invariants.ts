/**
 * Where constants are made: gcc moves them out of one loop after another (loop-invariant.cc), as long as it thinks that registers are left, and not out of code that it expects to run less often than
 * what comes before the loop. Where checks may end a loop at many places, it expects it to go round hardly more than once.
 */
import type { Block, LoopNode } from '../ir.ts';
import { countAt, passing } from '../static-profile.ts';
import { dominates } from '../structure.ts';

/** Registers that gcc takes to be left for invariants of a loop: 14, less 3 in reserve and 2 that it puts down for what it does not count. */
const freeInvariants = 14 - 3 - 2;

export class Invariants {
  /** Constants that left each loop. */
  private readonly moved = new Map<LoopNode, Set<number | string>>();
  /** What runs whenever a loop goes round: the blocks before the first one that may end it, and that one up to there. */
  private readonly certain = new Map<LoopNode, ReadonlySet<Block>>();

  /** The block in which a constant is made that is used in a block, behind checks that are passed by such a chance. */
  homeOf(
    value: number | string,
    block: Block,
    passed: number,
    stays: (loop: LoopNode) => boolean = () => true,
  ): Block {
    let home = block;
    let behind = passed;
    for (let loop = home.loop; loop?.preheader; loop = loop.parent) {
      const { preheader } = loop;
      if (!stays(loop)) break;
      const passing = passingAll(preheader);
      const before = countAt(preheader, preheader.nodes.length);
      if (!(behind === 1 && this.runsAlways(home, loop)) && before > home.count * behind) break;
      let inside = this.moved.get(loop);
      if (!inside) this.moved.set(loop, (inside = new Set()));
      if (!inside.has(value) && inside.size >= freeInvariants) break;
      inside.add(value);
      home = preheader;
      behind = passing;
    }
    return home;
  }

  private runsAlways(b: Block, loop: LoopNode): boolean {
    let certain = this.certain.get(loop);
    if (!certain) this.certain.set(loop, (certain = certainOf(loop)));
    return certain.has(b);
  }
}

const passingAll = (b: Block): number => b.nodes.reduce((p, n) => p * passing(n), 1);

const mayEnd = (b: Block, loop: LoopNode): boolean =>
  b.term.edges.some((e) => !loop.blocks.has(e.to)) || b.nodes.some((n) => passing(n) < 1);

function certainOf(loop: LoopNode): Set<Block> {
  const found = new Set<Block>();
  const latches = loop.header.preds.filter((e) => loop.blocks.has(e.from)).map((e) => e.from);
  for (const b of [...loop.blocks].sort((x, y) => x.order - y.order)) {
    if (latches.every((l) => dominates(b, l))) found.add(b);
    if (mayEnd(b, loop)) break;
  }
  return found;
}
