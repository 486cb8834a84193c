import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { areNeighbours, firstWords } from './argument-words.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const codeOf = (params: string[], body: Op[]): string[] =>
  listing(
    { params, body },
    params.map((type) => (type === 'i64' ? 8n : 8)),
    firmware(false),
  ).flatMap((b) => b.code);

/*
 * u32 f(void *i, u32 a, u32 b, u32 c, u32 d) { return g(i, a, b, 7, c + d, (u64)a * b, 5) + d; }, gcc 12.2 -O2, Cortex-M4 and Cortex-A7:
 *   ldr r5, [sp, #40];  add r3, r3, r5;  str r3, [sp];  umull r4, r3, r1, r2;  strd r4, r3, [sp, #8];  movs r3, #5;  str r3, [sp, #16];  movs r3, #7;  bl g
 */
it('passes four words in registers, and two words from an even one on', () => {
  expect(firstWords(['i32', 'i32', 'i32', 'i32', 'i64', 'i32'])).toEqual([1, 2, 3, 4, 6, 8]);
  // u32 k(u32 *p, u32 a, u64 w, u32 c): w in r2 and r3, c at [sp].
  expect(firstWords(['i32', 'i64', 'i32'])).toEqual([1, 2, 4]);
  // (void *i, u64 w, u32 a): r1 stays empty.
  expect(firstWords(['i64', 'i32'])).toEqual([2, 4]);
  expect(firstWords(['i32', 'f64', 'i32'])).toEqual([1, -1, 2]);
});

it('knows neighbours that one instruction moves', () => {
  expect(areNeighbours('passed 6', 'passed 7')).toBe(true);
  expect(areNeighbours('passed 6', 'passed 8')).toBe(false);
  expect(areNeighbours('passed 6', 'got 7')).toBe(false);
  expect(areNeighbours('', '')).toBe(false);
});

/*
 * u32 h(u32 *p, u32 a, u32 b, u32 c, u32 d, u32 e) { return p[a] + b + c * d - e; }:
 *   ldr r0, [r0, r1, lsl #2];  ldr r1, [sp];  mla r2, r1, r3, r2;  ldr r3, [sp, #4];  subs r2, r2, r3;  add r0, r0, r2;  bx lr
 */
it('loads what comes on the stack, and does not save the caller a register for it', () => {
  const get = (i: number): Op => ['local.get', i];
  const body: Op[] = [
    get(0),
    get(1),
    get(2),
    get(3),
    ['i32.mul'],
    ['i32.add'],
    get(4),
    ['i32.sub'],
    ['i32.store', 2, 0],
  ];
  const text = codeOf(Array<string>(5).fill('i32'), body);
  expect(text.filter((t) => t === 'ldr [sp]').length).toBe(2);
  expect(text.filter((t) => t === 'str [sp]')).toEqual([]);
});

/* A function that calls itself, (void *i, u32 a, u32 b, u32 c, u64 d, u32 e): d has two words at sp, e the one behind. */
it('stores what does not fit into registers, two neighbours at once', () => {
  const get = (i: number): Op => ['local.get', i];
  const less: Op[] = [get(2), ['i32.const', 1], ['i32.sub']];
  const again: Op[] = [get(0), get(1), ...less, get(3), get(4), ['call', 0]];
  const text = codeOf(['i32', 'i32', 'i32', 'i64', 'i32'], [get(2), ['if', 'void'], ...again, ['end']]);
  const stores = text.filter((t) => /^strd? \[sp\]$/.test(t));
  expect(stores.reduce((sum, t) => sum + (t.startsWith('strd') ? 2 : 1), 0)).toBe(
    3 * text.filter((t) => t === 'bl').length,
  );
  expect(text).toContain('sub sp');
});
