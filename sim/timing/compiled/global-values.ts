/**
 * Partial redundancy elimination (gcc's tree-ssa-pre.c) of reads of mutable globals. A global that was read or assigned is known until a store may
 * overwrite it; where every way on from a join reads it and some way into the join knows it, the others read it at their ends, so a loop that assigns a
 * global on some of its ways keeps it in a register. The assignments themselves stay where they are: volatile asm stands between.
 */
import { type Block, type Edge, type Graph, type Node, resolve, resolveAll, type Type } from './ir.ts';
import { splitEdge } from './edges.ts';
import { isHotEdge } from './hot.ts';
import { renewStructure } from './structure.ts';
import { overwrites } from './memory-state.ts';

export function keepGlobals(g: Graph): void {
  const read = new Map<string, Node>();
  for (const b of g.blocks) for (const n of b.nodes) if (n.op === 'global') read.set(`global ${n.value}`, n);
  let split = false;
  for (const [place, example] of read) split = keep(g, place, example) || split;
  if (read.size) resolveAll(g);
  if (!split) return;
  renewStructure(g);
}

/** @returns whether edges got blocks of their own. */
function keep(g: Graph, place: string, example: Node): boolean {
  let split = false;
  const isRead = (n: Node) => n.op === 'global' && n.value === example.value;
  const wanted = anticipated(g, place, isRead);
  let closed = new Set<Block>();
  for (let inserted = true; inserted;) {
    inserted = false;
    // Where no phi is made, what comes behind does not know the value.
    closed = unwantedMeetings(g, place, isRead, wanted);
    const known = available(g, place, isRead, closed);
    for (const b of g.blocks) {
      if (b.preds.length < 2 || !wanted.get(b)) continue;
      const without = b.preds.filter((e) => !known.get(e.from));
      if (without.length === 0 || !b.preds.some((e) => known.get(e.from) && isHotEdge(e))) continue;
      for (const e of without) {
        const at = leavesLoop(e) ? splitEdge(g, e) : e.from;
        split ||= at !== e.from;
        at.nodes.push(g.node(at, 'global', example.type, [], { value: example.value, origin: at.origin }));
      }
      inserted = true;
      break;
    }
  }
  forwardValues(g, isRead, place, available(g, place, isRead, closed), example.type, closed);
  return split;
}

/** Behind the loop, not in it: the edge gets a block. */
const leavesLoop = ({ from, to }: Edge): boolean =>
  from.term.kind === 'branch' && from.loop !== null && !from.loop.blocks.has(to);

/** Joins where different values meet although not every way on reads one: no phi is made there, and what comes behind reads the place again. */
function unwantedMeetings(
  g: Graph,
  place: string,
  isRead: (n: Node) => boolean,
  wanted: ReadonlyMap<Block, boolean>,
): Set<Block> {
  const closed = new Set<Block>();
  for (;;) {
    const found = meetings(g, place, isRead, available(g, place, isRead, closed)).filter(
      (b) => !wanted.get(b) && !closed.has(b) && !b.preds.every((e) => endsInStore(e.from, place)),
    );
    if (found.length === 0) return closed;
    for (const b of found) closed.add(b);
  }
}

/** Such stores become one behind the join (sink_common_stores_to_bb of tree-ssa-sink.c), whose value is known there. */
const endsInStore = (b: Block, place: string): boolean =>
  b.term.kind === 'jump' &&
  b.nodes.findLast((n) => overwrites(n, place) || mayTrap.test(n.op))?.op === 'setglobal';

