/** Values that control flow may depend on: known numbers, or undefined for what only the data tell. */

/** i32 as a signed number, i64 as a signed bigint. */
export type Value = number | bigint | undefined;

export type Expression =
  | { kind: 'constant'; value: Value }
  | { kind: 'variable'; index: number }
  | { kind: 'operator'; name: string; args: Expression[] };

export const unknown: Expression = { kind: 'constant', value: undefined };

type Binary = (a: number, b: number) => number | undefined;

const bool = (b: boolean): number => Number(b);

/** What is known although one side is not: nothing is below zero without a sign, and all is at least zero. */
const absorbed: Record<string, { side: 0 | 1; other: number; result: number }> = {
  gt_u: { side: 0, other: 0, result: 0 },
  lt_u: { side: 1, other: 0, result: 0 },
  le_u: { side: 0, other: 0, result: 1 },
  ge_u: { side: 1, other: 0, result: 1 },
};

const binary: Record<string, Binary> = {
  add: (a, b) => (a + b) | 0,
  sub: (a, b) => (a - b) | 0,
  mul: Math.imul,
  div_s: (a, b) => (b === 0 ? undefined : (a / b) | 0),
  div_u: (a, b) => (b === 0 ? undefined : Math.trunc((a >>> 0) / (b >>> 0)) | 0),
  rem_s: (a, b) => (b === 0 ? undefined : (a % b) | 0),
  rem_u: (a, b) => (b === 0 ? undefined : ((a >>> 0) % (b >>> 0)) | 0),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shl: (a, b) => a << b,
  shr_s: (a, b) => a >> b,
  shr_u: (a, b) => (a >>> b) | 0,
  eq: (a, b) => bool(a === b),
  ne: (a, b) => bool(a !== b),
  lt_s: (a, b) => bool(a < b),
  gt_s: (a, b) => bool(a > b),
  le_s: (a, b) => bool(a <= b),
  ge_s: (a, b) => bool(a >= b),
  lt_u: (a, b) => bool(a >>> 0 < b >>> 0),
  gt_u: (a, b) => bool(a >>> 0 > b >>> 0),
  le_u: (a, b) => bool(a >>> 0 <= b >>> 0),
  ge_u: (a, b) => bool(a >>> 0 >= b >>> 0),
};

const wide: Record<string, (a: bigint, b: bigint) => Value> = {
  add: (a, b) => BigInt.asIntN(64, a + b),
  sub: (a, b) => BigInt.asIntN(64, a - b),
  mul: (a, b) => BigInt.asIntN(64, a * b),
  shl: (a, b) => BigInt.asIntN(64, a << (b & 63n)),
  shr_s: (a, b) => a >> (b & 63n),
  shr_u: (a, b) => BigInt.asIntN(64, BigInt.asUintN(64, a) >> (b & 63n)),
  eq: (a, b) => bool(a === b),
  ne: (a, b) => bool(a !== b),
  lt_s: (a, b) => bool(a < b),
  gt_s: (a, b) => bool(a > b),
  le_s: (a, b) => bool(a <= b),
  ge_s: (a, b) => bool(a >= b),
  lt_u: (a, b) => bool(BigInt.asUintN(64, a) < BigInt.asUintN(64, b)),
  gt_u: (a, b) => bool(BigInt.asUintN(64, a) > BigInt.asUintN(64, b)),
};

const unary: Record<string, (a: number | bigint) => Value> = {
  'i32.eqz': (a) => bool(a === 0),
  'i64.eqz': (a) => bool(a === 0n),
  'i32.wrap_i64': (a) => Number(BigInt.asIntN(32, a as bigint)),
  'i64.extend_i32_s': (a) => BigInt(a),
  'i64.extend_i32_u': (a) => BigInt((a as number) >>> 0),
  'i32.clz': (a) => Math.clz32(a as number),
  'i32.extend8_s': (a) => ((a as number) << 24) >> 24,
  'i32.extend16_s': (a) => ((a as number) << 16) >> 16,
};

export type Evaluate = (variables: readonly Value[]) => Value;

export function evaluator(e: Expression): Evaluate {
  if (e.kind === 'constant') return () => e.value;
  if (e.kind === 'variable') return (v) => v[e.index];
  const [type, op] = e.name.split('.') as [string, string];
  const args = e.args.map(evaluator);
  if (e.name === 'select') {
    const [first, second, condition] = args as [Evaluate, Evaluate, Evaluate];
    return (v) => {
      const c = condition(v);
      if (c !== undefined) return c ? first(v) : second(v);
      const a = first(v);
      return a === second(v) ? a : undefined;
    };
  }
  if (args.length === 1) {
    const f = unary[e.name];
    const [a] = args as [Evaluate];
    if (!f) return () => undefined;
    return (v) => {
      const x = a(v);
      return x === undefined ? undefined : f(x);
    };
  }
  const [a, b] = args as [Evaluate, Evaluate];
  const f32 = type === 'i32' ? binary[op] : undefined;
  if (f32 && op in absorbed) {
    const { side, other, result } = absorbed[op]!;
    const given = [a, b][side]!;
    return (v) => {
      const x = a(v);
      const y = b(v);
      if (typeof x === 'number' && typeof y === 'number') return f32(x, y);
      return given(v) === other ? result : undefined;
    };
  }
  if (f32)
    return (v) => {
      const x = a(v);
      const y = b(v);
      return typeof x === 'number' && typeof y === 'number' ? f32(x, y) : undefined;
    };
  const f64 = type === 'i64' ? wide[op] : undefined;
  if (f64)
    return (v) => {
      const x = a(v);
      const y = b(v);
      return typeof x === 'bigint' && typeof y === 'bigint' ? f64(x, y) : undefined;
    };
  return () => undefined;
}

export function variablesOf(e: Expression, into: Set<number>): void {
  if (e.kind === 'variable') into.add(e.index);
  else if (e.kind === 'operator') for (const a of e.args) variablesOf(a, into);
}

/** Whether the value may be worked out at all. */
export function canKnow(e: Expression): boolean {
  if (e.kind === 'constant') return e.value !== undefined;
  if (e.kind === 'variable') return true;
  if (e.name === 'select') return true;
  // A comparison with zero may be known although a side is not.
  if (/^i32\.(gt|lt|le|ge)_u$/.test(e.name)) return e.args.some(canKnow);
  return e.args.every(canKnow);
}
