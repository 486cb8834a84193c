/**
 * What 32-bit operators do to affine forms and ranges (WebAssembly core specification, section 4.3). Whatever is not
 * listed gives an unknown value, which is always right.
 */
import {
  add,
  constant,
  equal,
  isConstant,
  MODULUS,
  onlySymbol,
  scale,
  subtract,
  type Affine,
  type Range,
} from './affine.ts';
import { BOOLEAN, canonical, FULL_RANGE, signed, unsigned } from './range.ts';
import { rangeOf, settled, type State, type Symbols } from './state.ts';
import { negate, type Comparison, type ComparisonOp, type Value } from './value.ts';

type Binary = (s: State, a: Affine, b: Affine, symbols: Symbols) => Value;

/** Bits of the smallest two's complement that holds the range, sign included. */
const signedBits = ({ lo, hi }: Range): number => {
  let bits = 1;
  while (lo < -(2 ** (bits - 1)) || hi >= 2 ** (bits - 1)) bits++;
  return bits;
};
/** All ones up to the highest bit of a non-negative number. */
const mask = (x: number): number => 2 ** (32 - Math.clz32(x)) - 1;

const multiply: Binary = (s, a, b, symbols) => {
  if (isConstant(a)) return { affine: scale(b, a.constant) };
  if (isConstant(b)) return { affine: scale(a, b.constant) };
  const x = rangeOf(s, a);
  const y = rangeOf(s, b);
  const ends = [x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi];
  return symbols.value(bounded({ lo: Math.min(...ends), hi: Math.max(...ends) }));
};

const bounded = (r: Range): Range =>
  r.hi - r.lo < MODULUS && Number.isSafeInteger(r.lo) && Number.isSafeInteger(r.hi)
    ? canonical(r)
    : FULL_RANGE;

const and: Binary = (s, a, b, symbols) => {
  const x = unsigned(rangeOf(s, a));
  const y = unsigned(rangeOf(s, b));
  if (isConstant(a) && isConstant(b)) return { affine: constant(a.constant & b.constant) };
  const highest = Math.min(x?.hi ?? MODULUS - 1, y?.hi ?? MODULUS - 1);
  return symbols.value(highest < MODULUS - 1 ? { lo: 0, hi: highest } : FULL_RANGE);
};

/** or, xor: the result needs no more bits than the wider operand. */
const bitwise =
  (compute: (x: number, y: number) => number, isXor: boolean): Binary =>
  (s, a, b, symbols) => {
    if (isConstant(a) && isConstant(b)) return { affine: constant(compute(a.constant, b.constant)) };
    if (isConstant(b) && b.constant === 0) return { affine: a };
    if (isConstant(a) && a.constant === 0) return { affine: b };
    const x = signed(rangeOf(s, a));
    const y = signed(rangeOf(s, b));
    const origin = isXor ? (flipped(a, b, symbols) ?? flipped(b, a, symbols)) : undefined;
    if (!x || !y) return symbols.value(FULL_RANGE, origin);
    if (x.lo >= 0 && y.lo >= 0) return symbols.value({ lo: 0, hi: mask(Math.max(x.hi, y.hi)) }, origin);
    const bits = Math.max(signedBits(x), signedBits(y));
    return symbols.value({ lo: -(2 ** (bits - 1)), hi: 2 ** (bits - 1) - 1 }, origin);
  };

/** x ^ (x >> 31): the first half of taking a magnitude without a branch. */
function flipped(x: Affine, sign: Affine, symbols: Symbols) {
  const symbol = onlySymbol(sign);
  const origin = symbol && symbols.origins.get(symbol);
  return symbol && origin?.kind === 'sign' && equal(origin.of, x)
    ? { kind: 'flipped' as const, of: x, by: symbol }
    : undefined;
}

const minus: Binary = (s, a, b, symbols) => {
  const symbol = onlySymbol(a);
  const origin = symbol && symbols.origins.get(symbol);
  if (origin?.kind === 'flipped' && onlySymbol(b) === origin.by) {
    const r = signed(rangeOf(s, origin.of));
    if (r) return symbols.value({ lo: r.lo > 0 ? r.lo : r.hi < 0 ? -r.hi : 0, hi: Math.max(-r.lo, r.hi) });
  }
  return { affine: subtract(a, b) };
};

const shiftLeft: Binary = (_s, a, b, symbols) =>
  isConstant(b) ? { affine: scale(a, (2 ** (b.constant & 31)) | 0) } : symbols.value(FULL_RANGE);

const shiftRightSigned: Binary = (s, a, b, symbols) => {
  if (!isConstant(b)) {
    const r = signed(rangeOf(s, a));
    return symbols.value(r ? { lo: Math.min(r.lo, 0), hi: Math.max(r.hi, 0) } : FULL_RANGE);
  }
  const places = b.constant & 31;
  if (places === 0) return { affine: a };
  if (isConstant(a)) return { affine: constant(a.constant >> places) };
  const r = signed(rangeOf(s, a)) ?? FULL_RANGE;
  const origin = places === 31 ? { kind: 'sign' as const, of: a } : undefined;
  return symbols.value({ lo: r.lo >> places, hi: r.hi >> places }, origin);
};

const shiftRightUnsigned: Binary = (s, a, b, symbols) => {
  const r = unsigned(rangeOf(s, a)) ?? { lo: 0, hi: MODULUS - 1 };
  if (!isConstant(b)) return symbols.value({ lo: 0, hi: r.hi });
  const places = b.constant & 31;
  if (places === 0) return { affine: a };
  return symbols.value({ lo: Math.floor(r.lo / 2 ** places), hi: Math.floor(r.hi / 2 ** places) });
};

