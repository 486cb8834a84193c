import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { compileModule } from './compile.ts';

/*
 * void fill(p, n, v) { i = 0; do { store8(p + i, v ^ i * 37); v = (v ^ 77) + i; i += step; } while (i != n); } called twice in a loop.
 *   gcc 12.2 -O2, without checks, -fdump-ipa-inline-details
 *     n 48 and 40, step 1   IPA hints: loop_iterations; no call is left
 *     n 48 both times       bl w2c_f1.constprop.0, twice: without the constant nothing is left to know
 *     step 4                bl w2c_f1, twice
 */
const fill = (step: number): Op[] =>
  [
    ['loop', 'void'],
    ['local.get', 0],
    ['local.get', 3],
    ['i32.add'],
    ['local.get', 2],
    ['local.get', 3],
    ['i32.const', 37],
    ['i32.mul'],
    ['i32.xor'],
    ['i32.store8', 0, 0],
    ['local.get', 2],
    ['i32.const', 77],
    ['i32.xor'],
    ['local.get', 3],
    ['i32.add'],
    ['local.set', 2],
    ['local.get', 3],
    ['i32.const', step],
    ['i32.add'],
    ['local.tee', 3],
    ['local.get', 1],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
  ] as Op[];

it.each([
  { step: 1, length: 'a constant', functions: 1 },
  { step: 1, length: 'the same constant', functions: 2 },
  { step: 4, length: 'a constant', functions: 2 },
  { step: 1, length: 'not known', functions: 2 },
])(
  'compiles $functions functions where a step is $step and the length $length',
  ({ step, length, functions }) => {
    const lengthAt = (at: number): Op =>
      length === 'not known'
        ? ['local.get', 0]
        : ['i32.const', length === 'a constant' && at > 1024 ? 40 : 48];
    const call = (at: number): Op[] => [['i32.const', at], lengthAt(at), ['local.get', 0], ['call', 1]];
    const body: Op[] = [...call(1024), ...call(2048), ['local.get', 0]];
    const analysis = analyse(
      assemble([
        { export: 'run', params: ['i32'], results: ['i32'], body },
        { params: ['i32', 'i32', 'i32'], locals: ['i32'], body: fill(step) },
      ]),
    );
    const counts = measure(instrument(analysis), ({ exports }) => {
      (exports.run as (n: number) => unknown)(16);
    });
    expect(compileModule(analysis, counts, firmware(false))).toHaveLength(functions);
  },
);
