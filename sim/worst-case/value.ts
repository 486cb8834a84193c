/**
 * What the walk knows of a value: a number, how it grows from turn to turn of a loop whose turns are taken at once, or nothing.
 *
 *   i32    number, signed         i64    bigint, signed
 *   Form   i32 base + step * t, in turn t = 0, 1, ... up to the horizon
 *   lost   a number turn by turn, but no form: the loop must be walked turn by turn where it steers
 */

/** An i32 that grows by the same step each turn. */
export interface Form {
  base: number;
  step: number;
}

export const lost = Symbol('known turn by turn, but no form');

export type Value = number | bigint | Form | typeof lost | undefined;

export const isForm = (v: Value): v is Form => typeof v === 'object';

/** Bytes that nothing writes, by their address; ascending, apart. */
export interface ReadOnly {
  address: number;
  bytes: Uint8Array;
}

/** What holds while expressions are evaluated. */
export interface Circumstances {
  readOnly: readonly ReadOnly[];
  /** Loads that found something there. */
  hits: Set<object>;
  /** Turns for which everything that was answered stays so. */
  horizon: number;
}

const MAX = 2 ** 31 - 1;
const MIN = -(2 ** 31);

const until = (at: Circumstances, turns: number): void => {
  if (turns < at.horizon) at.horizon = turns;
};

/** A form as long as it does not leave 32 bits. */
export function formOf(base: number, step: number, at: Circumstances): Value {
  const start = base | 0;
  if (step === 0) return start;
  until(at, Math.floor(((step > 0 ? MAX : MIN) - start) / step) + 1);
  return { base: start, step };
}

const asForm = (v: number | Form): Form => (typeof v === 'number' ? { base: v, step: 0 } : v);

/** An operator on two values of which one is a form. */
export function formOperator(name: string, a: number | Form, b: number | Form, at: Circumstances): Value {
  const x = asForm(a);
  const y = asForm(b);
  switch (name) {
    case 'add':
      return formOf(x.base + y.base, x.step + y.step, at);
    case 'sub':
      return formOf(x.base - y.base, x.step - y.step, at);
    case 'mul': {
      const [form, times] = x.step === 0 ? [y, x] : [x, y];
      if (times.step !== 0 || Math.abs(form.base * times.base) > MAX) return lost;
      return formOf(form.base * times.base, form.step * times.base, at);
    }
    case 'shl': {
      if (y.step !== 0 || Math.abs(x.base * 2 ** (y.base & 31)) > MAX) return lost;
      return formOf(x.base * 2 ** (y.base & 31), x.step * 2 ** (y.base & 31), at);
    }
    case 'eq':
    case 'ne': {
      const gap = x.base - y.base;
      const step = x.step - y.step;
      if (gap === 0) {
        if (step !== 0) until(at, 1);
        return Number(name === 'eq');
      }
      const turn = -gap / step;
      if (step !== 0 && turn > 0 && Number.isInteger(turn)) until(at, turn);
      return Number(name === 'ne');
    }
  }
  const order = /^(lt|gt|le|ge)_([su])$/.exec(name);
  if (!order) return lost;
  if (order[2] === 'u' && !(staysPositive(x, at) && staysPositive(y, at))) return lost;
  // All four as: is the gap below zero, with or without "not".
  const [sign, shift, negated] = { lt: [1, 0, 0], ge: [1, 0, 1], gt: [-1, 0, 0], le: [-1, 0, 1] }[order[1]!]!;
  const below = isBelowZero(sign! * (x.base - y.base) + shift!, sign! * (x.step - y.step), at);
  return Number(below) ^ negated!;
}

function isBelowZero(gap: number, step: number, at: Circumstances): boolean {
  if (gap < 0) {
    if (step > 0) until(at, Math.ceil(-gap / step));
    return true;
  }
  if (step < 0) until(at, Math.floor(gap / -step) + 1);
  return false;
}

function staysPositive({ base, step }: Form, at: Circumstances): boolean {
  if (base < 0) return false;
  if (step < 0) until(at, Math.floor(base / -step) + 1);
  return true;
}

/** Value of a form in a turn. */
export const inTurn = (v: Value, turn: number): Value => (isForm(v) ? (v.base + v.step * turn) | 0 : v);

export function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  return isForm(a) && isForm(b) && a.base === b.base && a.step === b.step;
}

export const keyOf = (v: Value): string =>
  isForm(v) ? `${v.base}+${v.step}t` : typeof v === 'bigint' ? `${v}n` : String(v);

/** Little-endian bytes at an address that nothing writes; undefined elsewhere. */
export function loadFrom(
  at: Circumstances,
  address: Value,
  load: { bytes: number; signed: boolean; wide: boolean },
): Value {
  const { bytes, signed, wide } = load;
  if (address === undefined || at.readOnly.length === 0) return undefined;
  if (typeof address === 'number') {
    const from = address >>> 0;
    const block = at.readOnly.find((r) => from >= r.address && from + bytes <= r.address + r.bytes.length);
    if (!block) return undefined;
    at.hits.add(load);
    let value = 0n;
    for (let i = bytes - 1; i >= 0; i--)
      value = (value << 8n) | BigInt(block.bytes[from - block.address + i]!);
    const whole = signed ? BigInt.asIntN(8 * bytes, value) : value;
    return wide ? BigInt.asIntN(64, whole) : Number(BigInt.asIntN(32, whole));
  }
  if (!isForm(address) || address.base < 0) return lost;
  // Outside of all of them as long as it does not walk into one.
  const { base, step } = address;
  for (const r of at.readOnly) {
    const before = r.address - bytes - base;
    const behind = base - (r.address + r.bytes.length);
    if (before < 0 && behind < 0) return lost;
    if (before >= 0 && step > 0) until(at, Math.floor(before / step) + 1);
    if (behind >= 0 && step < 0) until(at, Math.floor(behind / -step) + 1);
  }
  return undefined;
}
