import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { buildFlowGraph } from './build-flow-graph.ts';
import { earlyGraphs } from './early-graphs.ts';
import { inlinePlan } from './inline.ts';
import { optimize } from './optimize.ts';
import { entryScale } from './own-profile.ts';
import { predictions } from './predict.ts';
import { buildSsa } from './ssa.ts';
import { entryCount, registerFrequencies } from './static-profile.ts';
import { analyseStructure } from './structure.ts';
import { addByte, countedLoop, zero } from './testing/counted-loop.ts';

const loop = (variable: number, to: number, body: readonly Op[]): Op[] => [
  ...zero(variable),
  ...countedLoop(variable, to, body),
];

/** `for (i < 40) for (j < 14) for (k < 25) sum = load8(p + sum) + sum`, in a function that an exported one calls as often as told. */
function module(calls: number): Uint8Array {
  const type = { params: ['i32' as const], results: ['i32' as const] };
  return assemble([
    {
      ...type,
      locals: ['i32', 'i32', 'i32', 'i32'],
      body: [...loop(1, 40, loop(2, 14, loop(3, 25, addByte))), ['local.get', 4]],
    },
    {
      ...type,
      export: 'run',
      locals: [],
      body: [['local.get', 0], ...Array.from({ length: calls }, (): Op => ['call', 0])],
    },
  ]);
}

interface Profile {
  /** gcc's count of the entry of the function with the loops. */
  entry: number;
  /** REG_FREQ of the headers, from the outer one. */
  headers: (number | undefined)[];
}

function profile(calls: number, checked: boolean): Profile {
  const analysis = analyse(module(calls));
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (p: number) => number)(1024);
  });
  const build = { checked, floats: 'single', cheapBranches: true } as const;
  const guesses = predictions(analysis, counts, build);
  const plan = inlinePlan(analysis, counts, build, earlyGraphs(analysis, counts, build), guesses);
  const [f] = analysis.functions;
  const g = buildSsa(buildFlowGraph(analysis, counts, f!, plan.of(0), 1, guesses), build);
  analyseStructure(g);
  optimize(g);
  g.countScale = entryScale(analysis, counts, f!, plan, guesses);
  const { blocks } = registerFrequencies(g);
  const loops = g.loops.toSorted((x, y) => x.depth - y.depth);
  return { entry: entryCount * g.countScale, headers: loops.map((l) => blocks.get(l.header)) };
}

// gcc 12.2 -O2 -mcpu=cortex-a7 -fdump-tree-profile_estimate -fdump-tree-optimized: the entry's count is 73919 before anything is inlined, and stays that.
it.each([
  // Counts of the loops' bodies are 2954372, 41339064 and 1032402761, the largest was 1073741824.
  { checked: false, headers: [2, 38, 961] },
  // Accessors with checks are inlined later: 79108, 100705 and 719109 of 747903 where the profile is made again.
  { checked: true, headers: [105, 134, 961] },
])('counts the entry of a function that stays by its own loops, checks: $checked', ({ checked, headers }) => {
  const made = profile(2, checked);
  expect(Math.floor(made.entry)).toBe(73_919);
  expect(made.headers).toEqual(headers);
});

it('counts in terms of the wrapper around an export', () => {
  expect(profile(1, false).entry).toBe(1 << 30);
});
