import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure, type ModuleAnalysis } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { compileModule } from './compile.ts';
import { earlyGraphs } from './early-graphs.ts';
import { inlinePlan } from './inline.ts';
import { predictions } from './predict.ts';

const get = (i: number): Op => ['local.get', i];
/** x = x * 5 ^ n >> 3 and so on, which keeps a function from being inlined. */
const work: Op[] = Array.from({ length: 12 }, (_, i): Op[] => [
  get(1),
  ['i32.const', 5 + 2 * i],
  ['i32.mul'],
  get(0),
  ['i32.const', 3 + i],
  ['i32.shr_u'],
  ['i32.xor'],
  ['local.set', 1],
]).flat();
const step: Op[] = [get(0), ['i32.const', 1], ['i32.sub'], ['local.tee', 0]];
const loop = (body: Op[]): Op[] => [
  ['loop', 'void'],
  ...work,
  ...body,
  ...step,
  ['br_if', 0],
  ['end'],
  get(1),
];
const store: Op[] = [get(0), get(1), ['i32.store', 64, 2]];
const load: Op[] = [get(0), ['i32.load', 0, 2], ['local.set', 1]];

/** A function that another one calls so many times. */
function moduleOf(body: Op[], times: number): ModuleAnalysis {
  const small: Op[] = [['i32.const', 3], ['i32.and'], ['i32.const', 1], ['i32.add'], ['local.set', 0]];
  const calls = Array.from({ length: times }, (): Op[] => [get(0), ['call', 1], ...small]).flat();
  return analyse(
    assemble([
      { export: 'run', params: ['i32'], results: ['i32'], body: [...calls, get(0)] },
      { params: ['i32'], results: ['i32'], locals: ['i32'], body },
    ]),
  );
}

function isPart(body: Op[], times: number): boolean {
  const analysis = moduleOf(body, times);
  const counts = { blocks: analysis.functions.map((f) => f.blocks.map(() => 1)) };
  const build = firmware(false);
  const guesses = predictions(analysis, counts, build);
  return inlinePlan(analysis, counts, build, earlyGraphs(analysis, counts, build), guesses).isPart(1);
}

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4, without checks, what is left beside Z_kZ_run:
 *   a loop that stores             w2c_f1.part.0
 *   called once                    nothing
 *   a load in front of the loop    w2c_f1
 *   a loop that does not store     w2c_f1.constprop.0
 */
it('keeps the loop of a function that begins with one and is called from several places', () => {
  expect(isPart(loop(store), 2)).toBe(true);
  expect(isPart(loop(store), 1)).toBe(false);
  expect(isPart([...load, ...loop(store)], 2)).toBe(false);
  expect(isPart(loop([]), 2)).toBe(false);
});

// The first of them: Z_kZ_run compares the depth three times (cmp r2, #500; cmp r3, r2 with 501; cmp r3, #500), w2c_f1.part.0 does not.
it('checks the depth of calls where the part is called', () => {
  const analysis = moduleOf(loop(store), 2);
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (n: number) => unknown)(3);
  });
  const checks = compileModule(analysis, counts, firmware(false)).map(
    ({ allocation }) =>
      allocation.code.blocks.flatMap((b) => b.code).filter((m) => m.text === 'cmp #500').length,
  );
  expect(checks.toSorted()).toEqual([0, 3]);
});
