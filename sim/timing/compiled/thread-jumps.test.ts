import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { buildFlowGraph } from './build-flow-graph.ts';

/** run(n): while (n && n - 3) n--, the condition as a value; then gives n. */
const loop = (inverted: boolean): Op[] => [
  ['block', 'void'],
  ['loop', 'void'],
  ['local.get', 0],
  ['if', 'i32'],
  ['local.get', 0],
  ['i32.const', 3],
  ['i32.ne'],
  ['else'],
  ['i32.const', 0],
  ['end'],
  ...((inverted
    ? [['i32.eqz'], ['br_if', 1]]
    : [['i32.eqz'], ['i32.eqz'], ['i32.eqz'], ['br_if', 1]]) as Op[]),
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.set', 0],
  ['br', 0],
  ['end'],
  ['end'],
  ['local.get', 0],
];

it.each([true, false])('leads an arm with a constant to where its test leads (%s)', (inverted) => {
  const analysis = analyse(
    assemble([{ export: 'run', params: ['i32'], results: ['i32'], body: loop(inverted) }]),
  );
  let result: unknown;
  const counts = measure(instrument(analysis), ({ exports }) => {
    result = (exports.run as (n: number) => number)(10);
  });
  expect(result).toBe(3);
  const { blocks } = buildFlowGraph(analysis, counts, analysis.functions[0]!);
  const body = analysis.functions[0]!.wasm.body;
  const isConstant = (b: (typeof blocks)[number]) =>
    body
      .slice(b.first, b.last)
      .filter((i) => !/^(else|end)$/.test(i.name))
      .map((i) => i.name)
      .join() === 'i32.const';
  const arm = blocks.find((b) => isConstant(b) && b.term.kind === 'jump');
  expect(arm).toBeDefined();
  const { term } = arm!;
  // Past the test: what it goes to does not test again.
  expect(term.kind === 'jump' && term.edge.to.term.kind).not.toBe('branch');
  // The arm is out of the loop then, whose first test (n alone) is copied in front of it: gcc 12 -O2 enters by cbz r0 and repeats it at the bottom.
  const tests = blocks.filter(
    (b) => b.term.kind === 'branch' && b.origin.block === blocks.find((x) => x.nest.length > 0)!.origin.block,
  );
  expect(tests.map((b) => b.nest.length).sort()).toEqual([0, 1]);
});
