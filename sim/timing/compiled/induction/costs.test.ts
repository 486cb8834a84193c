import { describe, expect, it } from 'vitest';
import { Graph, type Node } from '../ir.ts';
import { constantForm, type Linear } from '../linear.ts';
import type { Candidate } from './candidates.ts';
import { Costs, expressionCost, unit } from './costs.ts';
import type { Group } from './uses.ts';

const g = new Graph();
const block = g.block(10, { f: 0, block: 0 });
const pointer = g.node(block, 'base', 'i32', []);
const row = g.node(block, 'param', 'i32', []);
const columns = g.node(block, 'load', 'i32', [row], { bytes: 2 });
block.nodes.push(pointer, row, columns);
const step = constantForm(4);

const sum = (constant: number, ...terms: [Node, number][]): Linear => ({ terms: new Map(terms), constant });
const plain = {
  step,
  important: false,
  bits: 32,
  phi: null,
  next: null,
  like: null,
  use: null,
  at: null,
};
const candidate = (id: number, base: Linear): Candidate => ({ ...plain, id, base, kind: 'normal' });
/** Bytes of the `times`th row, four an iteration. */
const rowOf = (times: number): Group => ({
  kind: 'address',
  related: new Set(),
  uses: [0, 1, 2, 3].map((offset) => ({
    ...{
      kind: 'address' as const,
      node: pointer,
      offset,
      step,
      at: { block, index: 0 },
      accesses: [],
      bits: 32,
    },
    base: sum(offset, [pointer, 1], [row, 1], [columns, times]),
  })),
});
const prices = { shiftAdds: 2, small: false };
const costs = (extend: number) =>
  new Costs({ latch: block, test: block, filled: false }, 10, new Set(), new Map(), null, () => 1, {
    extendCost: extend,
    ...prices,
    spillCost: 24,
  });

/*
 * Four rows of a matrix of bytes whose length is a 16-bit load (arm_mat_vec_mult_q7 of CMSIS-DSP as wasm2c has it, unchecked), gcc 12.2 -O2 -fdump-tree-ivopts-details:
 *   -mcpu=cortex-a7   Group 3, cand 4 (the row before): 30; candidates that begin one and two rows on: 6, 7
 *   -mcpu=cortex-m4   23
 */
it('counts what extends a narrow value in sums of it', () => {
  const before = candidate(0, sum(0, [pointer, 1], [row, 1]));
  const price = (extend: number) => Math.floor(costs(extend).group(rowOf(1), before)!.cost / unit);
  expect([price(8), price(4)]).toEqual([30, 23]);
  const starts = [1, 2].map((k) => candidate(k, sum(0, [pointer, 1], [row, 1], [columns, k])));
  expect(starts.map((c) => costs(8).candidate(c).cost)).toEqual([6, 7]);
});

/*
 * Kernel tcnpad, -mcpu=cortex-m4, 6 rounds, Group 2: cand 5 by inv_expr 11 `-(signed int) w2c_i0_75 - (signed int) _68` 5, so 8 before the loop;
 * cand 4 by inv_expr 10 `(-(signed int) w2c_i0_75 - (signed int) _68) + -60288` 6, so 12.
 */
it('takes the sign of what nothing positive comes before or next', () => {
  const both = [
    [pointer, -1],
    [row, -1],
  ] as [Node, number][];
  expect([0, -60288].map((c) => expressionCost(sum(c, ...both), prices))).toEqual([8, 12]);
  // b - a, c - a
  expect(expressionCost(sum(0, [pointer, -1], [row, 1]), prices)).toBe(4);
  expect(expressionCost(sum(9, [pointer, -1]), prices)).toBe(4);
});

/*
 * Kernel bilinear, loop 12, -mcpu=cortex-m4: cand 7, Base: (long long unsigned int) ((long unsigned int) w2c_i0_124 + 1153), cost 10;
 *   Group 3 (an address): cand 7 5, complexity 1, as cand 5 of 32 bits;  Group 2 (a value): cand 13 by inv.vars 4 (less the pointer) 8, cand 15 by inv_expr `1 - (signed int) _227` 4
 * Kernel gruq15, loop 8, not hot: (long long unsigned int) ((long unsigned int) w2c_l2_461 + 46) 21
 */
describe('a candidate of 64 bits', () => {
  const one = constantForm(1);
  const wide = { ...plain, step: one, id: 0, kind: 'normal' as const, bits: 64, base: sum(1153, [row, 1]) };
  const use = {
    ...{ kind: 'address' as const, node: pointer, offset: 0, step: one, at: { block, index: 0 } },
    ...{ accesses: [], bits: 32, base: sum(1152, [pointer, 1], [row, 1]) },
  };
  const group = { kind: 'address' as const, related: new Set<number>(), uses: [use] };
  it('serves addresses as one of 32 does', () => {
    const price = (c: Candidate) => costs(8).group(group, c)!.cost;
    const narrow = { ...wide, bits: 32, base: sum(1151, [row, 1]) };
    expect([wide, narrow].map(price)).toEqual([5 * unit + 1, 5 * unit + 1]);
  });
  it('begins with a widening', () => {
    expect(costs(8).candidate(wide).cost).toBe(10);
    const rare = new Costs(
      { latch: block, test: block, filled: false },
      1,
      new Set(),
      new Map(),
      null,
      () => 1,
      {
        ...{ extendCost: 8, spillCost: 24 },
        ...{ shiftAdds: 2, small: true },
      },
    );
    expect(rare.candidate({ ...wide, base: sum(46, [row, 1]) }).cost).toBe(21);
  });
});

it('takes one value off in each round, and makes longer differences before the loop', () => {
  const one = constantForm(1);
  const [use] = rowOf(1).uses;
  const value = { ...use!, kind: 'value' as const, offset: 0, step: one, base: sum(0, [row, 1]) };
  const group = { kind: 'value' as const, related: new Set<number>(), uses: [value] };
  const price = (constant: number) =>
    costs(8).group(group, { ...candidate(0, sum(constant, [pointer, 1], [row, 1])), step: one })!.cost / unit;
  expect([price(0), price(-1)]).toEqual([8, 4]);
});
