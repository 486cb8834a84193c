/** Expressions that control flow may depend on, and what is known of their values. */
import {
  formOperator,
  isForm,
  keyOf,
  loadFrom,
  lost,
  same,
  type Circumstances,
  type Value,
} from './value.ts';

export type { Value } from './value.ts';

export type Expression =
  | { kind: 'constant'; value: number | bigint | undefined }
  | { kind: 'variable'; index: number }
  | { kind: 'operator'; name: string; args: Expression[] }
  | { kind: 'load'; address: Expression; offset: number; bytes: number; signed: boolean; wide: boolean };

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

const wide: Record<string, (a: bigint, b: bigint) => number | bigint> = {
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

const unary: Record<string, (a: number | bigint) => number | bigint> = {
  'i32.eqz': (a) => bool(a === 0),
  'i64.eqz': (a) => bool(a === 0n),
  'i32.wrap_i64': (a) => Number(BigInt.asIntN(32, a as bigint)),
  'i64.extend_i32_s': (a) => BigInt(a),
  'i64.extend_i32_u': (a) => BigInt((a as number) >>> 0),
  'i32.clz': (a) => Math.clz32(a as number),
  'i32.extend8_s': (a) => ((a as number) << 24) >> 24,
  'i32.extend16_s': (a) => ((a as number) << 16) >> 16,
};

export type Evaluate = (variables: readonly Value[], at: Circumstances) => Value;

/** A closure that evaluates an expression; made once, run many times. */
export function evaluator(e: Expression): Evaluate {
  if (e.kind === 'constant') return () => e.value;
  if (e.kind === 'variable') return (v) => v[e.index];
  if (e.kind === 'load') {
    const address = evaluator(e.address);
    const { offset } = e;
    if (offset === 0) return (v, at) => loadFrom(at, address(v, at), e);
    return (v, at) => {
      const a = address(v, at);
      if (a === undefined || a === lost) return a;
      const moved = isForm(a) ? formOperator('add', a, offset, at) : ((a as number) + offset) | 0;
      return loadFrom(at, moved, e);
    };
  }
  const [type, op] = e.name.split('.') as [string, string];
  const args = e.args.map(evaluator);
  if (e.name === 'select') {
    const [first, second, condition] = args as [Evaluate, Evaluate, Evaluate];
    return (v, at) => {
      const c = condition(v, at);
      if (c === lost || isForm(c)) return lost;
      if (c !== undefined) return c ? first(v, at) : second(v, at);
      const a = first(v, at);
      return same(a, second(v, at)) ? a : undefined;
    };
  }
  if (args.length === 1) {
    const f = unary[e.name];
    const [a] = args as [Evaluate];
    if (!f) return () => undefined;
    return (v, at) => {
      const x = a(v, at);
      if (x === undefined || x === lost) return x;
      if (isForm(x)) return e.name === 'i32.eqz' ? formOperator('eq', x, 0, at) : lost;
      return f(x);
    };
  }
  const [a, b] = args as [Evaluate, Evaluate];
  const narrow = type === 'i32' ? binary[op] : undefined;
  const rule = narrow ? absorbed[op] : undefined;
  if (narrow)
    return (v, at) => {
      const x = a(v, at);
      const y = b(v, at);
      if (typeof x === 'number' && typeof y === 'number') return narrow(x, y);
      if (x === undefined || y === undefined) {
        const other = x === undefined ? y : x;
        if (op === 'and') return other === 0 ? 0 : other === lost ? lost : undefined;
        if (!rule) return undefined;
        const given = rule.side === 0 ? x : y;
        if (given === lost || isForm(given)) return lost;
        return given === rule.other ? rule.result : undefined;
      }
      if (x === lost || y === lost || typeof x === 'bigint' || typeof y === 'bigint') return lost;
      return formOperator(op, x, y, at);
    };
  const f64 = type === 'i64' ? wide[op] : undefined;
  if (f64)
    return (v, at) => {
      const x = a(v, at);
      const y = b(v, at);
      if (typeof x === 'bigint' && typeof y === 'bigint') return f64(x, y);
      return x === undefined || y === undefined ? undefined : lost;
    };
  return () => undefined;
}

/** What an unknown value can be, where every choice in it is between known ones; at most `most` of them. */
export function possibleValues(
  e: Expression,
  variables: readonly Value[],
  at: Circumstances,
  most: number,
): Value[] | undefined {
  if (e.kind === 'variable' || e.kind === 'constant') {
    const value = e.kind === 'variable' ? variables[e.index] : e.value;
    return value === undefined ? undefined : [value];
  }
  const given = e.kind === 'load' ? [e.address] : e.args;
  if (e.kind === 'operator' && e.name === 'select') {
    const [first, second, condition] = e.args as [Expression, Expression, Expression];
    const known = evaluator(condition)(variables, at);
    const arms = known === undefined ? [first, second] : [known ? first : second];
    const each = arms.map((arm) => possibleValues(arm, variables, at, most));
    return each.every((v) => v !== undefined) ? distinct(each.flat(), most) : undefined;
  }
  const each = given.map((g) => possibleValues(g, variables, at, most));
  if (!each.every((v) => v !== undefined)) return undefined;
  let results: Value[][] = [[]];
  for (const values of each) {
    results = results.flatMap((r) => values.map((v): Value[] => [...r, v]));
    if (results.length > most) return undefined;
  }
  const slots = given.map((_, index): Expression => ({ kind: 'variable', index }));
  const whole = evaluator(e.kind === 'load' ? { ...e, address: slots[0]! } : { ...e, args: slots });
  const values = results.map((r) => whole(r, at));
  return values.every((v) => v !== undefined) ? distinct(values, most) : undefined;
}

function distinct(values: readonly Value[], most: number): Value[] | undefined {
  const found = [...new Map(values.map((v): [string, Value] => [keyOf(v), v])).values()];
  return found.length <= most ? found : undefined;
}

export function variablesOf(e: Expression, into: Set<number>): void {
  if (e.kind === 'variable') into.add(e.index);
  else if (e.kind === 'operator') for (const a of e.args) variablesOf(a, into);
  else if (e.kind === 'load') variablesOf(e.address, into);
}

/** Whether the value may be worked out at all. */
export function canKnow(e: Expression): boolean {
  if (e.kind === 'constant') return e.value !== undefined;
  if (e.kind === 'variable') return true;
  if (e.kind === 'load') return canKnow(e.address);
  if (e.name === 'select') return true;
  // A comparison with zero, and what is masked by zero, may be known although a side is not.
  if (/^i32\.((gt|lt|le|ge)_u|and)$/.test(e.name)) return e.args.some(canKnow);
  return e.args.every(canKnow);
}

/** Expressions inside, this one included. */
export function* within(e: Expression): Generator<Expression> {
  yield e;
  if (e.kind === 'load') yield* within(e.address);
  if (e.kind === 'operator') for (const a of e.args) yield* within(a);
}
