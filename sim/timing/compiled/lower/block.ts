/** One block: its values in order, the copies that its successors' phis ask for, and the branch that ends it. */
import { resolve, type Block, type Node } from '../ir.ts';
import { fileFor, inUnit, isFloat, isInCore, makeConstant, moveToUnit, unitHome } from './float-values.ts';
import { counterTest } from './check.ts';
import { compare, zeroTest } from './compare.ts';
import { isMerged } from './post-increment.ts';
import { wordConstant } from './wide-operand.ts';
import type { Lowering } from './lowering.ts';
import { passing } from '../static-profile.ts';

export function lowerBlock(l: Lowering, b: Block): void {
  l.block = b;
  l.flags = null;
  l.words.clear();
  l.code = l.blocks.get(b)!.code;
  l.origin = b.origin;
  l.passed = 1;
  make(
    l,
    b.nodes.filter((n) => !n.inner),
  );
  l.origin = b.origin;
  readBeforeCopies(l, b);
  copies(l, b);
  // What loop2_invariant takes out of a loop comes last.
  make(
    l,
    b.nodes.filter((n) => n.inner),
  );
  l.origin = b.origin;
  terminate(l, b);
}

function make(l: Lowering, nodes: readonly Node[]): void {
  for (const n of nodes) {
    l.origin = n.origin;
    if (l.lazy.has(n) || isMerged(l, n)) continue;
    if (!l.registers.has(l.key(n, 0)) && !l.registers.has(l.key(n, 1))) l.make(n);
    else if (!l.made.has(n)) l.make(n);
    l.passed *= passing(n);
  }
}

/** What the branch compares with a variable as it was before its copy. */
function readBeforeCopies(l: Lowering, { term }: Block): void {
  if (term.kind !== 'branch') return;
  const phis = new Set(term.edges.flatMap((e) => e.to.phis));
  const reads = (n: Node): boolean => phis.has(n) || (l.lazy.has(n) && n.args.some((a) => reads(resolve(a))));
  for (const a of resolve(term.condition).args.map(resolve)) if (l.lazy.has(a) && reads(a)) l.value(a);
}

function copies(l: Lowering, b: Block): void {
  const moves: { phi: Node; way: number; to: number; from: number; constant: boolean; float: Node | null }[] =
    [];
  for (const e of b.term.edges) {
    const index = e.to.preds.indexOf(e);
    for (const phi of e.to.phis)
      for (const half of phi.type === 'i64' ? [0, 1] : [0]) {
        if (!l.needs(phi, half)) continue;
        const source = resolve(phi.args[index]!);
        if (source === phi) continue;
        const way = b.term.edges.length === 2 ? e.to.order : -1;
        if (isFloat(phi)) {
          const home = unitHome(l, source);
          const inside = home !== undefined || (source.op !== 'const' && !isInCore(source));
          moves.push({
            phi,
            way,
            to: l.value(phi),
            from: inside ? (home ?? l.value(source)) : -1,
            constant: !inside,
            float: source,
          });
          continue;
        }
        const v = wordConstant(source, half);
        if (v !== null) {
          moves.push({ phi, way, to: l.value(phi, half), from: v, constant: true, float: null });
          continue;
        }
        if (source.name === 'sp') continue;
        moves.push({
          phi,
          way,
          to: l.value(phi, half),
          from: l.value(source, half),
          constant: false,
          float: null,
        });
      }
  }
  // Copies happen at once: one whose target another still reads waits; a ring is broken by a spare register.
  // Constants come last, those of the last joins first (tree-outof-ssa.cc, eliminate_phi).
  const waiting = [...moves.filter((m) => !m.constant && m.to !== m.from), ...constantsOf(moves)];
  while (waiting.length) {
    const at = waiting.findIndex((m) => !waiting.some((o) => o !== m && !o.constant && o.from === m.to));
    if (at < 0) {
      const spare = l.fresh();
      const ring = waiting[0]!;
      const made = l.code.length;
      if (ring.float) {
        l.files.set(spare, fileFor(ring.float));
        l.emit('vfp', 'vmov s,s', [spare], [ring.from], { copy: true, wide: 1 });
      } else l.emit('move', 'mov', [spare], [ring.from], { copy: true, wide: 0 });
      for (const m of l.code.slice(made)) m.way = ring.way;
      ring.from = spare;
      continue;
    }
    const [m] = waiting.splice(at, 1);
    const made = l.code.length;
    if (m!.float) moveFloat(l, m!.float, m!.to, m!.from);
    else if (m!.constant) l.integer(m!.to, m!.from);
    else l.emit('move', 'mov', [m!.to], [m!.from], { copy: true, wide: 0 });
    for (const made_ of l.code.slice(made)) made_.way = m!.way;
  }
}

/** Words of one constant stay in order. */
function constantsOf<T extends { constant: boolean; phi: Node; way: number }>(moves: readonly T[]): T[] {
  const groups: T[][] = [];
  for (const m of moves) {
    if (!m.constant) continue;
    if (groups.at(-1)?.[0]!.phi === m.phi && groups.at(-1)![0]!.way === m.way) groups.at(-1)!.push(m);
    else groups.push([m]);
  }
  return groups.toReversed().flat();
}

/** A value of the unit takes over another register, a constant or what the core holds. */
function moveFloat(l: Lowering, n: Node, to: number, from: number): void {
  if (n.op === 'const') makeConstant(l, n, to);
  else if (from < 0) moveToUnit(l, n, to);
  else l.emit('vfp', 'vmov s,s', [to], [from], { copy: true, wide: 1 });
}

function terminate(l: Lowering, b: Block): void {
  const { term } = b;
  switch (term.kind) {
    case 'jump':
      if (l.predicated) {
        for (const m of l.code) {
          m.readsFlags = true;
          m.setsFlags = false;
        }
      }
      return;
    case 'branch': {
      if (b.predicates.length) {
        compare(l, term.condition);
        l.ifThen(2);
        return;
      }
      const counter = b.loop && term.edges.some((e) => !b.loop!.blocks.has(e.to)) && l.counters.get(b.loop);
      const zero = counter ? null : zeroTest(l, term.condition);
      if (zero !== null) return l.branch('cbz', [zero], 0.5, false);
      if (counter) counterTest(l, counter);
      else compare(l, term.condition);
      l.branch('b<cc>', [], 0.5, false, true);
      return;
    }
    case 'table':
      l.emit('compare', 'cmp #', [], [l.value(term.condition)], { immediate: true });
      l.branch('b<cc>', [], 0.05, false, true);
      l.branch('tbb', [l.value(term.condition)], 1, false);
      return;
    case 'return': {
      const results: number[] = [];
      term.values.forEach((v) => {
        for (const half of v.type === 'i64' ? [0, 1] : [0]) {
          if (isFloat(v)) {
            inUnit(l, v);
            continue;
          }
          const to = l.fresh();
          l.emit('move', 'mov', [to], [l.value(v, half)], { copy: true, wide: 0 });
          results.push(to);
        }
      });
      l.branch('return', results, 1, false);
      return;
    }
    case 'trap':
      return;
  }
}
