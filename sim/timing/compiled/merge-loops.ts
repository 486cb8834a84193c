/**
 * Loops that begin with another loop. wasm2c writes two labels in a row, which gcc sees as one block with two ways round: one loop, unless one way round lies within all others and carries no variable that
 * the others carry as it left it (disambiguate_loops_with_multiple_latches). So `do { while (a[i] < p) i++; ... } while (...)` is one loop, whose first test does not leave it and is not copied before it.
 */
import { edgesOf, type FlowBlock } from './flow-graph.ts';

const structure = /^(block|loop|end|nop)$/;

/** The header of each loop, or of the loop that takes it in, by loop: outer ones first. Takes loops out of the nests of blocks where another one takes them in. */
export function mergeLoops(
  blocks: readonly FlowBlock[],
  loops: readonly { header: FlowBlock; loop: object }[],
): { header: FlowBlock; loop: object }[] {
  const headers = new Map(loops.map(({ header, loop }) => [header, loop]));
  const merged = new Map<FlowBlock, FlowBlock>();
  const gone = new Set<object>();
  for (const { header, loop } of loops.toReversed()) {
    const inner = next(header);
    const within = inner && headers.get(inner);
    if (!inner || !within || inner.nest.at(-2) !== loop) continue;
    const before = predecessors(blocks);
    if (isSubloop(header, inner, loop, before)) continue;
    for (const from of before.get(header) ?? [])
      for (const e of edgesOf(from.term)) if (e.to === header) e.to = inner;
    header.weight = 0;
    merged.set(header, inner);
    gone.add(within);
  }
  if (gone.size === 0) return [...loops];
  for (const b of blocks) if (b.nest.some((l) => gone.has(l))) b.nest = b.nest.filter((l) => !gone.has(l));
  const headerOf = (b: FlowBlock): FlowBlock => (merged.has(b) ? headerOf(merged.get(b)!) : b);
  return loops
    .filter(({ loop }) => !gone.has(loop))
    .map(({ header, loop }) => ({ header: headerOf(header), loop }));
}

/** What an empty block goes on to. */
function next(b: FlowBlock): FlowBlock | null {
  if (b.term.kind !== 'jump' || b.moves.length > 0 || b.enters || b.leaves) return null;
  const { body } = b.activation.f.wasm;
  for (let i = b.first; i < b.last; i++) if (!structure.test(body[i]!.name)) return null;
  return b.term.edge.to;
}

/** The blocks that lead to each. */
export function predecessors(blocks: readonly FlowBlock[]): Map<FlowBlock, FlowBlock[]> {
  const before = new Map<FlowBlock, FlowBlock[]>();
  for (const b of blocks)
    for (const { to } of edgesOf(b.term)) {
      const known = before.get(to);
      if (known) known.push(b);
      else before.set(to, [b]);
    }
  return before;
}

/** find_subloop_latch_edge_by_ivs. */
function isSubloop(
  outer: FlowBlock,
  inner: FlowBlock,
  loop: object,
  before: ReadonlyMap<FlowBlock, readonly FlowBlock[]>,
): boolean {
  const latches = before.get(inner)!.filter((b) => b !== outer);
  // Several ways round of the inner loop are as many of the whole.
  if (latches.length !== 1) return false;
  const [latch] = latches as [FlowBlock];
  const ways = before.get(outer)!.filter((b) => b.nest.includes(loop));
  if (!ways.every((w) => passes(inner, latch, w))) return false;
  const body = reaching(inner, latches, before, outer);
  const rest = [...reaching(inner, ways, before, outer)].filter((b) => !body.has(b));
  const left = assigned(rest);
  return ![...assigned(body)].some((v) => !left.has(v) && isRead(v, inner));
}

/** Whether every way from the header to the end leads through a block. */
export function passes(header: FlowBlock, through: FlowBlock, end: FlowBlock): boolean {
  const seen = new Set<FlowBlock>([through]);
  const work = [header];
  while (work.length) {
    const b = work.pop()!;
    if (seen.has(b)) continue;
    if (b === end) return false;
    seen.add(b);
    for (const { to } of edgesOf(b.term)) work.push(to);
  }
  return true;
}

/** The blocks on the ways from `header` to `ends`. */
export function reaching(
  header: FlowBlock,
  ends: readonly FlowBlock[],
  before: ReadonlyMap<FlowBlock, readonly FlowBlock[]>,
  stop: FlowBlock,
): Set<FlowBlock> {
  const found = new Set<FlowBlock>([header]);
  const work = [...ends];
  while (work.length) {
    const b = work.pop()!;
    if (found.has(b) || b === stop) continue;
    found.add(b);
    work.push(...(before.get(b) ?? []));
  }
  return found;
}

/** Locals of the same activation that blocks set, as variables. */
export function assigned(blocks: Iterable<FlowBlock>): Set<number> {
  const found = new Set<number>();
  for (const { activation, first, last, moves } of blocks) {
    for (const { to } of moves) found.add(to);
    for (let i = first; i < last; i++) {
      const { name, index } = activation.f.wasm.body[i]!;
      if (name === 'local.set' || name === 'local.tee') found.add(activation.variables + index);
    }
  }
  return found;
}

/** Whether a variable's value is read from a block on. */
export function isRead(variable: number, from: FlowBlock): boolean {
  const seen = new Set<FlowBlock>();
  const work = [from];
  next: while (work.length) {
    const b = work.pop()!;
    if (seen.has(b)) continue;
    seen.add(b);
    const { activation, first, last, moves } = b;
    if (moves.some((m) => m.from === variable)) return true;
    if (moves.some((m) => m.to === variable)) continue;
    for (let i = first; i < last; i++) {
      const { name, index } = activation.f.wasm.body[i]!;
      if (!name.startsWith('local.') || activation.variables + index !== variable) continue;
      if (name === 'local.get') return true;
      continue next;
    }
    for (const { to } of edgesOf(b.term)) work.push(to);
  }
  return false;
}
