/**
 * Blocks get their places in memory and their branches when registers are given out, as in gcc. A check ends a basic block of gcc, whose other way leads to a trap that all checks share: where a trace ends
 * in a check, what it passes to is a jump away, and the block is cut there.
 */
import { endBlock } from './end-block.ts';
import { isHot } from './hot.ts';
import { instruction, isCheck, type Machine, type MachineBlock, type MachineCode } from './machine.ts';
import type { Spot, Way } from './spots.ts';
import { orderSpots } from './traces.ts';

/** A stretch of code up to a check or to the end of its block. */
export interface Piece {
  block: MachineBlock;
  code: readonly Machine[];
  /** Ends in a check. */
  check: boolean;
  /** First of its block. */
  first: boolean;
}

const trapBytes = 6;

export const bytesOf = (code: readonly Machine[]): number =>
  code.reduce((sum, m) => sum + (m.kind === 'move' ? m.words : 1) * (2 + 2 * m.wide), 0);

/** @param share Shares of gcc's largest count, in ten thousandths. */
export function reorderBlocks(code: MachineCode, share: (count: number) => number): void {
  dropEmpty(code);
  const pieces = new Map<Spot, Piece>();
  const order = orderSpots(...cut(code, pieces), { share, isHot });
  const pieceOf = (s: Spot): Piece | undefined => pieces.get(originOf(s));
  const groups = group(order, pieceOf);
  let id = code.blocks.reduce((most, b) => Math.max(most, b.id), 0);
  const fresh = (...within: number[]): number => {
    id++;
    for (const l of code.loops) if (within.every((w) => l.blocks.includes(w))) l.blocks.push(id);
    return id;
  };
  const ids = new Map<Spot, number>();
  for (const [s] of groups) {
    const piece = pieceOf(s!);
    if (piece) ids.set(s!, piece.first && !s!.original ? piece.block.id : fresh(piece.block.id));
  }
  const places = { ids, fresh };
  code.blocks = groups.flatMap((spots, i) => {
    const [first] = spots;
    const piece = pieceOf(first!);
    if (!piece) return [];
    const b: MachineBlock = {
      ...piece.block,
      id: ids.get(first!)!,
      weight: first!.weight,
      code: spots.flatMap((s) => pieceOf(s)!.code.map((m) => (s.original ? { ...m } : m))),
    };
    const last = spots.at(-1)!;
    return endBlock(b, last, groups[i + 1]?.[0] ?? null, pieceOf(last)!.check, places);
  });
  shortBranches(code.blocks);
}

const originOf = (s: Spot): Spot => {
  let at = s;
  while (at.original) at = at.original;
  return at;
};

/** Blocks that do nothing go, but for the entry. */
function dropEmpty(code: MachineCode): void {
  const onTo = new Map<number, number>();
  const target = (id: number): number => {
    let at = id;
    while (onTo.has(at)) at = onTo.get(at)!;
    return at;
  };
  for (const b of code.blocks) {
    const [on, ...others] = b.successors;
    if (b.code.length === 0 && on && others.length === 0 && b.id !== code.entry && target(on.to) !== b.id)
      onTo.set(b.id, on.to);
  }
  for (const b of code.blocks) for (const s of b.successors) s.to = target(s.to);
  code.blocks = code.blocks.filter((b) => !onTo.has(b.id));
}

