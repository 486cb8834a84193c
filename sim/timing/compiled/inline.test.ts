import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, type ModuleAnalysis } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { earlyGraphs } from './early-graphs.ts';
import { inlinePlan } from './inline.ts';
import { predictions } from './predict.ts';

const x: Op = ['local.get', 0];
const y: Op = ['local.get', 1];
const turn: Op[][] = [
  [y, ['i32.add']],
  [x, ['i32.mul']],
  [y, ['i32.xor']],
  [x, ['i32.sub']],
];
/** As many operations as asked for. */
const operations = (count: number): Op[] => Array.from({ length: count }, (_, i) => turn[i % 4]!).flat();

const planOf = (analysis: ModuleAnalysis, checked: boolean) => {
  const counts = { blocks: analysis.functions.map((f) => f.blocks.map(() => 1)) };
  const build = firmware(checked);
  const guesses = predictions(analysis, counts, build);
  return inlinePlan(analysis, counts, build, earlyGraphs(analysis, counts, build), guesses);
};

/** Whether a function that a loop calls three times is inlined, in code with checks and without. */
function inlined(body: Op[], params: number, results: number): [checked: boolean, unchecked: boolean] {
  const types = (count: number) => Array.from({ length: count }, () => 'i32');
  const args = (): Op[] => Array.from({ length: params }, (_, i): Op => ['local.get', i]);
  const call = (): Op[] => [...args(), ['call', 1], ...(results ? ([['local.set', 1]] as Op[]) : [])];
  const n: Op = ['local.get', 0];
  const down: Op[] = [n, ['i32.const', 1], ['i32.sub'], ['local.tee', 0], ['br_if', 0]];
  const loop: Op[] = [['loop', 'void'], ...call(), ...call(), ...call(), ...down, ['end'], ['local.get', 1]];
  const analysis = analyse(
    assemble(
      [
        { export: 'run', params: ['i32'], results: ['i32'], locals: ['i32'], body: loop },
        { params: types(params), results: types(results), body },
      ],
      [512],
    ),
  );
  return [true, false].map((checked) => !planOf(analysis, checked).standsAlone(1)) as [boolean, boolean];
}

const load = (offset: number, of = x): Op[] => [of, ['i32.load', offset]];
const store = (offset: number): Op[] => [x, y, ['i32.store', offset], x];

/*
 * The most operations behind what is named with which gcc 12.2 -O2 inlines a function of two numbers into a loop that calls it three times, with checks and
 * without; with one more there are three `bl w2c_f0`. -1: not even with none.
 */
it.each<[string, Op[], number, number]>([
  ['nothing', [x], 11, 11],
  ['a load', load(0), 2, 7],
  ['a load with an offset', load(64), 1, 6],
  ['two loads', [...load(64), ...load(64, y), ['i32.add']], -1, 1],
  ['a store', store(0), 1, 6],
  ['a store with an offset', store(64), 0, 5],
  ['a global read', [['global.get', 0], x, ['i32.add']], 9, 9],
  ['a global written', [y, ['global.set', 0], x], 10, 10],
])('inlines operations behind %s as long as gcc does', (_, first, checked, unchecked) => {
  const most = (which: 0 | 1) =>
    Array.from({ length: 16 }, (_, k) => inlined([...first, ...operations(k)], 2, 1)[which]).lastIndexOf(
      true,
    );
  expect([most(0), most(1)]).toEqual([checked, unchecked]);
});

/*
 * The stack of kernel rulevm, its top in a global:
 *   gcc 12.2 -fdump-ipa-inline-details   not inlinable: w2c_f2 -> w2c_f1, --param max-inline-insns-auto limit reached
 * and the same of w2c_f0 with checks; without them both are inlined.
 */
it('calls a push and a pop where they check bounds', () => {
  const top: Op = ['global.get', 0];
  const push: Op[] = [top, x, ['i32.store', 0], top, ['i32.const', 4], ['i32.add'], ['global.set', 0]];
  const pop: Op[] = [top, ['i32.const', 4], ['i32.sub'], ['global.set', 0], top, ['i32.load', 0]];
  expect(inlined(push, 1, 0)).toEqual([false, true]);
  expect(inlined(pop, 0, 1)).toEqual([false, true]);
});

/*
 * A function of two numbers that is called once, as gcc 12.2 -O2 -fdump-ipa-inline-details leaves it; `bl w2c_f1` stays where it is not inlined.
 *   3990 operations   IPA function summary for w2c_f1.constprop/76 inlinable, global size: 4001
 *   440 loads         checked: global size: 4850, unchecked: inlined
 */
it.each<[string, Op[], boolean, boolean]>([
  ['3970 operations', [x, ...operations(3970)], true, true],
  ['3990 operations', [x, ...operations(3990)], false, false],
  [
    '440 loads',
    [y, ...Array.from({ length: 440 }, (_, k): Op[] => [...load(4 * k), ['i32.add']]).flat()],
    false,
    true,
  ],
])('inlines a function that is called once unless it gets too large: %s', (_, body, checked, unchecked) => {
  const once: Op[] = [x, ['i32.const', 8], ['call', 1]];
  const analysis = analyse(
    assemble(
      [
        { export: 'run', params: ['i32'], results: ['i32'], body: once },
        { params: ['i32', 'i32'], results: ['i32'], body },
      ],
      [512],
    ),
  );
  expect([true, false].map((c) => !planOf(analysis, c).standsAlone(1))).toEqual([checked, unchecked]);
});
