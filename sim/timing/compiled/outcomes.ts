/**
 * What a way says of the conditions behind it (tree-ssa-threadedge.cc with dom's tables): phis are what they are on it, comparisons that hold on it say something of the same operands, and ranges decide the rest.
 */
import { compared, disjoint, intersection, type Range } from './arcs.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { exchanged, inverted, isComparison, simplify } from './simplify.ts';
import type { Ranges } from './ranges.ts';

interface Fact {
  op: string;
  x: Node;
  y: Node;
}

/** Conditions that are looked up from a way towards the entry. */
const mostFacts = 64;
const pure =
  /^(add|sub|mul|and|or|xor|shl|shr_[su]|rotl|rotr|eqz?|ne|[lg][te]_[su]|select|ext(8|16)|wrap|extend.*)$/;

export class Outcomes {
  private readonly g: Graph;
  private readonly ranges: Ranges;
  private readonly place: Edge | Block;
  private readonly values: Map<Node, Node>;
  private readonly facts: Fact[];
  private readonly passed: Set<Block>;

  /** From a way into a block, or from any of them; `before`: the same way, shorter. */
  constructor(g: Graph, ranges: Ranges, place: Edge | Block, before?: Outcomes) {
    this.g = g;
    this.ranges = ranges;
    this.place = place;
    this.values = new Map(before?.values);
    this.facts = [...(before?.facts ?? [])];
    this.passed = new Set(before?.passed);
    if (before) return;
    const way = 'to' in place ? place : null;
    if (way) this.learnFrom(way);
    for (let b: Block | null = way?.from ?? (place as Block); b; b = b.dominator)
      if (b.preds.length === 1 && this.facts.length < mostFacts) this.learnFrom(b.preds[0]!);
    if (way) this.pass(way);
    else this.passed.add(place as Block);
  }

  /** The same way and what its next step says. */
  behind(e: Edge): Outcomes {
    const next = new Outcomes(this.g, this.ranges, this.place, this);
    next.learnFrom(e);
    next.pass(e);
    return next;
  }

  /** What a condition is on the way, without a trace of the question. */
  peek(condition: Node): boolean | null {
    return new Outcomes(this.g, this.ranges, this.place, this).of(condition);
  }

  /** The same way where a choice takes one of its values. */
  choosing(choice: Node, first: boolean): Outcomes {
    const next = new Outcomes(this.g, this.ranges, this.place, this);
    next.learn(next.value(choice.args[0]!), first, 0);
    next.values.set(choice, next.value(choice.args[first ? 1 : 2]!));
    return next;
  }

  private pass(e: Edge): void {
    const { to } = e;
    const at = to.preds.indexOf(e);
    const given = to.phis.map((phi) => this.value(phi.args[at]!));
    to.phis.forEach((phi, i) => this.values.set(phi, given[i]!));
    this.passed.add(to);
  }

  /** What a value is on the way. */
  private value(node: Node): Node {
    const n = resolve(node);
    const known = this.values.get(n);
    if (known) return known;
    if (!this.passed.has(n.block) || !pure.test(n.op)) return n;
    const args = n.args.map((a) => this.value(a));
    let value = n;
    if (args.some((a, i) => a !== resolve(n.args[i]!))) {
      const make = (op: string, type: Node['type'], of: Node[], extra: Partial<Node> = {}): Node => {
        const node = this.g.node(n.block, op, type, of, extra);
        return simplify(this.g, node, make) ?? node;
      };
      value = make(n.op, n.type, args, {
        value: n.value,
        offset: n.offset,
        bytes: n.bytes,
        signed: n.signed,
      });
    }
    this.values.set(n, value);
    return value;
  }

  private learnFrom(e: Edge): void {
    const { term } = e.from;
    if (term.kind !== 'branch' || term.edges[0].to === term.edges[1].to) return;
    this.learn(this.value(term.condition), term.edges[0] === e, 0);
  }

