/** Loops as a compiler to wasm writes them, for tests. */
import type { Op } from '../../../wasm/assemble.ts';

/** `for (; variable < to; variable++) body`, unsigned. */
export const countedLoop = (variable: number, to: number, body: readonly Op[]): Op[] => [
  ['loop', 'void'],
  ['local.get', variable],
  ['i32.const', to],
  ['i32.lt_u'],
  ['if', 'void'],
  ...body,
  ['local.get', variable],
  ['i32.const', 1],
  ['i32.add'],
  ['local.set', variable],
  ['br', 1],
  ['end'],
  ['end'],
];

export const zero = (variable: number): Op[] => [
  ['i32.const', 0],
  ['local.set', variable],
];

/** `sum = load8(p + sum) + sum`, of locals 0 and 4. */
export const addByte: readonly Op[] = [
  ['local.get', 0],
  ['local.get', 4],
  ['i32.add'],
  ['i32.load8_u', 0, 0],
  ['local.get', 4],
  ['i32.add'],
  ['local.set', 4],
];
