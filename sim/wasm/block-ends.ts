/**
 * Blocks as an interpreter sees them that runs the module's bytes: it knows where a block begins, and reads on from there to find where it ends. It keeps ends in a small
 * table, by the low bits of the address of the first byte behind the block's type. The code lies in one piece, so which blocks share a place does not depend on
 * where it lies.
 */
import type { ModuleAnalysis } from './analysis.ts';
import type { BlockCounts } from './measure.ts';
import type { Instruction } from './module.ts';
import { sitesOf, type Site } from './operand-counters.ts';

/** `places`, a power of two, that each hold `each` blocks. */
export interface EndTable {
  places: number;
  each: number;
  /** What one reading finds: the block and the last one nested in it at each depth, up to this many. */
  depths: number;
}

export interface EndSite extends Site {
  /** First byte behind its type. */
  start: number;
  /** What reading it puts into the table, itself first, by their first bytes. */
  puts: number[];
}

export const opens = ({ name }: Instruction): boolean => name === 'block' || name === 'loop' || name === 'if';

/** Blocks whose end may be asked for: each `if`, and each `block` that a branch leaves. */
export function endSites(analysis: ModuleAnalysis, { depths }: EndTable): EndSite[] {
  const asked = analysis.functions.map(({ wasm }) => askedFor(wasm.body));
  const reach = analysis.functions.map(({ wasm }) => nestedLast(wasm.body, depths));
  return sitesOf(analysis, ({ name }) => name === 'if' || name === 'block')
    .filter(({ f, at }) => asked[f]!.has(at))
    .map((site) => {
      const { end } = analysis.functions[site.f]!.wasm.body[site.at]!;
      return { ...site, start: end, puts: reach[site.f]!.get(site.at)! };
    });
}

/** Positions in a body. */
function askedFor(body: readonly Instruction[]): Set<number> {
  const asked = new Set<number>();
  const open: number[] = [-1];
  body.forEach((instruction, at) => {
    const { name, index, labels } = instruction;
    if (name === 'if') asked.add(at);
    if (opens(instruction)) open.push(at);
    else if (name === 'end') open.pop();
    else if (name === 'br' || name === 'br_if' || name === 'br_table')
      for (const depth of name === 'br_table' ? labels : [index]) {
        const left = open.at(-1 - depth)!;
        if (body[left]?.name === 'block') asked.add(left);
      }
  });
  return asked;
}

/** By position of the opening: the first bytes of the block and of the last one at each depth in it. */
function nestedLast(body: readonly Instruction[], depths: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const open: { at: number; last: number[] }[] = [];
  body.forEach((instruction, at) => {
    if (opens(instruction)) open.push({ at, last: [instruction.end] });
    else if (instruction.name === 'end') {
      const closed = open.pop();
      if (!closed) return; // of the function
      found.set(closed.at, closed.last);
      const outer = open.at(-1);
      closed.last.forEach((start, depth) => {
        if (outer && depth + 1 < depths) outer.last[depth + 1] = start;
      });
    }
  });
  return found;
}

/** Larger tables are no way out. */
const mostPlaces = 1 << 16;

/** Places, a power of two, with which every block that ran keeps its end once it was found; null where that takes too many. */
export function placesEnough(analysis: ModuleAnalysis, counts: BlockCounts, ends: EndTable): number | null {
  const starts = new Set(
    endSites(analysis, ends)
      .filter(({ f, block }) => counts.blocks[f]![block]! > 0)
      .flatMap(({ puts }) => puts),
  );
  for (let { places } = ends; places <= mostPlaces; places *= 2) {
    const held = new Map<number, number>();
    for (const start of starts) held.set(start % places, (held.get(start % places) ?? 0) + 1);
    if ([...held.values()].every((n) => n <= ends.each)) return places;
  }
  return null;
}
