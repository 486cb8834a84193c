/**
 * Unsigned ranges of 32-bit values, as gcc's value range propagation finds them for counters with constant bounds, masks
 * and narrow loads. With them bounds checks and division checks shrink or vanish.
 */
import { isConst, resolve, type Node } from './ir.ts';
import { Evolutions } from './linear.ts';
import { signedRange } from './signed-range.ts';
import { isComparison } from './simplify.ts';
import { tripCount } from './trip-count.ts';

const top = 0xffffffff;

export interface Range {
  low: number;
  high: number;
}

const full: Range = { low: 0, high: top };

export class Ranges {
  private readonly known = new Map<Node, Range>();
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
        return { low: 0, high: 2 ** Math.ceil(Math.log2(bits + 1)) - 1 };
      }
      case 'rem_u':
        return isConst(b!) ? { low: 0, high: Math.max(0, this.of(b!).high - 1) } : full;
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

  private merged(n: Node): Range {
    // A phi of a loop that is no counter may be anything.
    if (n.block.loop?.header === n.block) return full;
    const all = n.args.map((a) => this.of(a));
    return { low: Math.min(...all.map((r) => r.low)), high: Math.max(...all.map((r) => r.high)) };
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
      const [x, y] = test.args.map(resolve) as [Node, Node];
      const tested = evolutions.of(x);
      if (!tested || !isConst(y) || tested.step.constant !== e.step.constant) continue;
      const stays = loop.blocks.has(term.edges[0].to);
      const bound = Number(y.value);
      if (bound < 0) continue;
      const up = e.step.constant > 0;
      if (up && stays && /^(lt_[su]|le_[su]|ne)$/.test(test.op)) {
        const high = test.op.startsWith('le') ? bound : bound - 1;
        // The counter itself goes on from what was tested one step before.
        return { low: Math.min(from.low, from.high), high: Math.max(from.high, high) };
      }
      if (!up && stays && /^(gt_[su]|ge_[su]|ne)$/.test(test.op)) return { low: 0, high: from.high };
    }
    // Counted by another counter.
    const trips = tripCount(loop, evolutions, 'atMost');
    if (trips === null) return null;
    const last = e.step.constant * (trips - 1);
    const range = { low: from.low + Math.min(0, last), high: from.high + Math.max(0, last) };
    return range.low >= 0 && range.high <= top ? range : null;
  }
}
