import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { shrinkChecks } from './checks.ts';
import { buildFlowGraph } from './flow-graph.ts';
import { optimize } from './optimize.ts';
import { buildSsa } from './ssa.ts';
import { constantTrips, guardedTrips, passing, registerFrequencies } from './static-profile.ts';
import { analyseStructure } from './structure.ts';

/** `for (w = p, e = p + 128; w < e; w += step) sum += load8(w)`: how often the body runs as gcc guesses it, the function being 1. */
function guess(step: number): number {
  const test: Op[] = [['local.get', 0], ['local.get', 1], ['i32.lt_u']];
  const wasm = assemble([
    {
      export: 'run',
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32'],
      body: [
        ['local.get', 0],
        ['i32.const', 128],
        ['i32.add'],
        ['local.set', 1],
        ['block', 'void'],
        ...test,
        ['i32.eqz'],
        ['br_if', 0],
        ['loop', 'void'],
        ['local.get', 0],
        ['i32.load8_u', 0, 0],
        ['local.get', 2],
        ['i32.add'],
        ['local.set', 2],
        ['local.get', 0],
        ['i32.const', step],
        ['i32.add'],
        ['local.set', 0],
        ...test,
        ['br_if', 0],
        ['end'],
        ['end'],
        ['local.get', 2],
      ],
    },
  ]);
  const analysis = analyse(wasm);
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (p: number) => number)(1024);
  });
  const [f] = analysis.functions;
  const g = buildSsa(
    buildFlowGraph(analysis, counts, f!, () => false, 1),
    { checked: false, floats: 'single' },
  );
  analyseStructure(g);
  optimize(g);
  const frequencies = registerFrequencies(g, constantTrips(g), new Map(), guardedTrips(g));
  const header = g.loops[0]!.header;
  // wasm2c's own test at the entry is not in the C that gcc was given.
  const entered = g.entry.nodes.reduce((p, n) => p * passing(n), frequencies.counts.get(g.entry)!);
  return frequencies.counts.get(header)! / entered;
}

// arm-none-eabi-gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-rtl-ira-details-blocks: counts of the body and of the function.
it.each([
  { step: 8, body: 1_010_605_809, whole: 63_136_016 },
  // No whole number of steps, so gcc knows none and guesses 89 %.
  { step: 7, body: 955_630_225, whole: 118_111_600 },
])('guesses how often a stretch of 128 is walked by steps of $step', ({ step, body, whole }) => {
  expect(guess(step)).toBeCloseTo(body / whole, 3);
});

/** `for (i = 0; i < 40; i++) for (j = 0; j < 14; j++) sum += load8(p + sum)`: counts of the outer body, the inner one and the function. */
function nested(): { outer: number; inner: number; whole: number } {
  const loop = (variable: number, to: number, body: Op[]): Op[] => [
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
  const sum: Op[] = [
    ['local.get', 0],
    ['local.get', 3],
    ['i32.add'],
    ['i32.load8_u', 0, 0],
    ['local.get', 3],
    ['i32.add'],
    ['local.set', 3],
  ];
  const wasm = assemble([
    {
      export: 'run',
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32', 'i32'],
      body: [...loop(1, 40, [['i32.const', 0], ['local.set', 2], ...loop(2, 14, sum)]), ['local.get', 3]],
    },
  ]);
  const analysis = analyse(wasm);
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (p: number) => number)(1024);
  });
  const [f] = analysis.functions;
  const g = buildSsa(
    buildFlowGraph(analysis, counts, f!, () => false, 1),
    { checked: true, floats: 'single' },
  );
  analyseStructure(g);
  optimize(g);
  shrinkChecks(g);
  const frequencies = registerFrequencies(g, constantTrips(g), new Map());
  const [outer, inner] = g.loops
    .toSorted((x, y) => x.depth - y.depth)
    .map((l) => frequencies.counts.get(l.header)!);
  return { outer: outer!, inner: inner!, whole: frequencies.counts.get(g.entry)! };
}

// Counts of gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-tree-optimized-blocks-details for wasm2c's C.
it('guesses that a loop goes round less often where a check in a loop inside may end it', () => {
  const { outer, inner, whole } = nested();
  expect(outer / whole).toBeCloseTo(1_764_696_885 / 1_073_741_824, 3);
  expect(inner / outer).toBeCloseTo(10_291_767_993 / 1_764_696_885, 3);
});
