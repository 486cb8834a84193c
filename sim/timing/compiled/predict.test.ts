import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse } from '../../wasm/index.ts';
import { exitKey } from './flow-graph.ts';
import { predictions } from './predict.ts';

const load: Op = ['i32.load', 0, 0];
const wasm = assemble([
  {
    export: 'run',
    params: ['i32'],
    results: ['i32'],
    locals: ['i32', 'i32', 'i32'],
    body: [
      // A goto where a value is not positive, over a call.
      ['block', 'void'],
      ['local.get', 0],
      ['i32.const', 1],
      ['i32.lt_s'],
      ['br_if', 0],
      ['local.get', 0],
      ['call', 1],
      ['local.set', 0],
      ['end'],
      ['loop', 'void'],
      // A goto around a loop.
      ['block', 'void'],
      ['local.get', 1],
      ['i32.const', 1],
      ['i32.and'],
      ['br_if', 0],
      ['loop', 'void'],
      ['local.get', 2],
      ['i32.load8_u', 0, 0],
      ['local.tee', 3],
      ['local.get', 0],
      ['i32.add'],
      ['local.set', 0],
      ['local.get', 2],
      ['local.get', 3],
      ['i32.add'],
      ['local.tee', 2],
      ['i32.const', 1000],
      ['i32.lt_u'],
      ['br_if', 0],
      ['end'],
      ['end'],
      // Equal to a constant.
      ['local.get', 0],
      ['i32.const', 77],
      ['i32.eq'],
      ['if', 'void'],
      ['local.get', 0],
      ['i32.const', 5],
      ['i32.store8', 0, 0],
      ['end'],
      // Forty turns.
      ['local.get', 1],
      ['i32.const', 1],
      ['i32.add'],
      ['local.tee', 1],
      ['i32.const', 40],
      ['i32.ne'],
      ['br_if', 0],
      ['end'],
      ['local.get', 0],
    ],
  },
  {
    export: 'callee',
    params: ['i32'],
    results: ['i32'],
    body: [['local.get', 0], load, load, load, load, load],
  },
]);

// arm-none-eabi-gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-tree-profile_estimate-blocks for wasm2c's C: of each branch of the program, the way that is written first.
it.each([true, false])('guesses branches as gcc does, checked: %s', (checked) => {
  const analysis = analyse(wasm);
  const [f] = analysis.functions;
  const counts = { blocks: analysis.functions.map((x) => x.blocks.map(() => 1)) };
  const { ways } = predictions(analysis, counts, { checked, floats: 'single' }).of(f!);
  const taken = f!.blocks.map((b) => ways.get(exitKey(b.id, 0))).filter((p) => p !== undefined);
  expect(taken.map((p) => Number((100 * p).toFixed(1)))).toEqual([42.1, 58.2, 89, 66, 97.5]);
});
