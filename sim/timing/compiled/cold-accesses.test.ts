import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse } from '../../wasm/index.ts';
import { predictions } from './predict.ts';

/** Calls of accessors that stay in a function of so many stores, then loads that each give the next its address. */
function called(stores: number, loads: number): number {
  const x: Op = ['local.get', 0];
  const body = [
    ...Array.from({ length: stores }, (_, i): Op[] => [x, x, ['i32.store', 1024 + 4 * i]]).flat(),
    ...Array.from({ length: loads }, (): Op[] => [x, ['i32.load', 8], ['local.set', 0]]).flat(),
    x,
  ];
  const analysis = analyse(assemble([{ export: 'run', params: ['i32'], results: ['i32'], body }]));
  const [f] = analysis.functions;
  const counts = { blocks: [f!.blocks.map(() => 1)] };
  const guesses = predictions(analysis, counts as never, { checked: true, floats: 'none' } as never);
  return f!.wasm.body.filter((_, at) => guesses.isCalled(f!, at)).length;
}

// gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c, "bl i32_load.isra.0" in the same functions. 0.9 ** 66 is less than a thousandth; three calls are less than the accessor.
it.each([
  [65, 4, 0],
  [66, 3, 0],
  [66, 4, 4],
])('behind %i stores, of %i loads %i stay calls', (stores, loads, calls) => {
  expect(called(stores, loads)).toBe(calls);
});
