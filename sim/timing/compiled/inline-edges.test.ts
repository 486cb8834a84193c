import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { earlyGraphs } from './early-graphs.ts';
import { inlinePlan, type Inlining } from './inline.ts';
import { predictions } from './predict.ts';

/** Calls that are left of each function, by the function that they stand in. */
function callsLeft(wasm: Uint8Array, checked: boolean): string[] {
  const analysis = analyse(wasm);
  const counts = { blocks: analysis.functions.map((f) => f.blocks.map(() => 1)) };
  const build = firmware(checked);
  const guesses = predictions(analysis, counts, build);
  const plan = inlinePlan(analysis, counts, build, earlyGraphs(analysis, counts, build), guesses);
  const left: string[] = [];
  const walk = (root: number, f: number, inlining: Inlining): void =>
    analysis.functions[f]!.wasm.body.forEach(({ name, index }, at) => {
      if (name !== 'call') return;
      const into = inlining.get(at);
      if (into) walk(root, index, into.inlined);
      else left.push(`${root} -> ${index}`);
    });
  analysis.functions.forEach((_, f) => {
    if (plan.standsAlone(f)) walk(f, f, plan.of(f));
  });
  return left;
}

/*
 * Kernel morsebuzz, with checks: what appends a byte (1) is called twice in a loop of what sends a sign (4), and twice where there is no sign.
 *   gcc 12.2 -O2 -fdump-ipa-inline-details
 *     w2c_f4 -> w2c_f2   size growth 19, time 15.614154 unspec 21.897640 big_speedup, twice
 *     w2c_f5 -> w2c_f2   --param max-inline-insns-auto limit reached, twice
 */
it('inlines a function where its caller gets faster by much, and calls it elsewhere', () => {
  const wasm = readFileSync(new URL('../../../test/reference/held-out-8/morsebuzz.wasm', import.meta.url));
  expect(callsLeft(new Uint8Array(wasm), true)).toEqual([
    '4 -> 3',
    '7 -> 4',
    '7 -> 4',
    '7 -> 3',
    '7 -> 2',
    '7 -> 2',
  ]);
});

/*
 * The same in a module where what sends is small itself: the wrapper around the export takes it in first, and is too slow as a whole for that.
 *   gcc 12.2 -O2   bl w2c_f1, six times; none without checks
 */
it('weighs what a call gains against all of what it stands in', () => {
  const n: Op = ['local.get', 0];
  const top: Op = ['global.get', 0];
  const one: Op = ['i32.const', 1];
  const put: Op[] = [top, n, ['i32.store8', 64, 0], top, one, ['i32.add'], ['global.set', 0]];
  const again: Op[] = [n, one, ['i32.sub'], ['local.tee', 0], ['br_if', 0]];
  const send: Op[] = [['loop', 'void'], n, ['call', 1], one, ['call', 1], ...again, ['end']];
  const [nine, five, three] = [9, 5, 3].map((v): Op => ['i32.const', v]) as [Op, Op, Op];
  const run: Op[] = [n, ['call', 2], nine, ['call', 2], five, ['call', 1], three, ['call', 1]];
  const wasm = assemble(
    [
      { export: 'run', params: ['i32'], body: run },
      { params: ['i32'], body: put },
      { params: ['i32'], body: send },
    ],
    [0],
  );
  expect(callsLeft(wasm, true)).toEqual(Array.from({ length: 6 }, () => '0 -> 1'));
  expect(callsLeft(wasm, false)).toEqual([]);
});
