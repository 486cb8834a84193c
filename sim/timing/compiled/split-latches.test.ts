import { expect, it } from 'vitest';
import { assemble, type FunctionSource, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { buildFlowGraph } from './build-flow-graph.ts';
import { listing } from './listing.ts';

const half: Op[] = [
  ['local.get', 0],
  ['local.get', 1],
  ['i32.add'],
  ['i32.const', 1],
  ['i32.shr_s'],
  ['local.tee', 3],
  ['i32.const', 2],
  ['i32.shl'],
  ['i32.load', 0, 2],
  ['local.get', 2],
  ['i32.lt_s'],
];

const loop = (before: Op[], choice: Op[]): Op[] => [
  ['loop', 'void'],
  ['local.get', 0],
  ['local.get', 1],
  ['i32.lt_s'],
  ['if', 'void'],
  ...before,
  ...choice,
  ['br', 1],
  ['end'],
  ['end'],
  ['local.get', 0],
];

/** while (lo < hi) { first; mid = (lo + hi) >> 1; if (memory[mid] < x) lo = mid + 1; else hi = mid } */
const search = (first: Op[]): Op[] =>
  loop(first, [
    ...half,
    ['if', 'void'],
    ['local.get', 3],
    ['i32.const', 1],
    ['i32.add'],
    ['local.set', 0],
    ['else'],
    ['local.get', 3],
    ['local.set', 1],
    ['end'],
  ]);

const source = (body: Op[]): FunctionSource => ({
  export: 'run',
  params: ['i32', 'i32', 'i32'],
  results: ['i32'],
  locals: ['i32', 'i32'],
  body,
});

function shape(body: Op[]) {
  const analysis = analyse(assemble([source(body)]));
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (low: number, high: number, x: number) => number)(0, 9, 1);
  });
  const { blocks } = buildFlowGraph(analysis, counts, analysis.functions[0]!);
  return {
    loops: new Set(blocks.flatMap((b) => b.nest)).size,
    copied: blocks.filter((b) => b.rotated).length,
  };
}

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4 with checks; -fdump-tree-threadfull1-details: Found latch edge 12 -> 11 using iv structure
 *   .L5: cmp r2, r0; ble .L3; .L12: add lr, r2, r0; ...; cmp r1, r3; bge .L6; add r0, lr, #1; cmp r2, r0; bgt .L12; .L3: ...; .L6: mov r2, lr; b .L5
 */
it('takes a side that leaves all as it was for a way round an inner loop', () => {
  expect(shape(search([]))).toEqual({ loops: 2, copied: 0 });
});

it('adds the one of the way round behind a branch, not under its condition', () => {
  const blocks = listing(source(search([])), [0, 9, 1], firmware(false));
  const inside = blocks.filter((b) => b.weight > 1).map((b) => b.code);
  expect(inside.flat().filter((t) => t.startsWith('it '))).toEqual([]);
});

/*
 * With a counter: cmp r2, r1; ble .L7; ...; .L14: add r1, ip, #1; mov ip, r2; cmp r1, ip; bge .L12; .L4: add ip, r2, r1; ...; add r6, r6, #1; ...
 */
it('keeps one loop where both sides carry what was counted before', () => {
  const counted: Op[] = [['local.get', 4], ['i32.const', 1], ['i32.add'], ['local.set', 4]];
  const body: Op[] = [...search(counted), ['local.get', 4], ['i32.add']];
  expect(shape(body)).toEqual({ loops: 1, copied: 1 });
});

it('ends at a loop that only copies and never ends itself', () => {
  const body: Op[] = [
    ['block', 'void'],
    ['local.get', 0],
    ['i32.const', 5],
    ['i32.ne'],
    ['br_if', 0],
    ['loop', 'void'],
    ['local.get', 0],
    ['local.set', 1],
    ['block', 'void'],
    ['br', 0],
    ['end'],
    ['br', 0],
    ['end'],
    ['end'],
    ['local.get', 0],
  ];
  const source = { params: ['i32'], results: ['i32'], locals: ['i32'], body };
  expect(listing(source, [1], firmware(false)).length).toBeGreaterThan(1);
});
