/**
 * Where the lives of allocnos end, in the order in which gcc walks the code, from its end: the first to be met come first among what a value is alive together with (ira-lives.cc; ira-build.cc,
 * sort_conflict_id_map). Points between which values only end, or only begin, are one (remove_some_program_points_and_update_live_ranges).
 */
import type { Allocno } from './allocnos.ts';
import { each } from './bits.ts';
import type { RegionTree } from './regions.ts';

interface Life {
  start: number;
  finish: number;
}

/** Sets the first point of each allocno in its own region. `maps`: by region and value. */
export function findPoints(tree: RegionTree, maps: readonly (readonly (Allocno | undefined)[])[]): void {
  const lives = new Map<Allocno, Life[]>();
  let point = 0;
  for (const region of tree.all) {
    const map = maps[region.index]!;
    for (const b of region.blocks.toReversed()) {
      const alive = new Set<Allocno>();
      const live = (v: number): void => {
        const a = map[v]?.whole;
        if (!a || alive.has(a)) return;
        alive.add(a);
        let known = lives.get(a);
        if (!known) lives.set(a, (known = []));
        const last = known.at(-1);
        if (!last || last.finish + 1 < point) known.push({ start: point, finish: point });
      };
      const dead = (a: Allocno): void => {
        if (alive.delete(a)) lives.get(a)!.at(-1)!.finish = point;
      };
      each(tree.live.out.get(b.id)!, live);
      for (const m of b.code.toReversed()) {
        // The volatile asm behind a load.
        if (m.barrier && m.kind === 'load') {
          point++;
          for (const d of m.defs) live(d);
          point++;
        }
        for (const d of m.defs) live(d);
        for (const d of m.defs) {
          const a = map[d]?.whole;
          if (a && !m.keeps.includes(d)) dead(a);
        }
        point++;
        for (const u of m.uses) live(u);
        point++;
      }
      for (const a of alive) dead(a);
      point++;
    }
  }
  const numbers = joined(point, lives);
  for (const [a, all] of lives) a.point = Math.min(...all.map(({ start }) => numbers[start]!));
}

function joined(points: number, lives: ReadonlyMap<Allocno, readonly Life[]>): Int32Array {
  const begins = new Uint8Array(points + 1);
  const ends = new Uint8Array(points + 1);
  for (const all of lives.values())
    for (const { start, finish } of all) {
      begins[start] = 1;
      ends[finish] = 1;
    }
  const numbers = new Int32Array(points + 1);
  let n = -1;
  let before = 0;
  for (let p = 0; p <= points; p++) {
    const kind = begins[p]! + 2 * ends[p]!;
    if (kind === 0) continue;
    if (kind === 3 || kind !== before) n++;
    numbers[p] = n;
    before = kind;
  }
  return numbers;
}
