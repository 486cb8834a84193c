/**
 * Unsigned ranges of what a loop carries round that is no counter, as vrp1 finds them (extract_range_from_phi_node): all phis that hand values to each other are solved together,
 * from nothing known upwards, as two buffers that change places are. What still grows once the way round was taken goes all the way at once; halves of halves stay
 * below where they began.
 */
import { compared, disjoint, flat, full, intersection, top, union as joined, type Range } from './arcs.ts';
import { isConst, resolve, type Block, type Edge, type Node } from './ir.ts';
import type { Ranges } from './ranges.ts';
import { inverted, isComparison } from './simplify.ts';

/** Each bound moves once and is confirmed once. More phis than this in turn are given up. */
const rounds = 12;
const most = 40;
/** Operations between two phis that are followed. */
const depthLimit = 5;

/** `null` where it can be anything. */
export function carriedRange(phi: Node, ranges: Ranges): Range | null {
  const { blocks } = phi.block.loop!;
  const entering = phi.block.preds.map((e) => !blocks.has(e.from));
  const tested = phi.block.preds.flatMap((e, i) => (entering[i] ? [] : [testedOn(e, resolve(phi.args[i]!))]));
  const entries = phi.args.filter((_, i) => entering[i]);
  const starts = entries.map((a) => ranges.of(a));
  if (tested.length === 0 || starts.length === 0) return null;
  if (tested.every((t) => t !== null)) return union([...starts, ...tested]);
  // To evrp it is anything.
  if (ranges.early) return null;
  const phis = together(phi, blocks);
  if (phis.length > most) return null;
  const counters = new Map<Node, Range>();
  for (const p of phis) {
    const counted = p === phi ? null : ranges.counter(p);
    if (counted) counters.set(p, counted);
  }
  const solved = (outside: (n: Node) => Range) =>
    solve(phi, phis, { blocks, ranges, found: new Map(counters), outside }, counters);
  // Inner loops come to rest before the loops around them have gone round once.
  const grows = entries.some((a, i) => !isSame(starts[i]!, flat(atEntry(a, ranges, 0))));
  if (grows && solved((n) => atEntry(n, ranges, 0)) === null) return null;
  return solved((n) => ranges.of(n));
}

interface Solving {
  blocks: ReadonlySet<Block>;
  ranges: Ranges;
  found: Map<Node, Range>;
  /** Of values from outside of the loop. */
  outside: (n: Node) => Range;
}

function solve(
  phi: Node,
  phis: readonly Node[],
  solving: Solving,
  counters: ReadonlyMap<Node, Range>,
): Range | null {
  const { found } = solving;
  const tops = new Map(found);
  for (let round = 0; round < rounds; round++) {
    let changed = false;
    for (const p of phis) {
      if (counters.has(p)) continue;
      const seen = p.block.preds.flatMap((e, i) => {
        if (round === 0 && isBack(e)) return [];
        const value = evaluate(p.args[i]!, solving, 0);
        return [{ value, tested: signedOn(e, resolve(p.args[i]!)) }];
      });
      if (seen.length === 0) continue;
      // A loop that tests at its top has the value from before the test.
      const { rotated } = p.block;
      let next = union(seen.map(({ value, tested }) => (rotated ? flat(value) : narrowed(value, tested))));
      const before = tops.get(p);
      if (before && (round > 1 || !p.block.preds.some(isBack)))
        next = {
          low: next.low < before.low ? 0 : before.low,
          high: next.high > before.high ? top : before.high,
        };
      if (before && isSame(before, next)) continue;
      tops.set(p, next);
      const tested = seen.map((x) => x.tested).reduce((a, b) => a && b && joined(a, b));
      found.set(p, rotated ? narrowed(next, tested) : next);
      changed = true;
    }
    const range = found.get(phi);
    if (range && range.low === 0 && range.high === top) return null;
    if (!changed) return range ?? null;
  }
  return null;
}

const isSame = (x: Range, y: Range): boolean => x.low === y.low && x.high === y.high;

