/**
 * Unsigned ranges of 32-bit values, as gcc's value range propagation finds them for counters with constant bounds, masks
 * and narrow loads. With them bounds checks and division checks shrink or vanish.
 */
import {
  anySigned,
  arc,
  compared,
  disjoint,
  flat,
  full,
  intersection,
  isFull,
  ofBits,
  product,
  productInParts,
  quotient,
  scaledDown,
  signedOf,
  top,
  union,
  within,
  type Range,
} from './arcs.ts';
import { carriedRange } from './carried-range.ts';
import { Conditions, steppedFrom } from './conditions.ts';
import { isConst, resolve, type Block, type Edge, type LoopNode, type Node } from './ir.ts';
import { leaps } from './leaps.ts';
import { addForms, Evolutions, isConstantForm } from './linear.ts';
import { signedRange } from './signed-range.ts';
import { exchanged, inverted, isComparison } from './simplify.ts';
import { dominates } from './structure.ts';
import { roundsBeforeChecks, tripCount } from './trip-count.ts';

export type { Range } from './arcs.ts';

/** More evaluations than this, and what was found on the way round loops is not looked at again. */
const mostEvaluations = 50_000;

export class Ranges {
  private readonly known = new Map<Node, Range>();
  private readonly conditions: Conditions;
  /** What evrp found, which stays known. */
  private readonly before: Ranges | null;
  /** Values under way; what came out with one of them taken for anything is found again once it is known. */
  private readonly busy = new Map<Node, number>();
  private readonly provisional: Node[] = [];
  private readonly rounds = new Map<LoopNode, number | null>();
  private lowestBusy = Infinity;
  private evaluations = 0;
  private called: Ranges | null = null;
  readonly early: boolean;

  /** Loads are calls yet, of accessors that say nothing of what they return. */
  private readonly calledLoads: boolean;

  /** @param early As evrp finds them: what a loop carries round is anything unless it counts. */
  constructor(early = false, calledLoads = false) {
    this.early = early;
    this.calledLoads = calledLoads;
    this.before = early ? null : new Ranges(true, calledLoads);
    this.conditions = new Conditions(
      (n, block) => this.anyAt(n, block),
      (n, of) => this.ofOperation(n, of),
      !early,
    );
  }

  /** Where it is defined. */
  of(node: Node): Range {
    return flat(this.any(node));
  }

  /** Behind the branches that lead to a block. */
  at(node: Node, block: Block): Range {
    return flat(this.anyAt(node, block));
  }

  /** As a signed number. */
  signedAt(node: Node, block: Block): Range {
    return signedOf(this.anyAt(node, block)) ?? anySigned;
  }

  anyAt(node: Node, block: Block): Range {
    const n = resolve(node);
    if (n.type !== 'i32') return full;
    const range = this.conditions.at(n, block, this.any(n));
    return this.before ? intersection(range, this.before.anyAt(n, block)) : range;
  }

  /** At the end of an edge. */
  along(node: Node, edge: Edge): Range {
    const range = this.conditions.along(resolve(node), edge, this.any(node));
    return this.before ? intersection(range, this.before.along(node, edge)) : range;
  }

  private any(node: Node): Range {
    const n = resolve(node);
    if (n.type !== 'i32') return full;
    if (n.op === 'const') {
      const v = Number(BigInt.asUintN(32, n.value));
      return { low: v, high: v };
    }
    const hit = this.known.get(n);
    if (hit) return hit;
    const under = this.busy.get(n);
    if (under !== undefined) {
      this.lowestBusy = Math.min(this.lowestBusy, under);
      return full;
    }
    const depth = this.busy.size;
    const outside = this.lowestBusy;
    const before = this.provisional.length;
    this.lowestBusy = Infinity;
    this.busy.set(n, depth);
    this.evaluations++;
    let range = this.compute(n);
    if (isFull(range)) range = this.linear(n);
    if (isFull(range) && !(this.calledLoads && isLoaded(n, 0))) {
      const { low, high } = signedRange(n);
      range = arc(low, high);
    }
    if (this.before) range = intersection(range, this.before.any(n));
    this.busy.delete(n);
    this.known.set(n, range);
    if (this.lowestBusy < depth) this.provisional.push(n);
    else if (this.evaluations < mostEvaluations)
      for (const p of this.provisional.splice(before)) this.known.delete(p);
    this.lowestBusy = Math.min(outside, this.lowestBusy < depth ? this.lowestBusy : Infinity);
    return range;
  }

  private compute(n: Node): Range {
    if (n.op === 'param') return n.range ?? full;
    if (n.op === 'phi') return this.counter(n) ?? this.merged(n);
    return this.ofOperation(n, (x) => this.anyAt(x, n.block));
  }

