/**
 * Mispredicted branches of compiled code on a core with a branch predictor. The predictor tells a loop's last round by the branches before it, and every
 * check is one of them, so what it knows depends on their order: the code is walked along its edges, each taken as often as it was counted.
 *
 * A loop that runs a whole number of rounds on average is taken to run as many each time; what decides other loops falls as a fixed sequence of
 * pseudo-random numbers says, as all other branches do. Branches do not share counters here, though on the core they do where they stand close.
 */
import type { DualIssueTiming } from '../../cores/core.ts';
import type { Machine, MachineBlock, MachineCode, MachineLoop } from './machine.ts';
import { Predictor } from '../interpreted/predictor.ts';

/** Blocks after which the walk ends. */
const STEPS = 30_000;
/** How far from a whole number the iterations of a loop of constant length may lie. */
const WHOLE = 0.02;

/** Mispredictions of one run of each block, by block id. */
export function mispredictsPerRun(code: MachineCode, { predictor }: DualIssueTiming): Map<number, number> {
  return new Walk(code, new Predictor(predictor.targets, predictor.historyBits)).run();
}

interface Site {
  id: number;
  kind: 'check' | 'decides' | 'indirect';
}

interface Place {
  block: MachineBlock;
  sites: Site[];
  /** What decides a loop of constant length: rounds, and the successors of the last one and of the others. */
  turns: Turns | null;
  total: number;
}

interface Turns {
  rounds: number;
  done: number;
  last: number;
  other: number;
}

class Walk {
  private readonly code: MachineCode;
  private readonly predictor: Predictor;
  private readonly places: Map<number, Place>;
  private random = 1;
  /** Where blocks stand. */
  private readonly position: ReadonlyMap<number, number>;

  constructor(code: MachineCode, predictor: Predictor) {
    this.code = code;
    this.predictor = predictor;
    this.position = new Map(code.blocks.map((b, i) => [b.id, i]));
    const sites = branchSites(code);
    const loops = innermostLoops(code);
    this.places = new Map(
      code.blocks.map((block) => {
        const total = block.successors.reduce((sum, s) => sum + s.weight, 0);
        const turns = turnsOf(block, loops.get(block.id), total);
        return [block.id, { block, sites: sites.get(block.id)!, turns, total }];
      }),
    );
  }

  run(): Map<number, number> {
    const runs = new Map<number, number>();
    const misses = new Map<number, number>();
    const { blocks, entry } = this.code;
    // Counts may be of a part of a run that does not come by the entry.
    const start = blocks.find((b) => b.id === entry && b.weight > 0) ?? heaviest(blocks);
    let place = this.places.get(start.id)!;
    for (let step = 0; step < STEPS; step++) {
      const { block } = place;
      const to = this.choose(place);
      runs.set(block.id, (runs.get(block.id) ?? 0) + 1);
      misses.set(block.id, (misses.get(block.id) ?? 0) + this.missed(place, to));
      place = this.places.get(to < 0 ? start.id : block.successors[to]!.to)!;
    }
    return new Map(
      blocks.map((b) => {
        const n = runs.get(b.id);
        return [b.id, n ? misses.get(b.id)! / n : rarerWays(this.places.get(b.id)!)];
      }),
    );
  }

  private missed({ block, sites }: Place, chosen: number): number {
    let misses = 0;
    for (const { id, kind } of sites) {
      const missed =
        kind === 'indirect'
          ? this.predictor.jump(id, block.successors[chosen]?.to ?? -1)
          : this.predictor.branch(
              id,
              kind === 'decides' && isTaken(block, chosen),
              this.leadsBack(block, chosen),
            );
      if (missed) misses++;
    }
    return misses;
  }

  private leadsBack({ id, successors }: MachineBlock, chosen: number): boolean {
    const to = this.position.get(successors[chosen]?.to ?? -1);
    return to !== undefined && to <= this.position.get(id)!;
  }

  private choose({ block: { successors }, turns, total }: Place): number {
    if (total === 0) return -1;
    if (successors.length < 2) return 0;
    if (turns) {
      turns.done = (turns.done + 1) % turns.rounds;
      return turns.done === 0 ? turns.last : turns.other;
    }
    this.random = (Math.imul(this.random, 1664525) + 1013904223) >>> 0;
    let at = (this.random / 2 ** 32) * total;
    return Math.max(
      0,
      successors.findIndex((s) => (at -= s.weight) < 0),
    );
  }
}

const heaviest = (blocks: readonly MachineBlock[]): MachineBlock =>
  blocks.reduce((a, b) => (b.weight > a.weight ? b : a));

/** Whether a block's branch jumps on the way to a successor. */
function isTaken({ successors, next }: MachineBlock, chosen: number): boolean {
  return successors.some((s) => s.to === next) ? successors[chosen]?.to !== next : chosen === 0;
}

const isConditional = (m: Machine): boolean =>
  m.kind === 'branch' && (m.readsFlags || m.text.startsWith('cb'));

/** The branches that are predicted, block by block. */
function branchSites({ blocks }: MachineCode): Map<number, Site[]> {
  let id = 0;
  return new Map(
    blocks.map(({ id: block, code }) => {
      const table = code.some((m) => m.text === 'tbb');
      const decides = table ? undefined : code.findLast((m) => isConditional(m) && m.taken > 0);
      const sites = code
        .filter((m) => isConditional(m) || m.text === 'tbb')
        .map((m): Site => {
          if (m.text === 'tbb') return { id: id++, kind: 'indirect' };
          return { id: id++, kind: m === decides ? 'decides' : 'check' };
        });
      return [block, sites];
    }),
  );
}

function innermostLoops({ loops }: MachineCode): Map<number, { header: number; blocks: Set<number> }> {
  const found = new Map<number, { header: number; blocks: Set<number> }>();
  const inside = loops.toSorted((a: MachineLoop, b: MachineLoop) => b.blocks.length - a.blocks.length);
  for (const { header, blocks } of inside) {
    const loop = { header, blocks: new Set(blocks) };
    for (const b of blocks) found.set(b, loop);
  }
  return found;
}

/** How a block decides its loop, where it does so after the same number of rounds each time. */
function turnsOf(
  { successors }: MachineBlock,
  loop: { header: number; blocks: ReadonlySet<number> } | undefined,
  total: number,
): Turns | null {
  if (!loop || successors.length !== 2) return null;
  let last = successors.findIndex((s) => !loop.blocks.has(s.to));
  if (last < 0) last = successors.findIndex((s) => s.to === loop.header);
  if (last < 0 || successors[last]!.weight === 0) return null;
  const rounds = total / successors[last]!.weight;
  if (Math.abs(rounds - Math.round(rounds)) > WHOLE) return null;
  return { rounds: Math.round(rounds), done: 0, last, other: 1 - last };
}

/** Too rare for the walk to come by: the branch misses as often as it goes the rarer way. */
function rarerWays({ block: { code } }: Place): number {
  return code.reduce((sum, m) => sum + (isConditional(m) ? Math.min(m.taken, 1 - m.taken) : 0), 0);
}
