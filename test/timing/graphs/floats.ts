/** Floating-point values as their bits, and what computes with them. */
import type { ValueType } from '../../../sim/wasm/module.ts';
import type { Word } from './translate.ts';

const view = new DataView(new ArrayBuffer(8));

/** A value of this engine as a word of a graph. */
export function toBits(type: ValueType, x: number | bigint): Word {
  if (type === 'i64' || type === 'i32') return x;
  if (type === 'f32') view.setFloat32(0, Number(x));
  else view.setFloat64(0, Number(x));
  return type === 'f32' ? view.getInt32(0) : view.getBigInt64(0);
}

export function fromBits(type: ValueType, x: Word): number | bigint {
  if (type === 'i64') return BigInt(x);
  if (type === 'i32') return Number(x);
  if (type === 'f32') view.setInt32(0, Number(x));
  else view.setBigInt64(0, BigInt(x));
  return type === 'f32' ? view.getFloat32(0) : view.getFloat64(0);
}

const binary: Record<string, (x: number, y: number) => number | boolean> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  min: Math.min,
  max: Math.max,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  lt: (x, y) => x < y,
  gt: (x, y) => x > y,
  le: (x, y) => x <= y,
  ge: (x, y) => x >= y,
};

const unary: Record<string, (x: number) => number> = {
  abs: Math.abs,
  neg: (x) => -x,
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  nearest: (x) => {
    const down = Math.floor(x);
    const half = x - down === 0.5;
    return half ? (down % 2 === 0 ? down : down + 1) : Math.round(x);
  },
};

/** One operator of WebAssembly on bits. */
export function computeFloat(name: string, args: readonly Word[]): Word {
  const [type, operator] = name.split('.') as [ValueType, string];
  const compute = binary[operator];
  if (compute) {
    const [x, y] = args.map((a) => Number(fromBits(type, a))) as [number, number];
    const result = compute(x, y);
    return typeof result === 'boolean' ? Number(result) : toBits(type, result);
  }
  const alone = unary[operator];
  if (alone) return toBits(type, alone(Number(fromBits(type, args[0]!))));
  const from = /(?:_)([if](?:32|64))/.exec(operator)?.[1] as ValueType;
  if (operator.startsWith('reinterpret')) return args[0]!;
  const x = fromBits(from, args[0]!);
  if (operator.startsWith('convert')) {
    const bits = from === 'i64' ? 64 : 32;
    return toBits(type, Number(operator.endsWith('_u') ? BigInt.asUintN(bits, BigInt(x)) : x));
  }
  if (/^(promote|demote)/.test(operator)) return toBits(type, x);
  if (operator.startsWith('trunc')) return truncated(type, Number(x), operator.endsWith('_s'));
  throw new Error(`an operator that nobody computes: ${name}`);
}

function truncated(type: ValueType, x: number, signed: boolean): Word {
  const bits = type === 'i64' ? 64 : 32;
  const [low, high] = signed
    ? [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n]
    : [0n, 2n ** BigInt(bits) - 1n];
  let whole = 0n;
  if (x === Infinity) whole = high;
  else if (x === -Infinity) whole = low;
  else if (!Number.isNaN(x)) whole = BigInt(Math.trunc(x));
  const kept = whole < low ? low : whole > high ? high : whole;
  return bits === 64 ? BigInt.asIntN(64, kept) : Number(BigInt.asIntN(32, kept));
}