/** What a value is while the loops around are in their first round. */
function atEntry(node: Node, ranges: Ranges, depth: number): Range {
  const n = resolve(node);
  if (!n.block.loop || n.type !== 'i32' || depth > depthLimit || isEffect(n)) return ranges.of(n);
  const of = (x: Node) => atEntry(x, ranges, depth + 1);
  if (n.op !== 'phi') return ranges.ofOperation(n, of);
  const seen = n.block.preds.flatMap((e, i) => (isBack(e) ? [] : [flat(of(n.args[i]!))]));
  return seen.length > 0 ? union(seen) : ranges.of(n);
}

const isBack = (e: Edge): boolean => e.to.loop?.header === e.to && e.to.loop.blocks.has(e.from);

/** The phis of the loop that a value comes from by ways that `evaluate` follows, in the order of their blocks and variables. */
function together(phi: Node, blocks: ReadonlySet<Block>): Node[] {
  const all = new Set<Node>([phi]);
  const visit = (node: Node, depth: number): void => {
    const n = resolve(node);
    if (!blocks.has(n.block)) return;
    if (n.op === 'phi') all.add(n);
    else if (depth <= depthLimit && !isEffect(n)) for (const a of n.args) visit(a, depth + 1);
  };
  for (const p of all) for (const a of p.args) visit(a, 0);
  return [...all].sort((a, b) => a.block.order - b.block.order || a.variable - b.variable);
}

const isEffect = (n: Node): boolean => /^(load|call|check|global)/.test(n.op);

/** The range of a value from what is found so far. */
function evaluate(node: Node, solving: Solving, depth: number): Range {
  const n = resolve(node);
  const { blocks, found, ranges } = solving;
  if (n.op === 'const') return ranges.of(n);
  if (!blocks.has(n.block)) return solving.outside(n);
  if (n.op === 'phi') return found.get(n) ?? full;
  if (depth > depthLimit || n.type !== 'i32') return full;
  return ranges.ofOperation(n, (x) => evaluate(x, solving, depth + 1));
}

function narrowed(range: Range, tested: Range | null): Range {
  if (!tested) return flat(range);
  return disjoint(range, tested) ? tested : flat(intersection(range, tested));
}

/** What unsigned comparisons with constants say of a value on an edge, where it came by them on its only way. */
function testedOn(edge: Edge, value: Node): Range | null {
  let { low, high } = full;
  for (let e: Edge | undefined = edge; e; e = e.from.preds.length === 1 ? e.from.preds[0] : undefined) {
    const { term } = e.from;
    if (term.kind === 'branch' && term.edges[0] !== term.edges[1]) {
      const test = resolve(term.condition);
      const [x, y] = test.args.map(resolve);
      if (x === value && isComparison(test) && isConst(y!)) {
        const bound = Number(BigInt.asUintN(32, y!.value));
        const op = term.edges[0] === e ? test.op : inverted(test.op);
        if (op === 'lt_u') high = Math.min(high, bound - 1);
        else if (op === 'le_u') high = Math.min(high, bound);
        else if (op === 'gt_u') low = Math.max(low, bound + 1);
        else if (op === 'ge_u') low = Math.max(low, bound);
      }
    }
    if (e.from === value.block) break;
  }
  return low <= high && (low > 0 || high < top) ? { low, high } : null;
}

/** And comparisons of signs with constants, of what was made signed for that (register_edge_assert_for_2). */
function signedOn(edge: Edge, value: Node): Range | null {
  let range = testedOn(edge, value);
  for (let e: Edge | undefined = edge; e; e = e.from.preds.length === 1 ? e.from.preds[0] : undefined) {
    const { term } = e.from;
    if (term.kind === 'branch' && term.edges[0] !== term.edges[1]) {
      const test = resolve(term.condition);
      const [x, y] = test.args.map(resolve);
      if (x === value && test.op.endsWith('_s') && isComparison(test) && isConst(y!)) {
        const bound = Number(BigInt.asUintN(32, y!.value));
        const said = compared(term.edges[0] === e ? test.op : inverted(test.op), { low: bound, high: bound });
        range = range && said ? intersection(range, said) : (said ?? range);
      }
    }
    if (e.from === value.block) break;
  }
  return range;
}

const union = (all: readonly Range[]): Range => flat(all.reduce(joined));
