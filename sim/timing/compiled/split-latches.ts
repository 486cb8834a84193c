/**
 * Loops that end with a choice (gcc's disambiguate_loops_with_multiple_latches, where the block in which both sides meet is gone, mergephi2). Each side is a way round of its own then. One that comes from before all others, and leaves no variable
 * that they carry as it left it, makes a loop inside the loop: `while (lo < hi) if (a[mid] < x) lo = mid + 1; else hi = mid`. Its test then stands at its end as well as at its top, and is not copied in front.
 */
import { edgesOf, flowEdge, type FlowBlock, type FlowEdge } from './flow-graph.ts';
import { assigned, isRead, passes, predecessors, reaching } from './merge-loops.ts';
import type { NewBlock } from './rotate.ts';

type Loop = { header: FlowBlock; loop: object };
type Before = ReadonlyMap<FlowBlock, readonly FlowBlock[]>;

/** A way round: the block where it parts from others, its way out of there, and the blocks from there on that do nothing but copy. */
interface Latch {
  from: FlowBlock;
  edge: FlowEdge;
  copies: FlowBlock[];
}

/** All loops, those inside of others ahead of them. */
export function splitLatches(blocks: FlowBlock[], loops: readonly Loop[], newBlock: NewBlock): Loop[] {
  return loops.flatMap(({ header, loop }) => {
    const inner = split(blocks, header, loop, newBlock);
    return inner ? [inner] : [{ header, loop }];
  });
}

function split(blocks: FlowBlock[], header: FlowBlock, loop: object, newBlock: NewBlock): Loop | null {
  const end = latchOf(blocks, header, loop);
  if (!end) return null;
  const before = predecessors(blocks.filter((b) => b.nest.includes(loop)));
  const latches = waysTo(end, header, before);
  const inner = latches.find((l) => isInner(l, latches, header, before));
  if (!inner) return null;
  const { edge, copies } = inner;
  const made = {};
  const body = reaching(header, [inner.from, ...copies], before, header);
  for (const b of body) {
    const at = b.nest.indexOf(loop) + 1;
    b.nest = [...b.nest.slice(0, at), made, ...b.nest.slice(at)];
  }
  // The others, and what comes from outside, enter by a block of the outer loop.
  const { activation, origin, first, nest } = header;
  const entered = newBlock(
    activation,
    origin.f,
    origin.block,
    first,
    first,
    Math.max(0, header.weight - edge.weight),
    nest.slice(0, nest.indexOf(made)),
  );
  entered.count = Math.max(0, header.count - edge.count);
  for (const b of blocks)
    if (b !== entered) for (const e of edgesOf(b.term)) if (e.to === header) e.to = entered;
  entered.term = { kind: 'jump', edge: { ...flowEdge(header, entered.weight), count: entered.count } };
  const last = copies.at(-1)?.term ?? { kind: 'jump', edge };
  for (const e of edgesOf(last)) e.to = header;
  end.weight = Math.max(0, end.weight - edge.weight);
  end.count = Math.max(0, end.count - edge.count);
  for (const e of edgesOf(end.term)) Object.assign(e, { weight: end.weight, count: end.count });
  return { header, loop: made };
}

/** The only block that leads back to a header, where it does nothing and several ways lead to it. */
function latchOf(blocks: readonly FlowBlock[], header: FlowBlock, loop: object): FlowBlock | null {
  const [latch, ...others] = blocks.filter(
    (b) => b.nest.includes(loop) && edgesOf(b.term).some((e) => e.to === header),
  );
  return latch && others.length === 0 && does(latch, structure) ? latch : null;
}

const structure = /^(block|loop|end|else|br|nop)$/;
const copying = /^(block|loop|end|else|br|nop|local\.(get|set|tee)|[if](32|64)\.const)$/;

const does = ({ activation, first, last, term, moves, enters, leaves }: FlowBlock, what: RegExp): boolean =>
  term.kind === 'jump' &&
  moves.length === 0 &&
  !enters &&
  !leaves &&
  activation.f.wasm.body.slice(first, last).every(({ name }) => what.test(name));

function waysTo(end: FlowBlock, header: FlowBlock, before: Before): Latch[] {
  return (before.get(end) ?? []).map((b) => {
    const copies: FlowBlock[] = [];
    let [from, to] = [b, end];
    while (from !== header && does(from, copying) && before.get(from)?.length === 1) {
      copies.unshift(from);
      [from, to] = [before.get(from)![0]!, from];
    }
    return { from, edge: edgesOf(from.term).find((e) => e.to === to)!, copies };
  });
}

/** find_subloop_latch_edge_by_ivs. */
function isInner(latch: Latch, all: readonly Latch[], header: FlowBlock, before: Before): boolean {
  const others = all.filter((l) => l !== latch);
  if (others.length === 0 || latch.from.term.kind !== 'branch') return false;
  if (!others.every((l) => passes(header, latch.from, l.from))) return false;
  const left = effects([...reaching(header, [latch.from], before, header)]);
  for (const v of effects(latch.copies)) left.delete(v);
  return others.every(({ from, copies }) => {
    const behind = from === latch.from ? [] : [...reaching(latch.from, [from], before, latch.from)];
    const again = effects([...behind.filter((b) => b !== latch.from), ...copies]);
    return ![...left].some((v) => !again.has(v) && (v === memory || isRead(v, header)));
  });
}

const memory = -1;

const changesMemory = /store|^call|^global\.set|^memory\.(grow|copy|fill)/;

/** What blocks set: variables, and memory. */
function effects(blocks: readonly FlowBlock[]): Set<number> {
  const found = assigned(blocks);
  const changes = ({ activation, first, last }: FlowBlock): boolean =>
    activation.f.wasm.body.slice(first, last).some(({ name }) => changesMemory.test(name));
  if (blocks.some(changes)) found.add(memory);
  return found;
}
