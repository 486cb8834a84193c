/**
 * Unsigned ranges of 32-bit values, as gcc's value range propagation finds them for counters with constant bounds, masks
 * and narrow loads. With them bounds checks and division checks shrink or vanish.
 */
import { carriedRange } from './carried-range.ts';
import { isConst, resolve, type Node } from './ir.ts';
import { Evolutions } from './linear.ts';
import { signedRange } from './signed-range.ts';
import { exchanged, isComparison } from './simplify.ts';
import { tripCount } from './trip-count.ts';

const top = 0xffffffff;

export interface Range {
  low: number;
  high: number;
}

const full: Range = { low: 0, high: top };

export class Ranges {
  private readonly known = new Map<Node, Range>();
  readonly early: boolean;

  /** Loads are calls yet, of accessors that say nothing of what they return. */
  private readonly calledLoads: boolean;

  /** @param early As evrp finds them: what a loop carries round is anything unless it counts. */
  constructor(early = false, calledLoads = false) {
    this.early = early;
    this.calledLoads = calledLoads;
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
    if (range === full && !(this.calledLoads && isLoaded(n, 0))) {
      // A value that is never negative as a signed one has the same range as an unsigned one.
      const { low, high } = signedRange(n);
      if (low >= 0 && high < 2 ** 31 - 1) range = { low, high };
    }
    this.known.set(n, range);
    return range;
  }

  private compute(n: Node): Range {
    if (n.op === 'param') return n.range ?? full;
    if (n.op === 'phi') return this.counter(n) ?? this.merged(n);
    return this.ofOperation(n, (x) => this.of(x));
  }

  /** Of an operation on operands of known ranges. */
  ofOperation(n: Node, of: (x: Node) => Range): Range {
    const [a, b] = n.args;
    switch (n.op) {
      case 'load':
        return n.signed || n.bytes >= 4 || this.calledLoads ? full : { low: 0, high: 256 ** n.bytes - 1 };
      case 'and': {
        const high = Math.min(of(a!).high, of(b!).high);
        return { low: 0, high };
      }
      case 'shr_u':
        if (!isConst(b!)) return full;
        return {
          low: Math.floor(of(a!).low / 2 ** Number(b!.value)),
          high: Math.floor(of(a!).high / 2 ** Number(b!.value)),
        };
      case 'shr_s': {
        const x = of(a!);
        const k = 2 ** Number(b!.value);
        return isConst(b!) && x.high < 2 ** 31
          ? { low: Math.floor(x.low / k), high: Math.floor(x.high / k) }
          : full;
      }
      case 'div_u': {
        const k = Number(BigInt.asUintN(32, b!.value));
        return isConst(b!) && k > 0
          ? { low: Math.floor(of(a!).low / k), high: Math.floor(of(a!).high / k) }
          : full;
      }
      case 'shl': {
        if (!isConst(b!)) return full;
        const k = 2 ** Number(b!.value);
        const x = of(a!);
        return x.high * k <= top ? { low: x.low * k, high: x.high * k } : full;
      }
      case 'mul': {
        const [x, y] = [of(a!), of(b!)];
        return x.high * y.high <= top ? { low: x.low * y.low, high: x.high * y.high } : full;
      }
      case 'add': {
        const [x, y] = [of(a!), of(b!)];
        if (x.high + y.high <= top) return { low: x.low + y.low, high: x.high + y.high };
        // A negative constant that never passes zero.
        if (isConst(b!) && b!.value < 0n && x.low >= -Number(b!.value))
          return { low: x.low + Number(b!.value), high: x.high + Number(b!.value) };
        return full;
      }
      case 'or':
      case 'xor': {
        const bits = Math.max(of(a!).high, of(b!).high);
        const low = n.op === 'or' ? Math.max(of(a!).low, of(b!).low) : 0;
        return { low, high: 2 ** Math.ceil(Math.log2(bits + 1)) - 1 };
      }
      case 'clz':
      case 'ctz':
      case 'popcnt': {
        // Of what has a bit set, a count of zeros is a bit's number.
        if (n.name === 'parity') return { low: 0, high: 1 };
        const some = n.op !== 'popcnt' && of(a!).low > 0;
        return { low: 0, high: some ? 31 : 32 };
      }
      case 'rem_u':
        return isConst(b!) ? { low: 0, high: Math.max(0, of(b!).high - 1) } : full;
      case 'rem_s': {
        const x = of(a!);
        if (!isConst(b!) || b!.value <= 0n || x.high >= 2 ** 31) return full;
        return { low: 0, high: Math.min(x.high, Number(b!.value) - 1) };
      }
      case 'select': {
        const [x, y] = [of(n.args[1]!), of(n.args[2]!)];
        return { low: Math.min(x.low, y.low), high: Math.max(x.high, y.high) };
      }
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
    if (n.block.loop?.header === n.block) return carriedRange(n, this) ?? full;
    const all = n.args.map((a) => this.of(a));
    return { low: Math.min(...all.map((r) => r.low)), high: Math.max(...all.map((r) => r.high)) };
  }

  /** A counter from a constant by constant steps up to a constant, tested once an iteration. */
  counter(phi: Node): Range | null {
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
      if (!up && stays && /^(gt_[su]|ge_[su]|ne)$/.test(op)) {
        // One that ends below zero passes the end of wasm2c's unsigned type: all that is known is what the test says of its sign.
        const last = bound - Number(op.startsWith('ge'));
        const end = from.high + Math.ceil((last - from.high) / e.step.constant) * e.step.constant;
        const wraps = op.endsWith('_s') && end < 0;
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

/** Whether a value is worked out from what is loaded. */
const isLoaded = (node: Node, depth: number): boolean => {
  const n = resolve(node);
  return n.op === 'load' || (depth < 6 && n.op !== 'phi' && n.args.some((a) => isLoaded(a, depth + 1)));
};
