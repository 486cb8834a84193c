/**
 * Algebraic simplification of one node, as gcc's match.pd and fold-const do it for the shapes that wasm produces.
 * Arguments are already simplified. Returns a replacement, or null to keep the node.
 */
import { swappedBytes } from './byte-swap.ts';
import { isConst, resolve, type Graph, type Node, type Type } from './ir.ts';
import { rangeTest } from './range-tests.ts';

export const commutative = new Set(['add', 'mul', 'and', 'or', 'xor', 'eq', 'ne']);
const comparisons = new Set(['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u']);
const inverse: Record<string, string> = {
  eq: 'ne',
  ne: 'eq',
  lt_s: 'ge_s',
  ge_s: 'lt_s',
  gt_s: 'le_s',
  le_s: 'gt_s',
  lt_u: 'ge_u',
  ge_u: 'lt_u',
  gt_u: 'le_u',
  le_u: 'gt_u',
};
const swapped: Record<string, string> = {
  eq: 'eq',
  ne: 'ne',
  lt_s: 'gt_s',
  gt_s: 'lt_s',
  le_s: 'ge_s',
  ge_s: 'le_s',
  lt_u: 'gt_u',
  gt_u: 'lt_u',
  le_u: 'ge_u',
  ge_u: 'le_u',
};

export const isComparison = (n: Node): boolean => comparisons.has(n.op);
export const inverted = (op: string): string => inverse[op]!;
export const exchanged = (op: string): string => swapped[op]!;

const width = (t: Type): bigint => (t === 'i64' ? 64n : 32n);
const unsigned = (n: Node): bigint => BigInt.asUintN(Number(width(n.type)), n.value);
const isPower = (v: bigint): boolean => v > 0n && (v & (v - 1n)) === 0n;
const log2 = (v: bigint): number => v.toString(2).length - 1;

export type Make = (op: string, type: Type, args: Node[], extra?: Partial<Node>) => Node;

export function simplify(g: Graph, n: Node, make: Make): Node | null {
  const { op, type, args } = n;
  const [a, b] = args;
  if (a && args.every((x) => x.op === 'const')) {
    const value = evaluate(n);
    if (value !== null) return g.constant(type, value);
  }
  if (b && a!.op === 'const' && b.op !== 'const') {
    if (commutative.has(op)) return make(op, type, [b, a!]);
    if (comparisons.has(op)) return make(swapped[op]!, type, [b, a!]);
  }
  if (b && isConst(b)) {
    const replaced = withConstant(g, n, a!, b, make);
    if (replaced) return replaced;
  }
  switch (op) {
    case 'sub':
      if (a === b) return g.constant(type, 0n);
      // A negated difference (match.pd).
      if (!isConst(a!, 0)) return null;
      if (b!.op === 'sub') return make('sub', type, [b!.args[1]!, b!.args[0]!]);
      // The sign in all bits.
      return type === 'i32' && b!.op === 'shr_u' && isConst(b!.args[1]!, 31)
        ? make('shr_s', type, b!.args)
        : null;
    case 'or': {
      const swapped = a === b ? null : swappedBytes(n);
      return a === b ? a! : swapped ? make('bswap', type, [swapped]) : rangeTest(g, n, make);
    }
    case 'and':
      return a === b ? a! : rangeTest(g, n, make);
    case 'xor':
      return a === b ? g.constant(type, 0n) : null;
    case 'select':
      return simplifySelect(g, n, make);
    case 'wrap':
      return lowWord(g, a!);
    case 'ext8':
    case 'ext16':
      // A signed load of that width, or a narrower one, is extended already.
      if (a!.op === 'load' && a!.signed && a!.bytes <= (op === 'ext8' ? 1 : 2)) return a!;
      return a!.op === op ? a! : null;
    case 'eq':
    case 'ne':
      if (a === b) return g.constant('i32', op === 'eq' ? 1n : 0n);
      return null;
    default:
      return null;
  }
}

/** The lowest bit of a count of ones, where it stands or shifted (POPCOUNT & 1 of match.pd). */
function parity(type: Type, a: Node, kept: bigint, make: Make): Node | null {
  const by = a.op === 'shl' && isConst(a.args[1]!) ? a.args[1]!.value : 0n;
  const ones = by > 0n ? resolve(a.args[0]!) : a;
  if (
    type !== 'i32' ||
    ones.op !== 'popcnt' ||
    ones.args[0]!.type !== 'i32' ||
    BigInt.asUintN(32, kept) !== 1n << by
  )
    return null;
  const bit = make('popcnt', type, [ones.args[0]!], { name: 'parity' });
  return by > 0n ? make('shl', type, [bit, a.args[1]!]) : bit;
}

