/**
 * Values that nobody gains a register by keeping in memory (ALLOCNO_BAD_SPILL_P): instructions want them in a register, and in their life no other one ends before another begins
 * (ira-costs.cc, record_reg_classes; ira-build.cc, update_bad_spill_attribute).
 */
import type { Allocno } from './allocnos.ts';
import { each, has } from './bits.ts';
import type { Machine } from '../machine.ts';
import { walk, type Region, type RegionTree } from './regions.ts';

/** Marks them among the values of a region, as far as its own blocks tell. */
export function findBadSpills(region: Region, tree: RegionTree, map: readonly (Allocno | undefined)[]): void {
  // Lives are followed from their ends. Ends in a row and beginnings in a row are an epoch each.
  let epoch = 0;
  let ends = false;
  const enter = (kind: boolean): void => {
    if (epoch > 0 && ends === kind) return;
    epoch++;
    ends = kind;
  };
  const endedIn = new Map<number, number>();
  const good = new Set<number>();
  const end = (v: number): void => {
    if (endedIn.has(v)) return;
    enter(true);
    endedIn.set(v, epoch);
  };
  const begin = (v: number): void => {
    enter(false);
    if (epoch - (endedIn.get(v) ?? epoch) > 1) good.add(v);
    endedIn.delete(v);
  };
  const blocks = region.blocks.toReversed();
  blocks.forEach((b, i) => {
    const out = tree.live.out.get(b.id)!;
    // What is alive on both sides of a border between blocks lives on.
    for (const v of [...endedIn.keys()]) if (!has(out, v)) begin(v);
    each(out, end);
    walk(
      b,
      out,
      (m) => {
        for (const d of m.defs) {
          const a = map[d]?.whole;
          if (!a) continue;
          if (!mayStandInMemory(m)) a.bad = true;
          if (m.uses.includes(d)) continue;
          end(d);
          begin(d);
        }
        for (const u of m.uses) {
          const a = map[u]?.whole;
          if (!a) continue;
          if (!mayStandInMemory(m) || m.address.includes(u)) a.bad = true;
          end(u);
        }
      },
      tree.floats,
    );
    if (i === blocks.length - 1) for (const v of [...endedIn.keys()]) begin(v);
  });
  for (const v of good) map[v]!.whole.bad = false;
}

/** Moves between registers and memory, which take a place on the stack as well. The volatile asm behind loads does not. */
const mayStandInMemory = (m: Machine): boolean =>
  m.kind === 'move' || m.kind === 'store' || (m.kind === 'load' && !m.barrier && /^ldr\b/.test(m.text));
