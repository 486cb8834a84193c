import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { shrinkChecks } from './checks.ts';
import { buildFlowGraph } from './build-flow-graph.ts';
import { optimize } from './optimize.ts';
import type { Block, Graph } from './ir.ts';
import { predictions } from './predict.ts';
import { buildSsa } from './ssa.ts';
import { passesOther, registerFrequencies, type Frequencies } from './static-profile.ts';
import { analyseStructure } from './structure.ts';
import { addByte, countedLoop, zero } from './testing/counted-loop.ts';

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
        ['loop', 'void'],
        ...test,
        ['if', 'void'],
        ['local.get', 0],
        ['i32.load8_u', 0, 0],
        ['local.get', 2],
        ['i32.add'],
        ['local.set', 2],
        ['local.get', 0],
        ['i32.const', step],
        ['i32.add'],
        ['local.set', 0],
        ['br', 1],
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
  const build = { checked: false, floats: 'single', cheapBranches: true } as const;
  const guesses = predictions(analysis, counts, build);
  const g = buildSsa(buildFlowGraph(analysis, counts, f!, new Map(), 1, guesses), build);
  analyseStructure(g);
  optimize(g);
  const header = g.loops[0]!.header;
  // wasm2c's own test at the entry is not in the C that gcc was given.
  return header.count / (g.entry.count * passesOther);
}

// arm-none-eabi-gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-rtl-ira-details-blocks: counts of the body and of the function.
it.each([
  { step: 8, body: 1_010_605_809, whole: 63_136_016 },
  // No whole number of steps, so gcc knows none and guesses 89 %.
  { step: 7, body: 955_630_225, whole: 118_111_600 },
])('guesses how often a stretch of 128 is walked by steps of $step', ({ step, body, whole }) => {
  expect(guess(step)).toBeCloseTo(body / whole, 3);
});

/** The profile of a function with an argument, three counters and a sum. */
function profiled(body: Op[], checked: boolean): { g: Graph; frequencies: Frequencies; headers: Block[] } {
  const wasm = assemble([
    {
      export: 'run',
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32', 'i32', 'i32'],
      body: [...body, ['local.get', 4]],
    },
  ]);
  const analysis = analyse(wasm);
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (p: number) => number)(1024);
  });
  const [f] = analysis.functions;
  const build = { checked, floats: 'single', cheapBranches: true } as const;
  const guesses = predictions(analysis, counts, build);
  const g = buildSsa(buildFlowGraph(analysis, counts, f!, new Map(), 1, guesses), build);
  analyseStructure(g);
  optimize(g);
  if (checked) shrinkChecks(g);
  const headers = g.loops.toSorted((x, y) => x.depth - y.depth).map((l) => l.header);
  return { g, frequencies: registerFrequencies(g), headers };
}

// Counts of gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-tree-optimized-blocks-details for wasm2c's C, of `for (i = 0; i < 40; i++) for (j = 0; j < 14; j++) ...`.
it('guesses that a loop goes round less often where a check in a loop inside may end it', () => {
  const { g, headers } = profiled(countedLoop(1, 40, [...zero(2), ...countedLoop(2, 14, addByte)]), true);
  const [outer, inner] = headers.map((h) => h.count);
  expect(outer! / g.entry.count).toBeCloseTo(1_764_696_885 / 1_073_741_824, 3);
  expect(inner! / outer!).toBeCloseTo(10_291_767_993 / 1_764_696_885, 3);
});

const bottom = (variable: number, to: number, body: readonly Op[]): Op[] => [
  ['loop', 'void'],
  ...body,
  ['local.get', variable],
  ['i32.const', 1],
  ['i32.add'],
  ['local.tee', variable],
  ['i32.const', to],
  ['i32.lt_u'],
  ['br_if', 0],
  ['end'],
];

// The same kernel with a third loop, tested on top and at the bottom: REG_FREQ by the counts of gcc 12.2 -O2 -mcpu=cortex-a7 -fdump-tree-fixup_cfg3 (the largest, before headers are copied) and -fdump-tree-optimized.
it.each([
  // Of 15597092826024: 42914990824, 600488128214, 14996604711898; 577369334146 leave.
  { how: 'on top', make: countedLoop, blocks: [2, 3, 1], left: 1 },
  // Of 15032355072062: 42932410995, 601294189442 and the same; 601294189443 leave.
  { how: 'at the bottom', make: bottom, blocks: [2, 3, 3], left: 3 },
])('weighs a nest of loops tested $how as gcc does, overflow and all', ({ make, blocks, left }) => {
  const nest = make(1, 40, [...zero(2), ...make(2, 14, [...zero(3), ...make(3, 25, addByte)])]);
  const { frequencies, headers } = profiled(nest, false);
  expect(headers.map((h) => frequencies.blocks.get(h))).toEqual(blocks);
  const inner = headers.at(-1)!;
  const leaves = inner.term.edges.find((e) => e.to !== inner)!;
  expect(frequencies.edges.get(leaves)).toBe(left);
});

// -fdump-rtl-ira of kernel autocorr: 18 is the frequency of the block in front of its inner loop and of the way into it, whatever was guessed of that way before passes moved counts.
it('takes the only way out of a block as often as the block', () => {
  const { g } = profiled(bottom(1, 40, [...zero(2), ...bottom(2, 14, addByte)]), false);
  const single = g.blocks.filter((b) => b.term.edges.length === 1);
  for (const b of single) b.term.edges[0]!.count = 1;
  const { blocks, edges } = registerFrequencies(g);
  expect(single.length).toBeGreaterThan(1);
  for (const b of single) expect(edges.get(b.term.edges[0]!)).toBe(blocks.get(b));
});