  /** Of an operation on operands of known ranges. */
  ofOperation(n: Node, of: (x: Node) => Range): Range {
    const [a, b] = n.args.map(resolve);
    const [x, y] = [() => of(a!), () => of(b!)];
    // On both sides of zero: the ranger's of evrp have several parts.
    const [around, aroundToo] = [() => this.shortest(x()), () => this.shortest(y())];
    const by = b && isConst(b) ? Number(b.value) : null;
    switch (n.op) {
      case 'load':
        return n.bytes >= 4 || this.calledLoads ? full : ofBits(8 * n.bytes, n.signed);
      case 'ext8':
      case 'ext16': {
        const all = ofBits(n.op === 'ext8' ? 8 : 16, true);
        return within(x(), all) ? x() : all;
      }
      case 'and': {
        const [p, q] = [flat(x()), flat(y())];
        // A mask of upper bits rounds down.
        const low = by !== null && by < 0 && Number.isInteger(Math.log2(-by)) ? p.low - (p.low % -by) : 0;
        return { low, high: Math.min(p.high, q.high) };
      }
      case 'shr_u':
        return by === null ? full : scaledDown(flat(x()), 2 ** (by & 31));
      case 'shr_s': {
        if (by === null) return full;
        const { low, high } = scaledDown(signedOf(around()) ?? anySigned, 2 ** (by & 31));
        return arc(low, high);
      }
      case 'div_u':
        return by !== null && by > 0 ? scaledDown(flat(x()), by) : full;
      case 'div_s':
        return by ? quotient(signedOf(around()) ?? anySigned, by) : full;
      case 'shl':
        return by === null ? full : this.times(around(), { low: 2 ** (by & 31), high: 2 ** (by & 31) });
      case 'mul':
        return this.times(around(), aroundToo());
      case 'add': {
        const [p, q] = [around(), aroundToo()];
        return arc(p.low + q.low, p.high + q.high);
      }
      case 'sub': {
        const [p, q] = [around(), aroundToo()];
        const difference = arc(p.low - q.high, p.high - q.low);
        if (this.calledLoads && isLoaded(n, 0)) return difference;
        // An absolute value, too.
        const { low, high } = signedRange(n);
        return intersection(difference, arc(low, high));
      }
      case 'or':
      case 'xor': {
        const [s, t] = [signedOf(around()), signedOf(aroundToo())];
        // What is added to a number that may be below zero makes it no smaller. Of two such nothing is known: they are one range of a signed type (operator_bitwise_or::wi_fold).
        if (this.early && n.op === 'or' && s && t && s.low < 0 !== t.low < 0) {
          const high = s.high < 0 || t.high < 0 ? -1 : allBits(Math.max(s.high, t.high));
          return arc(Math.min(s.low, t.low), high);
        }
        const [p, q] = [flat(x()), flat(y())];
        const low = n.op === 'or' ? Math.max(p.low, q.low) : 0;
        return { low, high: allBits(Math.max(p.high, q.high)) };
      }
      case 'clz':
      case 'ctz':
      case 'popcnt': {
        // Of what has a bit set, a count of zeros is a bit's number.
        const some = n.op !== 'popcnt' && flat(x()).low > 0;
        return { low: 0, high: some ? 31 : 32 };
      }
      case 'rem_u':
        return by !== null && by > 0 ? { low: 0, high: Math.min(flat(x()).high, by - 1) } : full;
      case 'rem_s': {
        if (by === null || by <= 0) return full;
        const { low, high } = signedOf(around()) ?? anySigned;
        return arc(Math.max(Math.min(low, 0), 1 - by), Math.min(Math.max(high, 0), by - 1));
      }
      case 'select':
        return this.choice(n, of);
      default:
        return isComparison(n) ? { low: 0, high: 1 } : full;
    }
  }

  private readonly shortest = (range: Range): Range => (this.early && range.least) || range;

  private times(x: Range, y: Range): Range {
    return this.early ? product(x, y) : productInParts(x, y);
  }

