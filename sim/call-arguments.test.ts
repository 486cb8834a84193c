import { describe, expect, it } from 'vitest';
import { callArguments } from './call-arguments.ts';
import type { ValueType, WasmFunction } from './wasm/module.ts';

const entry = (...params: ValueType[]) => ({ type: { params, results: [] } }) as unknown as WasmFunction;
const one = (type: ValueType, word: string) => callArguments(entry(type), 'run', [word])[0];

describe('arguments of a call', () => {
  it.each([
    ['i32', '100', 100],
    ['i32', '-1', -1],
    ['i32', '+7', 7],
    ['i32', '0x10', 16],
    ['i32', '-0x10', -16],
    ['i32', '0xffffffff', -1],
    ['i32', '4294967295', -1],
    ['i32', '-2147483648', -2147483648],
    ['i32', '1e3', 1000],
    ['i32', '5.0', 5],
    ['i64', '9223372036854775807', 9223372036854775807n],
    ['i64', '-9223372036854775808', -9223372036854775808n],
    ['i64', '0xffffffffffffffff', -1n],
    ['i64', '9007199254740993', 9007199254740993n],
    ['f32', '2.5', 2.5],
    ['f32', '-0', -0],
    ['f64', '-0x10', -16],
    ['f64', '1e-300', 1e-300],
    ['f64', '-inf', -Infinity],
    ['f64', 'nan', Number.NaN],
  ] as const)('an %s takes %s', (type, word, value) => {
    expect(one(type, word)).toBe(value);
  });

  it.each([
    ['i32', '4294967296'],
    ['i32', '-2147483649'],
    ['i32', '2.5'],
    ['i32', 'nan'],
    ['i64', '18446744073709551616'],
    ['i64', '1e30'],
    ['f32', '1e39'],
    ['f64', '1e400'],
  ] as const)('refuses for an %s what it cannot hold: %s', (type, word) => {
    expect(() => one(type, word)).toThrow(/ESC426 Argument 1 of "run" is an [if]\d\d.*Give/);
  });

  it.each(['many', '0x', '1..2', '--1', '1_000', '0b1'])('refuses %s, which is no number', (word) => {
    expect(() => one('i32', word)).toThrow(/ESC610/);
    expect(() => one('f64', word)).toThrow(/ESC610/);
  });

  it('names what the entry takes where the number of words differs', () => {
    expect(() => callArguments(entry('i32', 'f64'), 'run', ['1'])).toThrow(/ESC511 "run" takes \(i32, f64\)/);
  });
});