const divideUnsigned: Binary = (s, a, b, symbols) => {
  const x = unsigned(rangeOf(s, a)) ?? { lo: 0, hi: MODULUS - 1 };
  const y = unsigned(rangeOf(s, b)) ?? { lo: 1, hi: MODULUS - 1 };
  return symbols.value({
    lo: Math.floor(x.lo / Math.max(y.hi, 1)),
    hi: Math.floor(x.hi / Math.max(y.lo, 1)),
  });
};

const remainderUnsigned: Binary = (s, a, b, symbols) => {
  const x = unsigned(rangeOf(s, a)) ?? { lo: 0, hi: MODULUS - 1 };
  const y = unsigned(rangeOf(s, b)) ?? { lo: 0, hi: MODULUS - 1 };
  return symbols.value({ lo: 0, hi: Math.min(x.hi, Math.max(y.hi - 1, 0)) });
};

const divideSigned: Binary = (s, a, b, symbols) => {
  const x = signed(rangeOf(s, a));
  const y = signed(rangeOf(s, b));
  if (!x || !y || y.lo <= 0) return symbols.value(FULL_RANGE);
  const ends = [x.lo / y.lo, x.lo / y.hi, x.hi / y.lo, x.hi / y.hi].map(Math.trunc);
  return symbols.value({ lo: Math.min(...ends), hi: Math.max(...ends) });
};

const remainderSigned: Binary = (s, a, b, symbols) => {
  const x = signed(rangeOf(s, a)) ?? FULL_RANGE;
  const y = signed(rangeOf(s, b));
  if (!y || y.lo <= 0) return symbols.value(FULL_RANGE);
  const most = y.hi - 1;
  return symbols.value({ lo: x.lo < 0 ? Math.max(x.lo, -most) : 0, hi: x.hi > 0 ? Math.min(x.hi, most) : 0 });
};

const binaries: Record<string, Binary> = {
  'i32.add': (_s, a, b) => ({ affine: add(a, b) }),
  'i32.sub': minus,
  'i32.mul': multiply,
  'i32.and': and,
  'i32.or': bitwise((x, y) => x | y, false),
  'i32.xor': bitwise((x, y) => x ^ y, true),
  'i32.shl': shiftLeft,
  'i32.shr_s': shiftRightSigned,
  'i32.shr_u': shiftRightUnsigned,
  'i32.div_u': divideUnsigned,
  'i32.rem_u': remainderUnsigned,
  'i32.div_s': divideSigned,
  'i32.rem_s': remainderSigned,
};

const comparisonName = /^i32\.(lt|le|gt|ge|eq|ne)(_[su])?$/;

export function binary(s: State, name: string, a: Value, b: Value, symbols: Symbols): Value | undefined {
  const operate = binaries[name];
  const matched = comparisonName.exec(name);
  if (!operate && !matched) return undefined;
  if (!a.affine || !b.affine) return symbols.value(matched ? BOOLEAN : FULL_RANGE);
  const x = settled(s, a.affine);
  const y = settled(s, b.affine);
  if (operate) return operate(s, x, y, symbols);
  const comparison: Comparison = {
    op: matched![1] as ComparisonOp,
    signed: matched![2] !== '_u',
    left: x,
    right: y,
  };
  return { ...symbols.value(BOOLEAN), comparison };
}

/** What holds when the value, used as a condition, is not zero. */
export function truth(v: Value): Comparison | undefined {
  if (v.comparison) return v.comparison;
  return v.affine && { op: 'ne', signed: false, left: v.affine, right: constant(0) };
}

const loads: Record<string, Range> = {
  'i32.load8_s': { lo: -128, hi: 127 },
  'i32.load8_u': { lo: 0, hi: 255 },
  'i32.load16_s': { lo: -32768, hi: 32767 },
  'i32.load16_u': { lo: 0, hi: 65535 },
};

/** What a load can give, whatever lies in memory. */
export const loaded = (name: string, symbols: Symbols): Value =>
  name.startsWith('i32') ? symbols.value(loads[name] ?? FULL_RANGE) : {};

export function unary(s: State, name: string, a: Value, symbols: Symbols): Value | undefined {
  switch (name) {
    case 'i32.eqz': {
      const holds = truth(a);
      return { ...symbols.value(BOOLEAN), ...(holds ? { comparison: negate(holds) } : {}) };
    }
    case 'i64.eqz':
      return symbols.value(BOOLEAN);
    case 'i32.extend8_s':
      return extended(s, a, { lo: -128, hi: 127 }, symbols);
    case 'i32.extend16_s':
      return extended(s, a, { lo: -32768, hi: 32767 }, symbols);
    case 'i32.clz':
    case 'i32.ctz':
    case 'i32.popcnt':
      return symbols.value({ lo: 0, hi: 32 });
    case 'i32.wrap_i64':
    case 'i32.reinterpret_f32':
      return symbols.value(FULL_RANGE);
    default:
      return undefined;
  }
}

function extended(s: State, a: Value, to: Range, symbols: Symbols): Value {
  const r = a.affine && rangeOf(s, a.affine);
  return r && r.lo >= to.lo && r.hi <= to.hi ? a : symbols.value(to);
}

export const constantValue = (value: number): Value => ({ affine: constant(value) });
export const anything = (symbols: Symbols): Value => symbols.value(FULL_RANGE);
