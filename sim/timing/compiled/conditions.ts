/**
 * What branches say of values behind them, as gcc's ranger computes it (gimple-range-gori.cc): of both sides of a comparison whose other side has a known range, of what a compared value is made from in the
 * same block, and of what a table chose by.
 */
import { arc, compared, flat, intersection, isFull, top, type Range } from './arcs.ts';
import { endOfBound, isBound } from './bounds.ts';
import { isConst, resolve, type Block, type Edge, type Node } from './ir.ts';
import { exchanged, inverted, isComparison } from './simplify.ts';

type Facts = ReadonlyMap<Node, Range>;
type Again = (n: Node, of: (x: Node) => Range) => Range;

const nothing: Facts = new Map();
/** Operations between what is compared and what is learnt about. */
const mostSteps = 5;

export class Conditions {
  private readonly behind = new Map<Block, Map<Node, Range>>();
  private readonly onEdges = new Map<Edge, Facts>();
  private readonly rangeOf: (n: Node, block: Block) => Range;
  private readonly busy = new Set<Edge>();
  private readonly constantsOnly: boolean;
  private readonly again: Again;

  /**
   * @param rangeOf What is known of a value in a block.
   * @param again The range of an operation on operands of these ranges.
   * @param constantsOnly Comparisons with constants are all that is looked at, as vrp1's assertions are (register_edge_assert_for).
   */
  constructor(rangeOf: (n: Node, block: Block) => Range, again: Again, constantsOnly: boolean) {
    this.rangeOf = rangeOf;
    this.again = again;
    this.constantsOnly = constantsOnly;
  }

  /** A value of this range, defined elsewhere, in a block. */
  at(n: Node, block: Block, range: Range): Range {
    if (n.op === 'const') return range;
    let found = range;
    for (let b: Block | null = block; b && b !== n.block; b = b.dominator) {
      const edge = onlyEdge(b);
      const fact = edge && this.fact(n, edge);
      if (fact) found = intersection(found, fact);
      if (b.dominator) found = this.passed(n, b.dominator, found);
    }
    return found;
  }

  /** What the comparisons of a block say of a value that let control pass (bounded-accesses.ts). */
  private passed(n: Node, block: Block, range: Range): Range {
    let facts = this.behind.get(block);
    if (!facts) {
      facts = new Map<Node, Range>();
      this.behind.set(block, facts);
      for (const guard of block.nodes)
        if (isBound(guard))
          this.learn(resolve(guard.args[0]!), { low: 0, high: endOfBound(guard) }, block, facts, 0);
    }
    const fact = facts.get(n);
    return fact ? intersection(range, fact) : range;
  }

  /** What an edge says of a value: by its comparison, or of what the value was worked out from before it (may_recompute_p: from at most two others, one step). */
  private fact(n: Node, edge: Edge): Range | undefined {
    const facts = this.on(edge);
    const known = facts.get(n);
    if (!known && this.constantsOnly && n.op === 'add') {
      const x = resolve(n.args[0]!);
      const fact = facts.get(x);
      return (fact && steppedFrom(n, x, fact)) ?? undefined;
    }
    if (known || this.constantsOnly || facts.size === 0 || n.op === 'phi' || n.type !== 'i32') return known;
    const from = n.args.map(resolve);
    if (from.length > 2 || !from.some((a) => facts.has(a))) return undefined;
    return this.again(n, (a) => {
      const before = this.rangeOf(a, edge.from);
      const fact = facts.get(resolve(a));
      return fact ? intersection(before, fact) : before;
    });
  }

  /** And at the end of an edge. */
  along(n: Node, edge: Edge, range: Range): Range {
    const found = this.at(n, edge.from, range);
    const fact = this.fact(n, edge);
    return fact ? intersection(found, fact) : found;
  }

  private on(edge: Edge): Facts {
    const known = this.onEdges.get(edge);
    if (known) return known;
    if (this.busy.has(edge)) return nothing;
    this.busy.add(edge);
    const facts = this.find(edge);
    this.busy.delete(edge);
    this.onEdges.set(edge, facts);
    return facts;
  }