/** Blocks where known values meet that are not the same. */
function meetings(
  g: Graph,
  place: string,
  isRead: (n: Node) => boolean,
  known: ReadonlyMap<Block, boolean>,
): Block[] {
  const out = new Map<Block, Node | Block>();
  const found = new Set<Block>();
  for (let changed = true; changed;) {
    changed = false;
    for (const b of g.blocks) {
      let value: Node | Block | undefined;
      if (b.preds.length > 0 && b.preds.every((e) => known.get(e.from))) {
        const values = new Set(b.preds.map((e) => out.get(e.from)).filter((v) => v !== undefined && v !== b));
        if (values.size > 1) found.add(b);
        value = found.has(b) ? b : [...values][0];
      }
      for (const n of b.nodes)
        if (isRead(n)) value ??= n;
        else if (overwrites(n, place)) value = n.op === 'setglobal' ? resolve(n.args[0]!) : undefined;
      if (value === out.get(b) || value === undefined) continue;
      out.set(b, value);
      changed = true;
    }
  }
  return [...found];
}

export const mayTrap = /^(check|guard|guard64|divcheck|enter)$/;

/** Blocks from whose start every way on reads the place before anything overwrites it; a check has a way that leaves. */
export function anticipated(g: Graph, place: string, isRead: (n: Node) => boolean): Map<Block, boolean> {
  const at = new Map<Block, boolean>(g.blocks.map((b) => [b, true]));
  for (let changed = true; changed;) {
    changed = false;
    for (const b of g.blocks.toReversed()) {
      const edges: readonly Edge[] = b.term.edges;
      const first = b.nodes.find((n) => isRead(n) || overwrites(n, place) || mayTrap.test(n.op));
      const now = first ? isRead(first) : edges.length > 0 && edges.every((e) => at.get(e.to));
      if (now !== at.get(b)) {
        at.set(b, now);
        changed = true;
      }
    }
  }
  return at;
}

/** Blocks at whose end the value is known on every way. */
export function available(
  g: Graph,
  place: string,
  isRead: (n: Node) => boolean,
  closed: ReadonlySet<Block> = new Set(),
): Map<Block, boolean> {
  const at = new Map<Block, boolean>(g.blocks.map((b) => [b, true]));
  for (let changed = true; changed;) {
    changed = false;
    for (const b of g.blocks) {
      let now = b !== g.entry && !closed.has(b) && b.preds.length > 0 && b.preds.every((e) => at.get(e.from));
      for (const n of b.nodes) {
        if (overwrites(n, place)) now = n.op === 'setglobal';
        if (isRead(n)) now = true;
      }
      if (now !== at.get(b)) {
        at.set(b, now);
        changed = true;
      }
    }
  }
  return at;
}

/** Every read of a known value becomes that value; where different ones meet, a phi. */
export function forwardValues(
  g: Graph,
  isRead: (n: Node) => boolean,
  place: string,
  known: ReadonlyMap<Block, boolean>,
  type: Type,
  closed: ReadonlySet<Block> = new Set(),
): void {
  const out = new Map<Block, Node>();
  const phis: Node[] = [];
  for (const b of g.blocks) {
    let value: Node | null = null;
    if (b !== g.entry && !closed.has(b) && b.preds.length > 0 && b.preds.every((e) => known.get(e.from))) {
      if (b.preds.length === 1) value = out.get(b.preds[0]!.from) ?? null;
      else {
        value = g.node(b, 'phi', type, [], { origin: b.origin });
        b.phis.push(value);
        phis.push(value);
      }
    }
    b.nodes = b.nodes.filter((n) => {
      if (isRead(n)) {
        if (value) {
          n.forward = resolve(value);
          return false;
        }
        value = n;
      } else if (overwrites(n, place)) value = n.op === 'setglobal' ? resolve(n.args[0]!) : null;
      return true;
    });
    if (value) out.set(b, value);
  }
  for (const phi of phis) phi.args = phi.block.preds.map((e) => out.get(e.from)!);
  dropTrivial(phis);
}

function dropTrivial(phis: readonly Node[]): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const phi of phis) {
      if (phi.forward) continue;
      const others = new Set(phi.args.map(resolve).filter((a) => a !== phi));
      if (others.size !== 1) continue;
      [phi.forward] = others as unknown as [Node];
      phi.block.phis = phi.block.phis.filter((p) => p !== phi);
      changed = true;
    }
  }
}
