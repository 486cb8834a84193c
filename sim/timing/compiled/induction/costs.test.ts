import { expect, it } from 'vitest';
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
