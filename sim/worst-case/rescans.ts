/**
 * What an interpreter that keeps ends of blocks may read again where the way of a call rests on data: blocks that share a place drive each other out in an order that nobody knows, so
 * each is taken to be gone when it is asked for.
 */
import type { Core } from '../cores/index.ts';
import { endTable, type Runtime } from '../runtimes/index.ts';
import { scanCost } from '../timing/interpreted/block-cycles.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { endSites } from '../wasm/block-ends.ts';

/** Cycles of one run of a block beyond what it read when it was counted, by function index and block id, before the band. */
export function rescans(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  core: Core,
  runtime: Runtime,
): (f: number, block: number) => number {
  const ends = endTable(runtime);
  if (!ends) return () => 0;
  const { places, each } = ends;
  const called = counts.blocks.map((blocks) => blocks.some((n) => n > 0));
  const sites = endSites(analysis, ends).filter(({ f }) => called[f]);
  const held = new Map<number, Set<number>>();
  for (const start of sites.flatMap(({ puts }) => puts)) {
    const place = held.get(start % places) ?? new Set();
    held.set(start % places, place.add(start));
  }
  const read = new Map((counts.scans ?? []).map(({ f, at, scans }) => [`${f} ${at}`, scans]));
  const more = new Map<string, number>();
  for (const { f, at, block, start } of sites) {
    if (held.get(start % places)!.size <= each) continue;
    const runs = counts.blocks[f]![block]!;
    const share = runs > 0 ? Math.min(1, (read.get(`${f} ${at}`) ?? 0) / runs) : 0;
    const cycles = (1 - share) * scanCost(analysis.functions[f]!, at, runtime.id, core);
    more.set(`${f} ${block}`, (more.get(`${f} ${block}`) ?? 0) + cycles);
  }
  return (f, block) => more.get(`${f} ${block}`) ?? 0;
}
