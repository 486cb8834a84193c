/**
 * Unsigned ranges of 32-bit values, as gcc's value range propagation finds them for counters with constant bounds, masks
 * and narrow loads. With them bounds checks and division checks shrink or vanish.
 */
import { isConst, resolve, type Edge, type Node } from './ir.ts';
import { Evolutions } from './linear.ts';
import { signedRange } from './signed-range.ts';
import { exchanged, inverted, isComparison } from './simplify.ts';
import { tripCount } from './trip-count.ts';

const top = 0xffffffff;

export interface Range {
  low: number;
  high: number;
}

const full: Range = { low: 0, high: top };

export class Ranges {
  private readonly known = new Map<Node, Range>();
  private readonly early: boolean;

  /** @param early As evrp finds them: what a loop carries round is anything unless it counts. */
  constructor(early = false) {
    this.early = early;
  }

  of(node: Node): Range {
    const n = resolve(node);
    if (n.type !== 'i32') return full;
    if (n.op === 'const') {
      const v = Number(BigInt.asUintN(32, n.value));
      return { low: v, high: v };
    }
    const hit = this.known.get(n);
    if (hit) return hit;
    this.known.set(n, full);
    let range = this.compute(n);
    if (range === full) range = this.linear(n);
    if (range === full) {
      // A value that is never negative as a signed one has the same range as an unsigned one.
      const { low, high } = signedRange(n);
      if (low >= 0 && high < 2 ** 31 - 1) range = { low, high };
    }
    this.known.set(n, range);
    return range;
  }

  private compute(n: Node): Range {
    const [a, b] = n.args;
    switch (n.op) {
      case 'param':
        return n.range ?? full;
      case 'load':
        return n.signed || n.bytes >= 4 ? full : { low: 0, high: 256 ** n.bytes - 1 };
      case 'and': {
        const high = Math.min(this.of(a!).high, this.of(b!).high);
        return { low: 0, high };
      }
      case 'shr_u':
        if (!isConst(b!)) return full;
        return {
          low: Math.floor(this.of(a!).low / 2 ** Number(b!.value)),
          high: Math.floor(this.of(a!).high / 2 ** Number(b!.value)),
        };
      case 'shl': {
        if (!isConst(b!)) return full;
        const k = 2 ** Number(b!.value);
        const x = this.of(a!);
        return x.high * k <= top ? { low: x.low * k, high: x.high * k } : full;
      }
      case 'mul': {
        const [x, y] = [this.of(a!), this.of(b!)];
        return x.high * y.high <= top ? { low: x.low * y.low, high: x.high * y.high } : full;
      }
      case 'add': {
        const [x, y] = [this.of(a!), this.of(b!)];
        if (x.high + y.high <= top) return { low: x.low + y.low, high: x.high + y.high };
        // A negative constant that never passes zero.
        if (isConst(b!) && b!.value < 0n && x.low >= -Number(b!.value))
          return { low: x.low + Number(b!.value), high: x.high + Number(b!.value) };
        return full;
      }
      case 'or':
      case 'xor': {
        const bits = Math.max(this.of(a!).high, this.of(b!).high);
        const low = n.op === 'or' ? Math.max(this.of(a!).low, this.of(b!).low) : 0;
        return { low, high: 2 ** Math.ceil(Math.log2(bits + 1)) - 1 };
      }
      case 'clz':
      case 'ctz':
      case 'popcnt': {
        // Of what has a bit set, a count of zeros is a bit's number.
        const some = n.op !== 'popcnt' && this.of(a!).low > 0;
        return { low: 0, high: some ? 31 : 32 };
      }
      case 'rem_u':
        return isConst(b!) ? { low: 0, high: Math.max(0, this.of(b!).high - 1) } : full;
      case 'rem_s': {
        const x = this.of(a!);
        if (!isConst(b!) || b!.value <= 0n || x.high >= 2 ** 31) return full;
        return { low: 0, high: Math.min(x.high, Number(b!.value) - 1) };
      }
      case 'select': {
        const [x, y] = [this.of(n.args[1]!), this.of(n.args[2]!)];
        return { low: Math.min(x.low, y.low), high: Math.max(x.high, y.high) };
      }
      case 'phi':
        return this.counter(n) ?? this.merged(n);
      default:
        return isComparison(n) ? { low: 0, high: 1 } : full;
    }
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
      return range === full ? null : range;
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
    if (n.block.loop?.header === n.block) return this.carried(n);
    const all = n.args.map((a) => this.of(a));
    return { low: Math.min(...all.map((r) => r.low)), high: Math.max(...all.map((r) => r.high)) };
  }

