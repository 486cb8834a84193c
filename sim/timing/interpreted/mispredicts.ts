/**
 * Mispredicted jumps of an interpreter on a core with a branch predictor, by block of the wasm function.
 *
 * A dispatch jumps to the next handler. Each handler has a jump of its own (two if it has a straight and a taken way),
 * and the core remembers its last target: it misses where one handler is followed by different ones, or where a loop
 * has more handlers than the core has entries. That depends on the order of handlers, so the function is walked: a
 * bounded number of steps along its edges, each taken as often as it was counted. Branches that decide a loop take
 * turns exactly; others fall as a fixed sequence of pseudo-random numbers says.
 */
import { edgeCounts } from '../../wasm/edge-counts.ts';
import type { FunctionAnalysis } from '../../wasm/index.ts';
import { Predictor } from './predictor.ts';
import type { Translation } from './translation.ts';

/** Handlers after which the walk ends. */
const STEPS = 30_000;

export interface PredictorShape {
  /** Targets of indirect jumps that the core remembers. */
  targets: number;
  historyBits: number;
}

/** Mispredictions each time that a block runs. */
export function mispredictsPerBlock(
  f: FunctionAnalysis,
  translation: Translation,
  counts: readonly number[],
  shape: PredictorShape,
): number[] {
  return new Walk(f, translation, counts, shape).run();
}

class Walk {
  private readonly f: FunctionAnalysis;
  private readonly translation: Translation;
  private readonly edges: number[][];
  private readonly predictor: Predictor;
  private readonly sites = new Map<string, number>();
  private readonly credit: number[][];
  private readonly missed: number[];
  private readonly visits: number[];
  private pending: { site: number; block: number } | undefined;
  private random = 1;

  constructor(
    f: FunctionAnalysis,
    translation: Translation,
    counts: readonly number[],
    { targets, historyBits }: PredictorShape,
  ) {
    this.f = f;
    this.translation = translation;
    this.edges = edgeCounts(f, counts);
    this.credit = this.edges.map((e) => e.map(() => 0));
    this.missed = f.blocks.map(() => 0);
    this.visits = f.blocks.map(() => 0);
    this.predictor = new Predictor(targets, historyBits);
  }

  run(): number[] {
    const { blocks } = this.f;
    let steps = 0;
    let block = 0;
    while (steps < STEPS) {
      if (block === 0) steps += this.handlers(0, this.translation.entry);
      this.visits[block]!++;
      const { first, last, exits } = blocks[block]!;
      for (let k = first; k < last; k++) steps += this.handlers(block, this.translation.handlers[k]!);
      const exit = this.choose(block);
      const edge = exits[exit];
      const taken = edge?.taken ?? false;
      const branch = this.f.wasm.body[last - 1]?.name ?? '';
      if (/^(br_if|if)$/.test(branch)) {
        if (this.predictor.branch(this.siteOf(`${last - 1}`), taken)) this.missed[block]!++;
        if (this.pending && taken) this.pending.site = this.siteOf(`${branch}:taken`);
      }
      if (taken) steps += this.handlers(block, this.translation.taken.get(last - 1) ?? []);
      steps++;
      if (!edge || edge.to < 0) {
        // The caller, and with it other code, comes before the function runs again.
        this.predictor.forget();
        this.pending = undefined;
        block = 0;
      } else block = edge.to;
    }
    return blocks.map(({ id, first, last }) => {
      if (this.visits[id]) return this.missed[id]! / this.visits[id];
      // Too rare for the walk to come by: nothing is remembered.
      let dispatches = 0;
      for (let k = first; k < last; k++)
        dispatches += this.translation.handlers[k]!.filter((h) => !h.startsWith('+')).length;
      return dispatches;
    });
  }

  private siteOf(name: string): number {
    let id = this.sites.get(name);
    if (id === undefined) this.sites.set(name, (id = this.sites.size));
    return id;
  }

  private handlers(block: number, names: readonly string[]): number {
    let steps = 0;
    for (const name of names) {
      if (name.startsWith('+')) continue;
      const site = this.siteOf(name);
      if (this.pending && this.predictor.jump(this.pending.site, site)) this.missed[this.pending.block]!++;
      // wasm3 continues a loop by returning to its Loop handler, which dispatches.
      this.pending = { site: name.startsWith('ContinueLoop') ? this.siteOf('Loop') : site, block };
      if (/^[Cc]all/.test(name)) this.predictor.forget();
      steps++;
    }
    return steps;
  }

  private choose(block: number): number {
    const share = this.edges[block]!;
    if (share.length <= 1) return 0;
    const total = share.reduce((a, b) => a + b, 0);
    if (total === 0) return 0;
    if (!this.decidesLoop(block)) {
      this.random = (Math.imul(this.random, 1664525) + 1013904223) >>> 0;
      let at = (this.random / 2 ** 32) * total;
      return Math.max(
        0,
        share.findIndex((n) => (at -= n) < 0),
      );
    }
    const credit = this.credit[block]!;
    share.forEach((n, i) => (credit[i]! += n / total));
    const best = credit.indexOf(Math.max(...credit));
    credit[best]!--;
    return best;
  }

  /** Whether an exit leaves the block's loop or goes back to its head. */
  private decidesLoop(block: number): boolean {
    const { loop, exits } = this.f.blocks[block]!;
    if (loop < 0) return false;
    return exits.some(({ to }) => to < 0 || to === this.f.loops[loop]!.head || !this.inside(to, loop));
  }

  private inside(block: number, loop: number): boolean {
    for (let l = this.f.blocks[block]!.loop; l >= 0; l = this.f.loops[l]!.parent) if (l === loop) return true;
    return false;
  }
}