  private find(edge: Edge): Facts {
    const { term } = edge.from;
    const facts = new Map<Node, Range>();
    if (term.kind === 'table') {
      const places = term.edges.flatMap((e, i) => (e.to === edge.to ? [i] : []));
      const last = places.at(-1) === term.edges.length - 1;
      this.learn(
        resolve(term.condition),
        { low: places[0]!, high: last ? top : places.at(-1)! },
        edge.from,
        facts,
        0,
      );
    }
    if (term.kind === 'branch' && term.edges[0].to !== term.edges[1].to)
      this.holds(resolve(term.condition), term.edges[0] === edge, edge.from, facts);
    return facts;
  }

  /** A condition that is true, or that is not. */
  private holds(test: Node, is: boolean, block: Block, facts: Map<Node, Range>): void {
    const [x, y] = test.args.map(resolve);
    if (isComparison(test) && x!.type === 'i32') {
      if (this.constantsOnly && !isConst(y!)) return;
      const op = is ? test.op : inverted(test.op);
      const ofX = compared(op, this.rangeOf(y!, block));
      const ofY = isConst(y!) ? null : compared(exchanged(op), this.rangeOf(x!, block));
      if (ofX) this.learn(x!, ofX, block, facts, 0);
      if (ofY) this.learn(y!, ofY, block, facts, 0);
    } else if (test.op === (is ? 'and' : 'or') && [x!, y!].every(isComparison)) {
      this.holds(x!, is, block, facts);
      this.holds(y!, is, block, facts);
    } else if (test.type === 'i32' && !isComparison(test))
      this.learn(test, is ? { low: 1, high: top } : { low: 0, high: 0 }, block, facts, 0);
  }

  private learn(n: Node, range: Range, block: Block, facts: Map<Node, Range>, depth: number): void {
    if (n.op === 'const' || isFull(range)) return;
    const before = facts.get(n);
    facts.set(n, before ? intersection(before, range) : range);
    if (depth >= mostSteps || n.block !== block || n.type !== 'i32') return;
    const [x, y] = n.args.map(resolve);
    if (this.constantsOnly && y && !isConst(y)) return;
    const next = (of: Node, what: Range) => this.learn(of, what, block, facts, depth + 1);
    if (n.op === 'add' || n.op === 'sub') {
      const back = n.op === 'add' ? -1 : 1;
      const by = this.rangeOf(y!, block);
      const [a, b] = back < 0 ? [-by.high, -by.low] : [by.low, by.high];
      next(x!, arc(range.low + a, range.high + b));
      if (isConst(y!)) return;
      const other = this.rangeOf(x!, block);
      next(
        y!,
        back < 0
          ? arc(range.low - other.high, range.high - other.low)
          : arc(other.low - range.high, other.high - range.low),
      );
    } else if (n.op === 'shr_u' && isConst(y!)) {
      const k = 2 ** Number(y!.value);
      const { low, high } = flat(range);
      next(x!, { low: low * k, high: Math.min(top, high * k + k - 1) });
    }
  }
}

/**
 * What vrp1 says of x + k where x is, or is not, one constant: tests of what a counter was before its step name the counter by that alone (register_edge_assert_for_2 looks at the uses of x as well).
 */
export function steppedFrom(n: Node, x: Node, said: Range): Range | null {
  const [a, by] = n.args.map(resolve);
  if (n.op !== 'add' || a !== x || !isConst(by!)) return null;
  const size = said.high - said.low;
  const k = Number(by.value);
  return size === 0 || size === top - 1 ? arc(said.low + k, said.high + k) : null;
}

/** The only way into a block. */
function onlyEdge({ preds }: Block): Edge | undefined {
  const [edge] = preds;
  if (preds.length === 1) return edge;
  // A table may come by several.
  return edge?.from.term.kind === 'table' && preds.every((e) => e.from === edge.from) ? edge : undefined;
}
