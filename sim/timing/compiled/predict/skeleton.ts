/**
 * The ways through a function as gcc's early passes see it: blocks end at every check that the early inliner took in, and a goto is a block of its own. Accessors
 * that wait for the other inliner are calls yet.
 */
import type { Block, Edge, Graph, LoopNode, Node } from '../ir.ts';

export interface Guess {
  way: Way;
  predictor: string;
  /** That the way is taken, in ten thousandths. */
  probability: number;
}

export interface Way {
  from: Spot;
  to: Spot;
  /** The edge of the graph that it begins. */
  edge: Edge | null;
}

export interface Spot {
  id: number;
  in: Way[];
  out: Way[];
  /** The block that ends here, null for what has no branch of the program. */
  block: Block | null;
  loop: LoopNode | null;
  calls: boolean;
  /** Calls the function itself. */
  recurs: boolean;
  /** Holds a goto. */
  jumps: boolean;
  /** Calls what does not return. */
  traps: boolean;
  guesses: Guess[];
}

export interface LoopSpots {
  header: Spot;
  preheader: Spot;
  latch: Spot;
  /** Outer loop, none for the function. */
  outer: LoopNode | null;
}

export interface Skeleton {
  spots: Spot[];
  /** Where each block begins. */
  first: ReadonlyMap<Block, Spot>;
  entry: Spot;
  exit: Spot;
  /** Where the function returns, null where it never does. */
  returns: Spot | null;
  loops: ReadonlyMap<LoopNode, LoopSpots>;
}

export const within = (spot: Spot, loop: LoopNode): boolean => {
  for (let l = spot.loop; l; l = l.parent) if (l === loop) return true;
  return false;
};

/** @param self The function's own number. */
export function skeletonOf(
  g: Graph,
  self: number,
  divisions: ReadonlyMap<Node, readonly number[]>,
): Skeleton {
  const trapsOf = (n: Node): readonly (number | null)[] => {
    if (n.op === 'divcheck') return divisions.get(n)!;
    if (n.op === 'enter') return [null];
    return /^(check|guard|guard64)$/.test(n.op) ? [0.1] : [];
  };

  const spots: Spot[] = [];
  const make = (loop: LoopNode | null): Spot => {
    const spot = {
      ...{ id: spots.length, in: [], out: [], block: null, loop },
      ...{ calls: false, recurs: false, jumps: false, traps: false, guesses: [] },
    };
    spots.push(spot);
    return spot;
  };
  const link = (from: Spot, to: Spot, edge: Edge | null = null): Way => {
    const way = { from, to, edge };
    from.out.push(way);
    to.in.push(way);
    return way;
  };
  const exit = make(null);
  let returns: Spot | null = null;
  const first = new Map<Block, Spot>(g.blocks.map((b) => [b, make(b.loop)]));
  const trap = (): Spot => {
    const spot = make(null);
    spot.traps = spot.calls = true;
    link(spot, exit);
    return spot;
  };
  for (const b of g.blocks) {
    let spot = first.get(b)!;
    for (const n of b.nodes) {
      if (n.op === 'goto') spot.jumps = true;
      if (n.op === 'call') spot.calls = true;
      if (n.op === 'call' && n.name === '' && Number(n.value) === self) spot.recurs = true;
      const on = (): void => {
        const next = make(b.loop);
        link(spot, next);
        spot = next;
      };
      for (const p of trapsOf(n)) {
        const way = link(spot, trap());
        if (p !== null) guess(way, 'expect', Math.round(p * 10_000));
        on();
      }
      if (chooses(n)) on();
    }
    spot.block = b;
    const { term } = b;
    if (term.kind === 'return') link(spot, (returns ??= make(null)));
    if (term.kind === 'trap') {
      spot.traps = spot.calls = true;
      link(spot, exit);
    }
    for (const e of term.edges as readonly Edge[]) {
      const to = first.get(e.to)!;
      if (e.jumps && term.kind !== 'jump' && e.to.preds.length > 1) {
        const between = make(common(b.loop, e.to.loop));
        between.jumps = true;
        link(spot, between, e);
        link(between, to);
      } else {
        // One with what follows, where nothing else leads there, or with what is before.
        if (e.jumps) (term.kind === 'jump' ? spot : to).jumps = true;
        link(spot, to, e);
      }
    }
  }
  if (returns) link(returns, exit);
  const loops = new Map<LoopNode, LoopSpots>();
  // Moves ways to a spot of their own before their target, unless one such spot is there.
  const gather = (ways: readonly Way[], to: Spot, loop: LoopNode | null): Spot => {
    const [only] = ways;
    if (ways.length === 1 && only!.from.out.length === 1) return only!.from;
    const spot = make(loop);
    for (const w of ways) w.to = spot;
    spot.in = [...ways];
    to.in = to.in.filter((w) => !ways.includes(w));
    link(spot, to);
    return spot;
  };
  for (const loop of g.loops) {
    const header = first.get(loop.header)!;
    const [inner, outer] = [
      header.in.filter((w) => within(w.from, loop)),
      header.in.filter((w) => !within(w.from, loop)),
    ];
    if (inner.length === 0 || outer.length === 0) continue;
    const preheader = gather(outer, header, loop.parent);
    loops.set(loop, { header, preheader, latch: gather(inner, header, loop), outer: loop.parent });
  }
  return { spots, first, entry: first.get(g.entry)!, exit, returns, loops };
}

/** wasm2c writes a branch around one of two assignments. */
const chooses = (n: Node): boolean => /^(select|clz|ctz)$/.test(n.op);

/** The innermost loop around both. */
function common(a: LoopNode | null, b: LoopNode | null): LoopNode | null {
  const around = new Set<LoopNode>();
  for (let l = a; l; l = l.parent) around.add(l);
  let l = b;
  while (l && !around.has(l)) l = l.parent;
  return l;
}

/** Only of ways that have others beside them (predict_edge). */
export function guess(way: Way, predictor: string, probability: number): void {
  way.from.guesses.push({ way, predictor, probability });
}
