/**
 * Where constants are made: gcc moves them out of one loop after another (loop-invariant.cc), those first that save most, as long as it thinks that registers are left, and not out of code that it expects
 * to run less often than what comes before the loop. Where checks may end a loop at many places, it expects it to go round hardly more than once.
 */
import { choose, type Invariant } from './invariant-choice.ts';
import type { Block, LoopNode } from '../ir.ts';
import { countAt, passing } from '../static-profile.ts';
import { dominates } from '../structure.ts';

/** A place that asks for an invariant, behind checks that are passed by such a chance. */
interface Asked {
  key: string;
  value: Invariant;
  block: Block;
  passed: number;
  stays: (loop: LoopNode) => boolean;
}

/** Where each place finds its invariant. */
export type Homes = ReadonlyMap<string, Block>;

export class Invariants {
  private readonly homes: Homes | null;
  private readonly asked = new Map<string, Asked>();
  /** What runs whenever a loop goes round: the blocks before the first one that may end it, and that one up to there. */
  private readonly certain = new Map<LoopNode, ReadonlySet<Block>>();

  /** @param homes What was decided once all places were known; until then, everything leaves that may. */
  constructor(homes: Homes | null) {
    this.homes = homes;
  }

  /** The block in which a constant is made that is used in a block, behind checks that are passed by such a chance. */
  homeOf(
    value: Invariant,
    block: Block,
    passed: number,
    stays: (loop: LoopNode) => boolean = () => true,
  ): Block {
    const key = `${value}@${block.id}@${passed}`;
    const known = this.homes?.get(key);
    if (known) return known;
    this.asked.set(key, { key, value, block, passed, stays });
    let home = block;
    let behind = passed;
    for (let { loop } = home; loop && this.leaves(home, behind, loop, stays); { loop } = home) {
      home = loop.preheader!;
      behind = passingAll(home);
    }
    return home;
  }

  /** Where all that was asked for is made, if registers do not let everything leave that may; null where they do. */
  decide(loops: readonly LoopNode[]): Homes | null {
    const moving = [...this.asked.values()].map((a) => ({ ...a, home: a.block, behind: a.passed }));
    let short = false;
    for (const loop of loops.toSorted((a, b) => b.depth - a.depth)) {
      const leaving = moving.filter(
        (m) => m.home.loop === loop && this.leaves(m.home, m.behind, loop, m.stays),
      );
      const made = new Map<Invariant, Set<Block>>();
      for (const { value, home } of leaving) made.set(value, (made.get(value) ?? new Set()).add(home));
      const chosen = choose(new Map([...made].map(([value, { size }]) => [value, size])), hasCall(loop));
      short ||= chosen.size < made.size;
      for (const m of leaving) {
        if (!chosen.has(m.value)) continue;
        m.home = loop.preheader!;
        m.behind = passingAll(m.home);
      }
    }
    return short ? new Map(moving.map(({ key, home }) => [key, home])) : null;
  }

  private leaves(home: Block, behind: number, loop: LoopNode, stays: Asked['stays']): boolean {
    const { preheader } = loop;
    if (!preheader || !stays(loop)) return false;
    const before = countAt(preheader, preheader.nodes.length);
    return (behind === 1 && this.runsAlways(home, loop)) || before <= home.count * behind;
  }

  private runsAlways(b: Block, loop: LoopNode): boolean {
    let certain = this.certain.get(loop);
    if (!certain) this.certain.set(loop, (certain = certainOf(loop)));
    return certain.has(b);
  }
}

const hasCall = ({ blocks }: LoopNode): boolean =>
  [...blocks].some((b) => b.nodes.some((n) => n.op === 'call' || n.op === 'accessor'));

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
