/** Signed ranges of 32-bit values from their expressions alone: shifts, narrow loads, clamps and absolute values. */
import { isConst, resolve, type Node } from './ir.ts';

export interface SignedRange {
  low: number;
  high: number;
}

const full: SignedRange = { low: -(2 ** 31), high: 2 ** 31 - 1 };
const fits = (r: SignedRange): SignedRange => (r.low >= full.low && r.high <= full.high ? r : full);

interface Counters {
  of(n: Node): SignedRange;
}

/** Operations that are looked through. */
const mostDepth = 12;

/** @param counters Ranges of what is no expression, as of counters. */
export const signedRange = (node: Node, counters?: Counters): SignedRange => new Finder(counters).at(node, 0);

/** Operands are shared: what is known of one at a depth is kept. */
class Finder {
  private readonly counters: Counters | undefined;
  private readonly known = new Map<Node, SignedRange[]>();

  constructor(counters: Counters | undefined) {
    this.counters = counters;
  }

  at(node: Node, depth: number): SignedRange {
    const n = resolve(node);
    if (n.type !== 'i32' || depth > mostDepth) return full;
    if (n.args.length === 0) return this.find(n, depth);
    let byDepth = this.known.get(n);
    if (!byDepth) this.known.set(n, (byDepth = []));
    return (byDepth[depth] ??= this.find(n, depth));
  }

  private find(n: Node, depth: number): SignedRange {
    const range = ofExpression(n, (x) => this.at(x, depth + 1));
    if (range !== full || !this.counters || n.op !== 'phi') return range;
    const unsigned = this.counters.of(n);
    return unsigned.high <= full.high ? unsigned : full;
  }
}

function ofExpression(n: Node, of: (x: Node) => SignedRange): SignedRange {
  const [a, b] = n.args.map(resolve);
  switch (n.op) {
    case 'const':
      return { low: Number(n.value), high: Number(n.value) };
    case 'param':
      return n.range && n.range.high <= full.high ? n.range : full;
    case 'load':
      if (n.bytes >= 4) return full;
      return n.signed
        ? { low: -(2 ** (8 * n.bytes - 1)), high: 2 ** (8 * n.bytes - 1) - 1 }
        : { low: 0, high: 2 ** (8 * n.bytes) - 1 };
    case 'ext8':
      return { low: -128, high: 127 };
    case 'ext16':
      return { low: -32768, high: 32767 };
    case 'shr_s': {
      if (!isConst(b!)) return full;
      const r = of(a!);
      const k = 2 ** Number(b!.value);
      return { low: Math.floor(r.low / k), high: Math.floor(r.high / k) };
    }
    case 'shl': {
      if (!isConst(b!)) return full;
      const r = of(a!);
      const k = 2 ** Number(b!.value);
      return fits({ low: r.low * k, high: r.high * k });
    }
    case 'shr_u':
      return isConst(b!) && b!.value > 0n ? { low: 0, high: 2 ** (32 - Number(b!.value)) - 1 } : full;
    case 'and':
      return isConst(b!) && b!.value >= 0n ? { low: 0, high: Number(b!.value) } : full;
    case 'add': {
      const [x, y] = [of(a!), of(b!)];
      return fits({ low: x.low + y.low, high: x.high + y.high });
    }
    case 'sub': {
      if (isMagnitude(a!, b!)) {
        const r = of(resolve(b!.args[0]!));
        return fits({ low: 0, high: Math.max(-r.low, r.high) });
      }
      const [x, y] = [of(a!), of(b!)];
      return fits({ low: x.low - y.high, high: x.high - y.low });
    }
    case 'mul': {
      const [x, y] = [of(a!), of(b!)];
      const all = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high];
      return fits({ low: Math.min(...all), high: Math.max(...all) });
    }
    case 'select':
      return choice(n, of);
    default:
      return full;
  }
}

/** (x ^ s) - s with s = x >> 31, which gcc knows as the absolute value of x. */
function isMagnitude(flipped: Node, sign: Node): boolean {
  if (sign.op !== 'shr_s' || !isConst(resolve(sign.args[1]!), 31) || flipped.op !== 'xor') return false;
  const x = resolve(sign.args[0]!);
  const [p, q] = flipped.args.map(resolve);
  return (p === x && q === sign) || (p === sign && q === x);
}

function choice(n: Node, of: (x: Node) => SignedRange): SignedRange {
  const [c, x, y] = n.args.map(resolve) as [Node, Node, Node];
  const when = (arm: Node, op: string): SignedRange => {
    let { low, high } = of(arm);
    const bound = c.args[1] && isConst(resolve(c.args[1])) ? Number(resolve(c.args[1]).value) : null;
    const subject = c.args[0] ? resolve(c.args[0]) : null;
    if (bound === null || !subject) return { low, high };
    // What the comparison says about the arm, or about what the arm is the negative of.
    const tested = tests(op, bound);
    if (subject === arm) [low, high] = [Math.max(low, tested.low), Math.min(high, tested.high)];
    else if (arm.op === 'sub' && isConst(resolve(arm.args[0]!), 0) && resolve(arm.args[1]!) === subject) {
      const r = of(subject);
      [low, high] = [-Math.min(r.high, tested.high), -Math.max(r.low, tested.low)];
    }
    return { low, high };
  };
  const inverse: Record<string, string> = { lt_s: 'ge_s', ge_s: 'lt_s', gt_s: 'le_s', le_s: 'gt_s' };
  const [p, q] = [when(x, c.op), when(y, inverse[c.op] ?? '')];
  return fits({ low: Math.min(p.low, q.low), high: Math.max(p.high, q.high) });
}

function tests(op: string, bound: number): SignedRange {
  switch (op) {
    case 'lt_s':
      return { low: full.low, high: bound - 1 };
    case 'le_s':
      return { low: full.low, high: bound };
    case 'gt_s':
      return { low: bound + 1, high: full.high };
    case 'ge_s':
      return { low: bound, high: full.high };
    default:
      return full;
  }
}
