/**
 * Instructions whose cost depends on what they are given. Each becomes a call of a function of its own, added to the module, which counts what matters and runs
 * the instruction as it stands in the module. A family is a file: transfers.ts, divisions.ts.
 */
import type { ModuleAnalysis } from './analysis.ts';
import type { BasicBlock } from './blocks.ts';
import type { Instruction } from './module.ts';
import type { Writer } from './writer.ts';

/** Where an instruction stands. */
export interface Site {
  f: number;
  /** Position in the function's body. */
  at: number;
  /** Block that it belongs to. */
  block: number;
}

/** A site and what its counters held over all its runs. */
export type Counted<S extends Site, Name extends string> = S & Record<Name | 'runs', number>;

export interface Family<S extends Site> {
  /** Counters of a site. */
  names: readonly string[];
  sites(analysis: ModuleAnalysis): S[];
  /** The type of the added functions. */
  type(): Writer;
  /** Body of the function that stands for an instruction; its counters are the globals from `first` on. */
  body(analysis: ModuleAnalysis, site: S, first: number): Writer;
}

export const sitesOf = ({ functions }: ModuleAnalysis, is: (i: Instruction) => boolean): Site[] =>
  functions.flatMap(({ wasm, blocks }, f) =>
    wasm.body.flatMap((instruction, at) => (is(instruction) ? [{ f, at, block: blockOf(blocks, at) }] : [])),
  );

/** Blocks stand in the order of the code. */
function blockOf(blocks: readonly BasicBlock[], at: number): number {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.last > at) high = middle;
    else low = middle + 1;
  }
  return blocks[low]!.id;
}

/** What the counters of the sites say, `counters` being theirs alone. */
export const countedAt = <S extends Site, Name extends string>(
  sites: readonly S[],
  names: readonly Name[],
  counters: readonly number[],
  blocks: readonly (readonly number[])[],
): Counted<S, Name>[] =>
  sites.map((site, i) => {
    const values = names.map((name, k) => [name, counters[names.length * i + k]!] as const);
    return { ...site, runs: blocks[site.f]![site.block]!, ...Object.fromEntries(values) } as Counted<S, Name>;
  });

const indexes = new WeakMap<readonly Site[], ReadonlyMap<string, Site>>();

/** What was counted at one place. */
export function countsAt<S extends Site>(
  sites: readonly S[] | undefined,
  f: number,
  at: number,
): S | undefined {
  if (!sites) return undefined;
  let index = indexes.get(sites);
  if (!index) indexes.set(sites, (index = new Map(sites.map((s) => [`${s.f} ${s.at}`, s]))));
  return index.get(`${f} ${at}`) as S | undefined;
}

/** Sums, and differences, of what was counted at the same sites. */
export const sumsAt = <S extends Site, Name extends string>(
  all: readonly (readonly Counted<S, Name>[])[],
  names: readonly Name[],
  sign: (k: number) => number,
): Counted<S, Name>[] =>
  all[0]!.map((site, i) => {
    const sums = (['runs', ...names] as const).map((name) => [
      name,
      all.reduce((total, one, k) => total + sign(k) * (one[i]![name] as number), 0),
    ]);
    return { ...site, ...(Object.fromEntries(sums) as object) };
  });
