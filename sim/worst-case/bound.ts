/**
 * The most that a call can cost, whatever the data: the function is walked with known numbers for counters, constants and tables
 * that nothing writes, and with both ways open where a condition rests on data. Where ways meet, the dearer one counts, and
 * variables on which they disagree become unknown; places in tables are told apart instead, so a tree is walked to its leaves.
 *
 * Turns of a loop that go the same way are taken at once (jump.ts says how many). A loop ends when no way leads back; if one does
 * and nothing that is known has changed, there is no bound to be found unless somebody states one.
 *
 * The walk knows no prices: it leaves a tally, so it is made once for a module, not once for each core and runtime.
 */
import type { ModuleAnalysis } from '../wasm/index.ts';
import { Unbounded, type BlockCosts, type Bound, type Knowledge, type ModuleTransfers } from './knowledge.ts';
import type { Program } from './program.ts';
import type { Value } from './value.ts';
import { Walk } from './walk.ts';

/** The ways through a call, the dearest of which counts. */
export interface Ways {
  constant: boolean;
  /** Blocks behind which the way rests on data, as "function block". */
  forks: ReadonlySet<string>;
  /** What copies and fills of memory on these ways move at most. */
  longest: ModuleTransfers;
  price(ofBlock: (f: number, block: number) => number): number;
}

/** Throws Unbounded where no bound can be found. Arguments that are undefined stand for any value. */
export function waysOf(
  analysis: ModuleAnalysis,
  entry: number,
  args: readonly Value[] = [],
  knowledge: Knowledge = {},
): Ways {
  const hits = new Set<object>();
  const programs = new Map<number, Program>();
  const ways = (followTables: boolean): Ways => {
    const walk = new Walk(analysis, knowledge, programs, hits, followTables);
    const tally = walk.call(entry, args);
    const { constant, forks, longest } = walk;
    return { constant, forks, longest, price: (ofBlock) => walk.choices.price(tally, ofBlock) };
  };
  try {
    return ways(false);
  } catch (error) {
    // Place by place through the tables that were come upon, which takes longer.
    if (!(error instanceof Unbounded) || hits.size === 0) throw error;
    return ways(true);
  }
}

/** As `waysOf`, priced. */
export function boundOf(
  analysis: ModuleAnalysis,
  costs: BlockCosts,
  entry: number,
  args: readonly Value[] = [],
  knowledge: Knowledge = {},
): Bound {
  const ways = waysOf(analysis, entry, args, knowledge);
  return {
    cycles: ways.price((f, block) => costs.cycles[f]![block]!),
    wasmOps: ways.price((f, block) => costs.wasmOps[f]![block]!),
    constant: ways.constant,
  };
}
