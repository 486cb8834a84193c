/** Gives a value a name of its own in each region where it lives elsewhere than around it, and moves it at the borders (ira-emit.cc). */
import type { Allocnos } from './allocnos.ts';
import { each, has } from './bits.ts';
import type { Equivalents } from './equivalents.ts';
import { move, type Machine, type MachineBlock, type MachineCode } from '../machine.ts';
import { following } from './pairs.ts';
import type { Region, RegionTree } from './regions.ts';
import { registersInAll } from './registers.ts';

/** The register of each name, -1 for memory. Changes the code. */
export function nameByRegion(
  code: MachineCode,
  tree: RegionTree,
  allocnos: Allocnos,
  equivalents: Equivalents,
): number[] {
  const registers: number[] = [];
  const names: (number | undefined)[][] = tree.all.map(() => []);
  for (const region of tree.all)
    for (const a of allocnos.inRegion[region.index]!) {
      if (a.cap) continue;
      const around = region.parent && allocnos.of(region.parent, a.value);
      // Where registers are short around it, too, a name of its own lets it go to memory in the one alone, should its register be wanted.
      const same =
        around &&
        !around.cap &&
        around.register === a.register &&
        (a.register < 0 || region.parent!.pressure < registersInAll || equivalents.constant(a.value));
      const give = (value: number, register: number): number => {
        let name = same ? names[region.parent!.index]![value]! : value;
        if (!same && registers[name] !== undefined) name = code.registers++;
        names[region.index]![value] = name;
        registers[name] = register;
        return name;
      };
      const low = give(a.value, a.register);
      if (a.second) code.pairs.set(low, give(a.second.value, a.register < 0 ? -1 : following[a.register]!));
    }
  const edges = borderMoves(code, tree, names, registers, modifiedIn(tree));
  for (const region of tree.all) for (const b of region.blocks) rename(b, names[region.index]!);
  for (const e of edges) insertOnEdge(code, e);
  return registers;
}

function rename(b: MachineBlock, names: readonly (number | undefined)[]): void {
  const name = (r: number): number => names[r] ?? r;
  for (const m of b.code) renameIn(m, name);
}

export function renameIn(m: Machine, name: (r: number) => number): void {
  m.defs = m.defs.map(name);
  m.uses = m.uses.map(name);
  m.address = m.address.map(name);
  if (m.keeps.length > 0) m.keeps = m.keeps.map(name);
  if (m.writeback >= 0) m.writeback = name(m.writeback);
  if (m.accumulator >= 0) m.accumulator = name(m.accumulator);
}

/** Values that a region or one inside it changes. */
function modifiedIn(tree: RegionTree): Set<number>[] {
  const modified = tree.all.map((r) => new Set(r.blocks.flatMap((b) => b.code.flatMap((m) => m.defs))));
  for (const r of tree.all.toReversed())
    if (r.parent) for (const v of modified[r.index]!) modified[r.parent.index]!.add(v);
  return modified;
}

interface EdgeMoves {
  from: MachineBlock;
  to: number;
  code: Machine[];
}

function borderMoves(
  code: MachineCode,
  tree: RegionTree,
  names: readonly (readonly (number | undefined)[])[],
  registers: readonly number[],
  modified: readonly ReadonlySet<number>[],
): EdgeMoves[] {
  const found: EdgeMoves[] = [];
  for (const from of code.blocks)
    for (const { to } of from.successors) {
      const inner = tree.ofBlock.get(from.id)!;
      const outer = tree.ofBlock.get(to)!;
      if (inner === outer) continue;
      const [stores, moves, loads]: Machine[][] = [[], [], []];
      const out = tree.live.out.get(from.id)!;
      each(tree.live.into.get(to)!, (v) => {
        if (!has(out, v)) return;
        const [x, y] = [names[inner.index]![v] ?? v, names[outer.index]![v] ?? v];
        if (x === y) return;
        const [a, b] = [registers[x] ?? -1, registers[y] ?? -1];
        if (a >= 0 && b >= 0) moves!.push(move(y, x, from.origin));
        else if (a >= 0) {
          // What the loop did not change still stands in memory.
          if (!(contains(outer, inner) && !modified[inner.index]!.has(v)))
            stores!.push(move(y, x, from.origin));
        } else if (b >= 0) loads!.push(move(y, x, from.origin));
      });
      const all = [...stores!, ...moves!, ...loads!];
      if (all.length > 0) found.push({ from, to, code: all });
    }
  return found;
}

function contains(outer: Region, inner: Region): boolean {
  for (let r: Region | null = inner; r; r = r.parent) if (r === outer) return true;
  return false;
}

function insertOnEdge(code: MachineCode, { from, to, code: moves }: EdgeMoves): void {
  const target = code.blocks.find((b) => b.id === to)!;
  if (from.successors.length === 1) {
    const branch = from.code.findLastIndex((m) => m.kind !== 'branch') + 1;
    from.code.splice(branch, 0, ...moves);
    return;
  }
  const before = code.blocks.filter((b) => b.successors.some((s) => s.to === to));
  if (before.length === 1) {
    target.code.unshift(...moves);
    return;
  }
  const edge = from.successors.find((s) => s.to === to)!;
  const id = Math.max(...code.blocks.map((b) => b.id)) + 1;
  const between: MachineBlock = {
    id,
    code: moves,
    weight: edge.weight,
    frequency: edge.frequency ?? 1,
    counts: [edge.count ?? 0],
    successors: [{ ...edge }],
    next: -1,
    loopDepth: Math.min(from.loopDepth, target.loopDepth),
    origin: from.origin,
  };
  edge.to = id;
  code.blocks.push(between);
}