  /** Of two values by a comparison, which says something of each where it is chosen. */
  private choice(n: Node, of: (x: Node) => Range): Range {
    const [c, x, y] = n.args.map(resolve) as [Node, Node, Node];
    const arm = (value: Node, is: boolean): Range | null => {
      const range = of(value);
      if (c.type !== 'i32') return range;
      const itself = !isComparison(c);
      const op = itself ? (is ? 'ne' : 'eq') : is ? c.op : inverted(c.op);
      const [p, q] = itself ? [c, null] : (c.args.map(resolve) as [Node, Node]);
      const ofP = compared(op, q ? of(q) : { low: 0, high: 0 });
      const ofQ = q && compared(exchanged(op), of(p));
      if (ofP && disjoint(of(p), ofP)) return null;
      const said = (x: Node): Range | null => (x === p ? ofP : x === q ? ofQ : null);
      const narrowed = (x: Node): Range => {
        const more = said(resolve(x));
        return more ? intersection(of(x), more) : of(x);
      };
      if (said(value)) return narrowed(value);
      const stepped = !this.early && ofP && (!q || isConst(q)) ? steppedFrom(value, p, ofP) : null;
      if (stepped) return intersection(range, stepped);
      // What was worked out from what is compared (may_recompute_p).
      const known = this.early && value.op !== 'phi' && value.args.some((a) => said(resolve(a)));
      return known && value.args.length <= 2 ? intersection(range, this.ofOperation(value, narrowed)) : range;
    };
    const [first, second] = [arm(x, true), arm(y, false)];
    return first && second ? union(first, second) : (first ?? second ?? full);
  }

  /** Sums, differences and multiples, modulo 2^32: gcc sees them before constants are moved together, where none of them wraps around. */
  private linear(n: Node): Range {
    const interval = this.interval(n, 0);
    if (!interval) return full;
    const around = Math.floor(interval.low / 2 ** 32) * 2 ** 32;
    const range = { low: interval.low - around, high: interval.high - around };
    return range.high <= top ? range : full;
  }

  private interval(node: Node, depth: number): Range | null {
    const n = resolve(node);
    const [a, b] = n.args.map(resolve);
    const of = (x: Node) => this.interval(x, depth + 1);
    const leaf = () => {
      const range = this.of(n);
      return isFull(range) ? null : range;
    };
    if (n.op === 'const') return { low: Number(n.value), high: Number(n.value) };
    if (depth > 6 || !/^(add|sub|shl|mul)$/.test(n.op)) return leaf();
    const x = of(a!);
    const y = of(b!);
    if (!x || !y) return depth === 0 ? null : leaf();
    let result: Range;
    if (n.op === 'add') result = { low: x.low + y.low, high: x.high + y.high };
    else if (n.op === 'sub') result = { low: x.low - y.high, high: x.high - y.low };
    else {
      if (!isConst(b!)) return null;
      const k = n.op === 'shl' ? 2 ** (Number(b!.value) & 31) : Number(b!.value);
      result = { low: Math.min(x.low * k, x.high * k), high: Math.max(x.low * k, x.high * k) };
    }
    return result.high - result.low <= top && Number.isSafeInteger(result.low) ? result : null;
  }

  private merged(n: Node): Range {
    const all = n.block.preds
      .map((e, i) => this.conditions.along(resolve(n.args[i]!), e, this.any(n.args[i]!)))
      .reduce(union);
    const carried = n.block.loop?.header === n.block ? carriedRange(n, this) : null;
    return carried ? intersection(carried, all) : all;
  }

  /** One that steps up while it is below a bound as a signed number. Steps of more than one may pass a bound that can be anything (number_of_iterations_lt). */
  private below(from: Range, op: string, bound: Range, step: number): Range | null {
    const start = signedOf(from);
    const end = signedOf(bound) ?? anySigned;
    const last = op === 'lt_s' ? end.high - 1 : op === 'le_s' ? end.high : null;
    if (!start || start.low < 0 || last === null || last + step >= 2 ** 31) return null;
    return { low: start.low, high: Math.max(start.high, last) };
  }

  /** Whether a range stands beside a value when vrp1 asks whether what begins with it wraps around: accessors were calls when evrp left it there (loop_exits_before_overflow). */
  private isKnownEarly(start: Node): boolean {
    this.called ??= new Ranges(true, true);
    return !isFull(this.called.of(start));
  }

  private readonly roundsOf = (loop: LoopNode): number | null => {
    const known = this.rounds.get(loop);
    if (known !== undefined) return known;
    const rounds = roundsBeforeChecks(loop);
    this.rounds.set(loop, rounds);
    return rounds;
  };