function withConstant(g: Graph, n: Node, a: Node, b: Node, make: Make): Node | null {
  const { op, type } = n;
  const c = b.value;
  switch (op) {
    case 'sub':
      return make('add', type, [a, g.constant(type, -c)]);
    case 'add':
      if (c === 0n) return a;
      if (a.op === 'add' && isConst(a.args[1]!))
        return make('add', type, [a.args[0]!, g.constant(type, a.args[1]!.value + c)]);
      return null;
    case 'mul':
      if (c === 0n) return b;
      if (c === 1n) return a;
      if (isPower(unsigned(b))) return make('shl', type, [a, g.constant(type, BigInt(log2(unsigned(b))))]);
      return null;
    case 'and': {
      if (c === 0n) return b;
      if (c === -1n) return a;
      if (a.op === 'and' && isConst(a.args[1]!))
        return make('and', type, [a.args[0]!, g.constant(type, a.args[1]!.value & c)]);
      // A mask that keeps all bits that can be set does nothing.
      if (a.op === 'load' && !a.signed && type === 'i32' && (unsigned(b) & mask(a.bytes)) === mask(a.bytes))
        return a;
      if (isComparison(a) && (c & 1n) === 1n) return a;
      return parity(type, a, c, make);
    }
    case 'or':
    case 'xor':
      return c === 0n ? a : null;
    case 'shl':
    case 'shr_s':
    case 'shr_u': {
      const s = c & (width(type) - 1n);
      if (s === 0n) return a;
      if (s !== c) return make(op, type, [a, g.constant(type, s)]);
      if (a.op === op && isConst(a.args[1]!)) {
        const sum = a.args[1]!.value + s;
        if (sum < width(type)) return make(op, type, [a.args[0]!, g.constant(type, sum)]);
        if (op === 'shr_s') return make(op, type, [a.args[0]!, g.constant(type, width(type) - 1n)]);
        return g.constant(type, 0n);
      }
      // A mask moves along: the shift comes first (match.pd).
      if (op === 'shl' && type === 'i32' && a.op === 'and' && isConst(a.args[1]!))
        return make('and', type, [
          make('shl', type, [a.args[0]!, b]),
          g.constant(type, a.args[1]!.value << s),
        ]);
      // A field out of the middle: shift first, then mask.
      if (op !== 'shl' && type === 'i32' && a.op === 'and' && isConst(a.args[1]!)) {
        const m = unsigned(a.args[1]!) >> s;
        if (a.args[1]!.value > 0n && isPower(m + 1n))
          return make('and', type, [make('shr_u', type, [a.args[0]!, b]), g.constant(type, m)]);
      }
      if (type === 'i32' && op === 'shr_s' && a.op === 'shl' && isConst(a.args[1]!, Number(s))) {
        if (s === 24n) return make('ext8', type, [a.args[0]!]);
        if (s === 16n) return make('ext16', type, [a.args[0]!]);
      }
      return null;
    }
    case 'rotl':
    case 'rotr':
      return (c & (width(type) - 1n)) === 0n ? a : null;
    case 'eq':
    case 'ne':
      if (c === 0n && isComparison(a)) return op === 'ne' ? a : make(inverse[a.op]!, 'i32', a.args);
      if (a.op === 'xor' && c === 0n) return make(op, 'i32', a.args);
      return null;
    case 'lt_u':
      return c === 1n ? make('eq', 'i32', [a, g.constant(a.type, 0n)]) : null;
    case 'ge_u':
      return c === 1n ? make('ne', 'i32', [a, g.constant(a.type, 0n)]) : null;
    case 'gt_u':
      return c === 0n ? make('ne', 'i32', [a, b]) : null;
    case 'le_u':
      return c === 0n ? make('eq', 'i32', [a, b]) : null;
    default:
      return null;
  }
}

/** x + c == d is x == d - c; gcc does so only where nothing else wants the sum. */
export function undoneSum(g: Graph, { op, args }: Node, make: Make): Node | null {
  const [sum, to] = args;
  if (!/^(eq|ne)$/.test(op) || sum!.op !== 'add' || !isConst(to!) || !isConst(sum!.args[1]!)) return null;
  return make(op, 'i32', [sum!.args[0]!, g.constant(sum!.type, to!.value - sum!.args[1]!.value)]);
}

