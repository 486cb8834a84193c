/**
 * The parts of a function that get registers one by one: loops that are short of registers, and the rest (ira-build.cc, -fira-region=mixed). A loop is part of the one around it if both can do with the
 * registers that there are.
 */
import { add, has, remove, type Bits } from './bits.ts';
import { liveness, type Liveness } from '../liveness.ts';
import { isCheck, type Machine, type MachineBlock, type MachineCode } from '../machine.ts';
import { floatBits } from './files.ts';
import { registersInAll } from './registers.ts';

export interface Border {
  from: number;
  to: number;
  frequency: number;
}

export interface Region {
  index: number;
  parent: Region | null;
  children: Region[];
  depth: number;
  /** Where it begins in the code. */
  place: number;
  /** Its own blocks, not those of regions inside. */
  blocks: MachineBlock[];
  /** Most values alive at once, regions inside included. */
  pressure: number;
  /** Ways in and out, empty for the whole function. */
  entries: Border[];
  exits: Border[];
}

export interface RegionTree {
  root: Region;
  /** From outer to inner. */
  all: Region[];
  ofBlock: ReadonlyMap<number, Region>;
  /** What is alive, as far as it wants one of the core's registers. */
  live: Liveness;
  floats: Bits;
}

/** gcc's frequency of each instruction: what comes behind a check is guessed to run less often. */
export function frequenciesOf(b: MachineBlock): number[] {
  let passed = 0;
  return b.code.map((m) => {
    const f = b.passing?.[Math.min(passed, b.passing.length - 1)] ?? b.frequency;
    if (isCheck(m)) passed++;
    return f;
  });
}

/** Walks a block from its end, with what is alive behind each instruction and how many that are, some values left out. */
export function walk(
  b: MachineBlock,
  out: Bits,
  visit: (m: Machine, at: number, alive: Bits, count: number) => void,
  except: Bits | null = null,
): void {
  const alive = out.slice();
  let count = 0;
  for (const w of alive) count += ones(w);
  for (let at = b.code.length - 1; at >= 0; at--) {
    const m = b.code[at]!;
    visit(m, at, alive, count);
    for (const d of m.defs)
      if (has(alive, d)) {
        remove(alive, d);
        count--;
      }
    for (const all of [m.uses, m.keeps])
      for (const u of all)
        if (!has(alive, u) && !(except && has(except, u))) {
          add(alive, u);
          count++;
        }
  }
}

function without(live: Liveness, floats: Bits): Liveness {
  if (floats.every((w) => w === 0)) return live;
  for (const sets of [live.into, live.out])
    for (const s of sets.values()) for (let w = 0; w < s.length; w++) s[w]! &= ~floats[w]!;
  return live;
}

function ones(w: number): number {
  let v = w - ((w >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Most values that a block has alive at once. */
function pressureOf(b: MachineBlock, live: Liveness, floats: Bits): number {
  let most = 0;
  walk(
    b,
    live.out.get(b.id)!,
    (m, _at, alive, count) => {
      let dead = 0;
      for (const d of m.defs) if (!has(alive, d) && !has(floats, d)) dead++;
      most = Math.max(most, count + dead);
    },
    floats,
  );
  let into = 0;
  for (const w of live.into.get(b.id)!) into += ones(w);
  return Math.max(most, into);
}

export function formRegions(code: MachineCode): RegionTree {
  const floats = floatBits(code);
  const live = without(liveness(code), floats);
  const loops = code.loops
    .map((loop) => ({ loop, blocks: new Set(loop.blocks) }))
    .sort((a, b) => b.blocks.size - a.blocks.size);
  // The innermost loop of each block: the smallest one comes last.
  const innermost = new Map<number, number>();
  loops.forEach(({ blocks }, i) => blocks.forEach((b) => innermost.set(b, i)));
  const parents = loops.map(({ loop, blocks }, i) => {
    for (let j = i - 1; j >= 0; j--)
      if (loops[j]!.blocks.has(loop.header) && loops[j]!.blocks.size > blocks.size) return j;
    return -1;
  });
  const pressures = loops.map(() => 0);
  let whole = 0;
  for (const b of code.blocks) {
    const p = pressureOf(b, live, floats);
    whole = Math.max(whole, p);
    for (let i = innermost.get(b.id) ?? -1; i >= 0; i = parents[i]!)
      pressures[i] = Math.max(pressures[i]!, p);
  }
  const fits = (i: number) => (i < 0 ? whole : pressures[i]!) <= registersInAll;
  const make = (parent: Region | null, pressure: number): Region => ({
    index: 0,
    parent,
    children: [],
    depth: parent ? parent.depth + 1 : 0,
    place: 0,
    blocks: [],
    pressure,
    entries: [],
    exits: [],
  });
  const root = make(null, whole);
  const regionOf: Region[] = [];
  const places = new Map(code.blocks.map((b, i) => [b.id, i]));
  loops.forEach((_, i) => {
    const outer = parents[i]! < 0 ? root : regionOf[parents[i]!]!;
    if (fits(i) && fits(parents[i]!)) {
      regionOf[i] = outer;
      return;
    }
    const region = make(outer, pressures[i]!);
    region.place = places.get(loops[i]!.loop.header)!;
    outer.children.push(region);
    regionOf[i] = region;
  });
  const all = inOrder(root);
  all.forEach((region, i) => (region.index = i));
  const ofBlock = new Map<number, Region>();
  for (const b of code.blocks) {
    const i = innermost.get(b.id) ?? -1;
    const region = i < 0 ? root : regionOf[i]!;
    ofBlock.set(b.id, region);
    region.blocks.push(b);
  }
  findBorders(code, ofBlock);
  return { root, all, ofBlock, live, floats };
}

/** A region before those inside it, of which what comes later in the code is first. */
function inOrder(region: Region): Region[] {
  return [region, ...region.children.sort((a, b) => b.place - a.place).flatMap(inOrder)];
}

const inside = (region: Region | null, of: Region): boolean => {
  for (let r = region; r; r = r.parent) if (r === of) return true;
  return false;
};

function findBorders(code: MachineCode, ofBlock: ReadonlyMap<number, Region>): void {
  for (const b of code.blocks)
    for (const s of b.successors) {
      const from = ofBlock.get(b.id)!;
      const to = ofBlock.get(s.to)!;
      if (from === to) continue;
      const border = { from: b.id, to: s.to, frequency: s.frequency ?? Math.min(b.frequency, 1) };
      for (let r: Region | null = to; r && !inside(from, r); r = r.parent) r.entries.push(border);
      for (let r: Region | null = from; r && !inside(to, r); r = r.parent) r.exits.push(border);
    }
}

/** How often a value passes the borders of a region; gcc's frequencies of registers are never less than 1, though it does not pass them at all (ira_loop_edge_freq). */
export function crossings(borders: readonly Border[], live: Liveness, value: number): number {
  let sum = 0;
  for (const { from, to, frequency } of borders)
    if (has(live.out.get(from)!, value) && has(live.into.get(to)!, value)) sum += frequency;
  return Math.max(1, sum);
}