  /** A counter from a constant by constant steps up to a constant, tested once an iteration. */
  counter(phi: Node): Range | null {
    const loop = phi.block.loop;
    if (!loop || loop.header !== phi.block) return null;
    const evolutions = new Evolutions(loop, this.early ? this.roundsOf : null);
    const e = evolutions.of(phi);
    if (!e || e.step.terms.size || e.step.constant === 0) return null;
    const start = phi.args.map(resolve).find((a) => !evolutions.inside(a));
    if (!start) return null;
    const from = this.of(start);
    if (isFull(from)) return null;
    for (const b of loop.blocks) {
      const { term } = b;
      if (term.kind !== 'branch' || term.edges.every((x) => loop.blocks.has(x.to))) continue;
      const test = resolve(term.condition);
      // Down to zero, which the counter itself is asked for in each round: what may begin there stays where it began.
      if (test === phi && e.step.constant === -1 && from.low === 0 && isEachRound(loop, b))
        return loop.blocks.has(term.edges[0].to) ? from : null;
      if (!isComparison(test)) continue;
      const [p, q] = test.args.map(resolve) as [Node, Node];
      const second = !isConst(q) && evolutions.inside(q) && !evolutions.inside(p);
      const [x, y, op] = second ? [q, p, exchanged(test.op)] : [p, q, test.op];
      const tested = evolutions.of(x);
      if (!tested || tested.step.constant !== e.step.constant) continue;
      // The counter itself, or what it is next, but for a constant.
      const ahead = addForms(tested.base, e.base, -1);
      if (!isConstantForm(ahead) || !saysOfCounter(ahead.constant, e.step.constant)) continue;
      const stays = loop.blocks.has(term.edges[0].to);
      const up = e.step.constant > 0;
      // Of a variable bound, its range; wasm2c compares signs of unsigned variables, which says nothing of them unless start and end are constants.
      const constants = isConst(start) && isConst(y);
      if (!constants && up && !evolutions.inside(y)) {
        const known = isConst(start) || (!this.early && leaps(evolutions, loop) && this.isKnownEarly(start));
        const range = known && this.below(from, stays ? op : inverted(op), this.anyAt(y, b), e.step.constant);
        if (range) return { low: range.low, high: range.high + (x === phi ? e.step.constant : 0) };
      }
      if (!constants && !op.endsWith('_u') && !(isConst(y) && op === 'ne')) continue;
      if (!isConst(y) && (evolutions.inside(y) || !up)) continue;
      const bound = isConst(y) ? Number(y.value) : this.of(y).high;
      if (bound < 0 || bound === top) continue;
      if (up && stays && /^(lt_[su]|le_[su]|ne)$/.test(op)) {
        const high = op.startsWith('le') ? bound : bound - 1;
        // One that starts below zero passes the end of wasm2c's unsigned type.
        if (from.low > high && !op.endsWith('_u')) continue;
        // The counter itself goes on from what was tested.
        const last = high + (x === phi ? e.step.constant : 0);
        return from.low > last
          ? arc(from.low, last + 2 ** 32)
          : { low: from.low, high: Math.max(from.high, last) };
      }
      if (!up && stays && /^(gt_[su]|ge_[su]|ne)$/.test(op)) {
        // One that ends below zero passes the end of wasm2c's unsigned type: all that is known is what the test says of its sign.
        const last = bound - Number(op.startsWith('ge'));
        const end = from.high + Math.ceil((last - from.high) / e.step.constant) * e.step.constant;
        const wraps = op.endsWith('_s') && end < 0;
        // Unless the loop is written with its test at its end.
        if (wraps && !this.early && !phi.block.rotated) return null;
        return { low: 0, high: wraps ? 2 ** 31 - 1 : from.high };
      }
    }
    // Counted by another counter: only from a start that is one number (bounds_of_var_in_loop asks scev_probably_wraps_p, which cannot tell otherwise).
    if (from.low !== from.high) return null;
    const trips = tripCount(loop, evolutions, 'atMost');
    if (trips === null) return null;
    const last = e.step.constant * (trips - 1);
    const range = { low: from.low + Math.min(0, last), high: from.high + Math.max(0, last) };
    // One that may pass the end of its type in the step after (scev_probably_wraps_p) is not known at all.
    const [below, above] = [Math.min(0, e.step.constant), Math.max(0, e.step.constant)];
    return range.low + below >= 0 && range.high + above <= top ? range : null;
  }
}

/** The largest number of as many bits. */
const allBits = (n: number): number => 2 ** Math.ceil(Math.log2(n + 1)) - 1;

/** Whether a test of what is so far ahead of a counter says as much of the counter as one of itself or of what it is next. */
const saysOfCounter = (ahead: number, step: number): boolean =>
  ahead === 0 || (step > 0 ? ahead >= step : ahead <= step);

const isEachRound = ({ header, blocks }: LoopNode, b: Block): boolean =>
  header.preds.every((e) => !blocks.has(e.from) || dominates(b, e.from));

/** Whether a value is worked out from what is loaded. */
const isLoaded = (node: Node, depth: number): boolean => {
  const n = resolve(node);
  return n.op === 'load' || (depth < 6 && n.op !== 'phi' && n.args.some((a) => isLoaded(a, depth + 1)));
};