const mask = (bytes: number): bigint => (1n << BigInt(8 * bytes)) - 1n;

function simplifySelect(g: Graph, n: Node, make: Make): Node | null {
  const [c, x, y] = n.args as [Node, Node, Node];
  if (isConst(c)) return c.value !== 0n ? x : y;
  if (x === y) return x;
  if (isConst(c.args[1] ?? c) && c.op === 'eq' && c.args[1]!.value === 0n && isComparison(c.args[0]!))
    return make('select', n.type, [c.args[0]!, y, x], {
      chosen: n.chosen && { ...n.chosen, first: 1 - n.chosen.first },
    });
  // A choice between 1 and 0 is the comparison itself.
  if (n.type === 'i32' && isComparison(c) && isConst(x, 1) && isConst(y, 0)) return c;
  if (n.type === 'i32' && isComparison(c) && isConst(x, 0) && isConst(y, 1))
    return make(inverse[c.op]!, 'i32', c.args);
  void g;
  return null;
}

function lowWord(g: Graph, a: Node): Node | null {
  if (a.op === 'sext' || a.op === 'zext') return a.args[0]!;
  return isConst(a) ? g.constant('i32', a.value) : null;
}

/** The low word of what is computed for it alone, of words (match.pd). */
export function narrowed(n: Node, isUsedOnce: (n: Node) => boolean, make: Make): Node | null {
  const a = n.args[0];
  if (n.op !== 'wrap' || !/^(add|sub|mul|and|or|xor)$/.test(a!.op) || !isUsedOnce(a!)) return null;
  const words = a!.args.map(resolve) as [Node, Node];
  if (!words.some((x) => x.op === 'sext' || x.op === 'zext' || x.op === 'const')) return null;
  const [low, other] = words.map((x) => make('wrap', 'i32', [x])) as [Node, Node];
  return make(a!.op, 'i32', [low, other]);
}

/** Value of an operation on constants; null where it is not computed here. */
export function evaluate(n: { op: string; args: readonly Pick<Node, 'type' | 'value'>[] }): bigint | null {
  const [a, b] = n.args.map((x) => x.value) as [bigint, bigint | undefined];
  const bits = Number(width(n.args[0]!.type));
  const u = (v: bigint) => BigInt.asUintN(bits, v);
  const shift = () => u(b!) % BigInt(bits);
  const bool = (v: boolean) => (v ? 1n : 0n);
  switch (n.op) {
    case 'add':
      return a + b!;
    case 'sub':
      return a - b!;
    case 'mul':
      return a * b!;
    case 'and':
      return a & b!;
    case 'or':
      return a | b!;
    case 'xor':
      return a ^ b!;
    case 'shl':
      return a << shift();
    case 'shr_s':
      return a >> shift();
    case 'shr_u':
      return u(a) >> shift();
    case 'rotl':
      return (u(a) << shift()) | (u(a) >> (BigInt(bits) - shift()));
    case 'eq':
      return bool(a === b);
    case 'ne':
      return bool(a !== b);
    case 'lt_s':
      return bool(a < b!);
    case 'gt_s':
      return bool(a > b!);
    case 'le_s':
      return bool(a <= b!);
    case 'ge_s':
      return bool(a >= b!);
    case 'lt_u':
      return bool(u(a) < u(b!));
    case 'gt_u':
      return bool(u(a) > u(b!));
    case 'le_u':
      return bool(u(a) <= u(b!));
    case 'ge_u':
      return bool(u(a) >= u(b!));
    case 'div_s':
      return b === 0n ? null : a / b!;
    case 'div_u':
      return b === 0n ? null : u(a) / u(b!);
    case 'rem_s':
      return b === 0n ? null : a % b!;
    case 'rem_u':
      return b === 0n ? null : u(a) % u(b!);
    case 'wrap':
    case 'sext':
      return a;
    case 'zext':
      return BigInt.asUintN(32, a);
    case 'ext8':
      return BigInt.asIntN(8, a);
    case 'ext16':
      return BigInt.asIntN(16, a);
    case 'ext32':
      return BigInt.asIntN(32, a);
    default:
      return null;
  }
}
