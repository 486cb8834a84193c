import { expect, it } from 'vitest';
import { assemble, type Op } from '../../../wasm/assemble.ts';
import { analyse } from '../../../wasm/index.ts';
import { exitKey } from '../flow-graph.ts';
import { predictions } from '../predict.ts';

const write: Op[] = [
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.store8', 0, 0],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.add'],
  ['local.set', 0],
];
const call: Op[] = [
  ['local.get', 0],
  ['call', 1],
  ['local.set', 0],
];

/** Two rounds at most, and one where something else ends the loop: the counter is 2 or 1. */
const rounds = (work: Op[]): Op[] => [
  ...([
    ['i32.const', 2],
    ['local.set', 1],
  ] as Op[]),
  ['block', 'void'],
  ['loop', 'void'],
  ...work,
  ...([['local.get', 1], ['i32.const', 2], ['i32.lt_u'], ['br_if', 1]] as Op[]),
  ...([['local.get', 1], ['i32.const', -1], ['i32.add'], ['local.set', 1]] as Op[]),
  ...([['local.get', 0], ['i32.const', 699], ['i32.lt_s'], ['br_if', 0], ['end'], ['end']] as Op[]),
];

const ways = (work: Op[]): number[] => {
  const wasm = assemble([
    {
      ...{ export: 'run', params: ['i32'], results: ['i32'], locals: ['i32'] },
      body: [...rounds(work), ['local.get', 0]],
    },
    { export: 'callee', params: ['i32'], results: ['i32'], body: [['local.get', 0]] },
  ]);
  const analysis = analyse(wasm);
  const [f] = analysis.functions;
  const counts = { blocks: analysis.functions.map((x) => x.blocks.map(() => 1)) };
  const build = { checked: true, floats: 'single', cheapBranches: true } as const;
  const guess = predictions(analysis, counts, build).of(f!);
  const taken = f!.blocks.map((b) => guess.ways.get(exitKey(b.id, 0))).filter((p) => p !== undefined);
  return taken.map((p) => Number((100 * p).toFixed(1)));
};

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c's C, dump of profile_estimate, where the loop stores:
 *   if (w2c_l1_17 == 1) goto [50.00%]; if (w2c_i0.2_5 <= 698) goto [33.00%]
 *   extra loop exit heuristics of edge 12->13: 33.00%
 * and where nothing in it may trap, so that what comes behind the loop is sure to be reached:
 *   if (w2c_l1_13 == 1) goto [50.00%]; if (w2c_i0.2_5 <= 698) goto [94.50%]
 */
it('takes a way for unlikely on which the test is known to end the loop', () => {
  expect(ways(write)).toEqual([50, 33]);
  expect(ways(call)).toEqual([50, 94.5]);
});