  private learn(test: Node, is: boolean, depth: number): void {
    if (depth > 4) return;
    const [x, y, z] = test.args.map(resolve);
    if (isComparison(test)) {
      this.facts.push({ op: is ? test.op : inverted(test.op), x: x!, y: y! });
      const boolean = isConst(y!, 0) && (isComparison(x!) || /^(and|or|select)$/.test(x!.op));
      if (boolean && /^(eq|ne)$/.test(test.op)) this.learn(x!, is === (test.op === 'ne'), depth + 1);
    } else if (test.type === 'i32') {
      this.facts.push({ op: is ? 'ne' : 'eq', x: test, y: this.g.constant('i32', 0n) });
      if (test.op === (is ? 'and' : 'or') && [x!, y!].every(isBoolean)) {
        this.learn(x!, is, depth + 1);
        this.learn(y!, is, depth + 1);
      }
      // c ? y : 0, and c ? 1 : z.
      if (test.op === 'select' && is && isConst(z!, 0)) {
        this.learn(x!, true, depth + 1);
        this.learn(y!, true, depth + 1);
      }
      if (test.op === 'select' && !is && isConst(y!) && y!.value !== 0n) {
        this.learn(x!, false, depth + 1);
        this.learn(z!, false, depth + 1);
      }
    }
  }

  /** Whether a condition holds on the way; null where that is open. */
  of(condition: Node, depth = 0): boolean | null {
    const n = this.value(condition);
    if (isConst(n)) return n.value !== 0n;
    const [x, y] = n.args.map(resolve);
    const isZero = isConst(y ?? n, 0) && /^(eq|ne)$/.test(n.op);
    if (isZero && depth < 4 && (isComparison(x!) || /^(and|or)$/.test(x!.op))) {
      const inner = this.of(x!, depth + 1);
      if (inner !== null) return inner === (n.op === 'ne');
    }
    if (isComparison(n)) return this.compare({ op: n.op, x: x!, y: y! });
    return n.type === 'i32' ? this.compare({ op: 'ne', x: n, y: this.g.constant('i32', 0n) }) : null;
  }

  private compare({ op, x, y }: Fact): boolean | null {
    for (const fact of this.facts) {
      const same =
        fact.x === x && fact.y === y ? fact.op : fact.x === y && fact.y === x ? exchanged(fact.op) : '';
      const said = same && implied(same, op);
      if (said !== '' && said !== null) return said;
    }
    if (x.type !== 'i32' || y.type !== 'i32') return null;
    const ofX = this.rangeOf(x);
    const ofY = this.rangeOf(y);
    const [holds, fails] = [compared(op, ofY), compared(inverted(op), ofY)];
    // Null says nothing: a value may well differ from another one of several.
    if (holds && disjoint(ofX, holds)) return false;
    return fails && disjoint(ofX, fails) ? true : null;
  }

  private along(n: Node): Range {
    return 'to' in this.place ? this.ranges.along(n, this.place) : this.ranges.anyAt(n, this.place);
  }

  private rangeOf(n: Node): Range {
    let range = this.along(n);
    for (const { op, x, y } of this.facts) {
      const other = x === n ? y : y === n ? x : null;
      if (!other || !isConst(other)) continue;
      const said = compared(x === n ? op : exchanged(op), this.along(other));
      if (said) range = intersection(range, said);
    }
    return range;
  }
}

const isBoolean = (n: Node): boolean => isComparison(n) || n.op === 'select';

/** Which of less, equal and greater a comparison lets through. */
function through(op: string): { ways: number; sign: string } {
  const [kind, sign = ''] = op.split('_');
  return { ways: { lt: 1, le: 3, eq: 2, ne: 5, ge: 6, gt: 4 }[kind!] ?? 7, sign };
}

/** What one comparison says of another one of the same operands. */
function implied(known: string, asked: string): boolean | null {
  const [a, b] = [through(known), through(asked)];
  if (a.sign && b.sign && a.sign !== b.sign) return known === asked ? true : null;
  if ((a.ways & b.ways) === 0) return false;
  return (a.ways & ~b.ways) === 0 ? true : null;
}