  /**
   * What a loop carries round that is no counter: its start and what comes back, a bound that moves once more going all the way at once (vrp_visit_phi_node). Halves of
   * halves stay below where they began, remainders below their divisor.
   */
  private carried(phi: Node): Range {
    const { blocks } = phi.block.loop!;
    const entering = phi.block.preds.map((e) => !blocks.has(e.from));
    const starts = phi.args.filter((_, i) => entering[i]).map((a) => this.of(a));
    const back = phi.args.filter((_, i) => !entering[i]).map(resolve);
    if (back.length === 0 || starts.length === 0) return full;
    const tested = phi.block.preds.flatMap((e, i) =>
      entering[i] ? [] : [testedOn(e, resolve(phi.args[i]!))],
    );
    if (tested.every((t) => t !== null)) return union([...starts, ...tested]);
    if (this.early || back.length !== 1) return full;
    let range = union(starts);
    for (let round = 0; round < 4; round++) {
      const next = evaluate(back[0]!, phi, range, this, 0);
      if (!next) return full;
      if (next.low >= range.low && next.high <= range.high) return range;
      if (round === 0 && next.high < 2 ** 31) {
        range = union([range, next]);
        continue;
      }
      if (round === 3 || next.high > range.high) return full;
      range = { low: 0, high: range.high };
    }
    return full;
  }

  /** A counter from a constant by constant steps up to a constant, tested once an iteration. */
  private counter(phi: Node): Range | null {
    const loop = phi.block.loop;
    if (!loop || loop.header !== phi.block) return null;
    const evolutions = new Evolutions(loop);
    const e = evolutions.of(phi);
    if (!e || e.step.terms.size || e.step.constant === 0) return null;
    const start = phi.args.map(resolve).find((a) => !evolutions.inside(a));
    if (!start) return null;
    const from = this.of(start);
    if (from === full) return null;
    for (const b of loop.blocks) {
      const { term } = b;
      if (term.kind !== 'branch' || term.edges.every((x) => loop.blocks.has(x.to))) continue;
      const test = resolve(term.condition);
      if (!isComparison(test)) continue;
      const [p, q] = test.args.map(resolve) as [Node, Node];
      const second = !isConst(q) && evolutions.inside(q) && !evolutions.inside(p);
      const [x, y, op] = second ? [q, p, exchanged(test.op)] : [p, q, test.op];
      const tested = evolutions.of(x);
      if (!tested || tested.step.constant !== e.step.constant) continue;
      const stays = loop.blocks.has(term.edges[0].to);
      const up = e.step.constant > 0;
      // Of a variable bound, its range; wasm2c compares signs of unsigned variables, which says nothing of them unless start and end are constants.
      const constants = isConst(start) && isConst(y);
      if (!constants && !op.endsWith('_u') && !(isConst(y) && op === 'ne')) continue;
      if (!isConst(y) && (evolutions.inside(y) || !up)) continue;
      const bound = isConst(y) ? Number(y.value) : this.of(y).high;
      if (bound < 0 || bound === top) continue;
      if (up && stays && /^(lt_[su]|le_[su]|ne)$/.test(op)) {
        const high = op.startsWith('le') ? bound : bound - 1;
        // The counter itself goes on from what was tested one step before.
        return { low: Math.min(from.low, from.high), high: Math.max(from.high, high) };
      }
      if (!up && stays && /^(gt_[su]|ge_[su]|ne)$/.test(op)) return { low: 0, high: from.high };
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

const union = (all: readonly Range[]): Range => ({
  low: Math.min(...all.map((r) => r.low)),
  high: Math.max(...all.map((r) => r.high)),
});

/** The range of a value of one variable that is shifted right, divided, masked or added to what has a range by itself, where the variable has a range. */
function evaluate(node: Node, variable: Node, range: Range, ranges: Ranges, depth: number): Range | null {
  const n = resolve(node);
  if (n === variable) return range;
  if (depth > 4) return null;
  const [a, b] = n.args.map(resolve);
  if (n.op === 'load') return n.signed || n.bytes >= 4 ? null : ranges.of(n);
  if (n.op === 'add') {
    const [p, q] = [a!, b!].map((v) => evaluate(v, variable, range, ranges, depth + 1));
    return p && q && p.high + q.high < 2 ** 31 ? { low: p.low + q.low, high: p.high + q.high } : null;
  }
  if (/^rem_[su]$/.test(n.op)) {
    const p = evaluate(a!, variable, range, ranges, depth + 1);
    if (!p || !isConst(b!) || b.value <= 0n || (n.op === 'rem_s' && p.high >= 2 ** 31)) return null;
    return { low: 0, high: Math.min(p.high, Number(b.value) - 1) };
  }
  const x =
    a && /^(shr_u|shr_s|div_u|and)$/.test(n.op) ? evaluate(a, variable, range, ranges, depth + 1) : null;
  if (!x) return n.op === 'const' ? ranges.of(n) : null;
  if (n.op === 'and') return { low: 0, high: Math.min(x.high, ranges.of(b!).high) };
  if (!isConst(b!) || b.value <= 0n || (n.op === 'shr_s' && x.high >= 2 ** 31)) return null;
  const by = n.op === 'div_u' ? Number(b.value) : 2 ** (Number(b.value) & 31);
  return { low: Math.floor(x.low / by), high: Math.floor(x.high / by) };
}
