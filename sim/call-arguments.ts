/** The arguments of a call as a person types them, turned into what the parameters of the entry take. */
import { callRefusals, cliRefusals, simRefusals } from '../common/refusals/index.ts';
import type { ValueType, WasmFunction } from './wasm/module.ts';

const fits: Record<ValueType, string> = {
  i32: 'a whole number from -2147483648 to 4294967295, in decimal or as 0x hexadecimal',
  i64: 'a whole number of at most 64 bits, in decimal or as 0x hexadecimal',
  f32: 'a decimal number, 0x hexadecimal, inf or nan; beyond 3.4e38 write inf',
  f64: 'a decimal number, 0x hexadecimal, inf or nan; beyond 1.8e308 write inf',
};

const integer = /^[+-]?(0x[0-9a-f]+|\d+)$/i;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const named = /^([+-]?)(inf|infinity|nan)$/i;

/**
 * One word for each parameter. Refuses another number of them (ESC511), what is no number (ESC610) and a number that its parameter
 * cannot hold (ESC426).
 */
export function callArguments(
  { type }: WasmFunction,
  entry: string,
  words: readonly string[],
): (number | bigint)[] {
  const { params } = type;
  if (params.length !== words.length)
    throw simRefusals.wrongArguments(entry, params.join(', '), words.length);
  return words.map((word, i) => {
    if (!isNumber(word)) throw cliRefusals.badArgument(word);
    const value = valueOf(word, params[i]!);
    if (value === undefined)
      throw callRefusals.argumentDoesNotFit(entry, i + 1, params[i]!, word, fits[params[i]!]);
    return value;
  });
}

const isNumber = (word: string): boolean => integer.test(word) || decimal.test(word) || named.test(word);

function valueOf(word: string, type: ValueType): number | bigint | undefined {
  if (type === 'f32' || type === 'f64') return float(word, type);
  const value = whole(word);
  const bits = type === 'i32' ? 32n : 64n;
  if (value === undefined || value < -(1n << (bits - 1n)) || value >= 1n << bits) return undefined;
  return type === 'i64' ? BigInt.asIntN(64, value) : Number(BigInt.asIntN(32, value));
}

/** 1e3 and 5.0 are whole numbers too. */
function whole(word: string): bigint | undefined {
  if (integer.test(word)) {
    const sign = word.startsWith('-') ? -1n : 1n;
    return sign * BigInt(word.replace(/^[+-]/, ''));
  }
  const value = Number(word);
  return Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

function float(word: string, type: 'f32' | 'f64'): number | undefined {
  const special = named.exec(word);
  if (special)
    return special[2]!.toLowerCase() === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  const value = integer.test(word) ? signed(word) : Number(word);
  const rounded = type === 'f32' ? Math.fround(value) : value;
  return Number.isFinite(rounded) ? value : undefined;
}

/** Number() refuses a sign in front of 0x. */
function signed(word: string): number {
  const size = Number(word.replace(/^[+-]/, ''));
  return word.startsWith('-') ? -size : size;
}