/** gcc's basic blocks; the first of the function's entry comes second. */
function cut(code: MachineCode, pieces: Map<Spot, Piece>): [Spot[], Spot] {
  const spots: Spot[] = [];
  const open = (count: number, weight: number, size: number): Spot => {
    const index = spots.length;
    const spot: Spot = { index, count, weight, size, ways: [], preds: [], falls: true, original: null };
    spots.push(spot);
    return spot;
  };
  const trap = open(0, 0, trapBytes);
  const firstOf = new Map<number, Spot>();
  const ends: { b: MachineBlock; end: Spot }[] = [];
  for (const b of code.blocks) {
    const parts = cutBehindChecks(b.code);
    const countAt = (i: number) => b.counts?.[Math.min(i, b.counts.length - 1)] ?? 0;
    // Where nothing stands behind the last check, it passes straight on.
    const [on, ...others] = b.successors;
    if (parts.length > 1 && parts.at(-1)!.length === 0 && on && others.length === 0) parts.pop();
    const checks = b.code.filter(isCheck).length;
    let before: Spot | null = null;
    parts.forEach((part, i) => {
      const spot = open(countAt(i), b.weight, bytesOf(part));
      pieces.set(spot, { block: b, code: part, check: i < checks, first: i === 0 });
      if (before) {
        link(before, spot, spot.count, b.weight);
        link(before, trap, Math.max(0, before.count - spot.count), 0);
      } else firstOf.set(b.id, spot);
      before = spot;
    });
    ends.push({ b, end: before! });
  }
  for (const { b, end } of ends) {
    const last = b.code.at(-1);
    if (last?.returns || last?.text === 'bx lr') link(end, null, end.count, b.weight);
    end.falls = last?.text !== 'tbb';
    for (const s of end.falls ? b.successors : fromLastCase(b.successors))
      link(end, firstOf.get(s.to)!, s.count ?? 0, s.weight);
    const passed = end.ways.reduce((sum, w) => sum + w.count, 0);
    if (pieces.get(end)!.check) link(end, trap, Math.max(0, end.count - passed), 0);
  }
  trap.count = trap.preds.reduce((sum, w) => sum + w.count, 0);
  trap.index = spots.length;
  return [spots, firstOf.get(code.entry)!];
}

/** gcc makes the edges of a table from its end, and that of the default behind them (cfgbuild.cc). */
const fromLastCase = <T>(ways: readonly T[]): T[] => [...ways.slice(0, -1).toReversed(), ways.at(-1)!];

function link(from: Spot, to: Spot | null, count: number, weight: number): void {
  const same = from.ways.find((w) => w.to === to);
  if (same) {
    same.count += count;
    same.weight += weight;
    return;
  }
  const way: Way = { from, to, count, weight };
  from.ways.push(way);
  to?.preds.push(way);
}

/** The last part is what stands behind the last check. */
function cutBehindChecks(code: readonly Machine[]): Machine[][] {
  const parts: Machine[][] = [[]];
  for (const m of code) {
    parts.at(-1)!.push(m);
    if (isCheck(m)) parts.push([]);
  }
  return parts;
}

/** What stands behind a check, is passed to by it and reached by nothing else stays one block with it. */
function group(order: readonly Spot[], pieceOf: (s: Spot) => Piece | undefined): Spot[][] {
  const groups: Spot[][] = [];
  for (const s of order) {
    const before = groups.at(-1)?.at(-1);
    const on = before && pieceOf(before)?.check && before.ways[0]!.to === s && s.preds.length === 1;
    if (on) groups.at(-1)!.push(s);
    else groups.push([s]);
  }
  return groups;
}

/** cbz reaches 126 bytes onwards, and asks for one of the first eight registers; else it is a comparison and a branch. */
function shortBranches(blocks: MachineBlock[]): void {
  const starts = new Map<number, number>();
  let at = 0;
  for (const b of blocks) {
    starts.set(b.id, at);
    at += bytesOf(b.code);
  }
  for (const b of blocks) {
    const i = b.code.findLastIndex((m) => m.text === 'cbz');
    if (i < 0) continue;
    const m = b.code[i]!;
    const target = b.successors.find((s) => s.to !== b.next) ?? b.successors[0];
    const distance = target ? starts.get(target.to)! - starts.get(b.id)! - bytesOf(b.code) : 0;
    if (distance >= 0 && distance <= 126 && m.uses.every(isLow)) continue;
    const compared = instruction('compare', 'cmp #0', m.origin, {
      uses: m.uses,
      immediate: true,
      wide: m.uses.every(isLow) ? 0 : 1,
    });
    const branch = { ...m, text: 'b<cc>', uses: [], readsFlags: true };
    b.code = [...b.code.slice(0, i), compared, branch, ...b.code.slice(i + 1)];
  }
}

/** r0 to r7: numbers 4 and 5 are r12 and lr. */
const isLow = (register: number): boolean => register < 4 || (register > 5 && register < 10);
