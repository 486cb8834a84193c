import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyse } from '../../../wasm/index.ts';
import { firmware } from '../build.ts';
import { exitKey } from '../flow-graph.ts';
import { predictions } from '../predict.ts';

/** How likely the first way out of each of these blocks is, in a kernel's only function, with checks. */
function likely(kernel: string, blocks: readonly number[]): (number | undefined)[] {
  const wasm = readFileSync(new URL(`../../../../test/reference/${kernel}.wasm`, import.meta.url));
  const analysis = analyse(new Uint8Array(wasm));
  const counts = { blocks: analysis.functions.map((f) => f.blocks.map(() => 0)) };
  const { ways } = predictions(analysis, counts, firmware(true)).of(analysis.functions[0]!);
  return blocks.map((b) => Math.round((ways.get(exitKey(b, 0)) ?? NaN) * 1e4) / 1e4);
}

/*
 * Kernel rotbilin, whose blocks 22 and 23 have found two numbers to lie in 0..1310719 + 65536, so that of the four pairs of tests behind them five are gone and two ask for -1.
 *   gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-tree-profile_estimate
 *     opcode values nonequal (on trees) heuristics of edge 49->50: 34.00%
 *     call heuristics of edge 49->51: 33.00%
 *     goto heuristics of edge 49->50: 34.00%
 *     combined heuristics: 35.01%
 */
it('leaves out what ranges decide, and guesses of what is a test for one value as of that', () => {
  expect(likely('held-out-13/rotbilin', [24, 25, 26])).toEqual([0, 0, 0.4209]);
  expect(likely('held-out-13/rotbilin', [28, 29, 30])).toEqual([0, 0.34, 0.3501]);
  expect(likely('held-out-13/rotbilin', [32, 33, 34])).toEqual([0.34, 0, 0.3501]);
  expect(likely('held-out-13/rotbilin', [36, 37, 38])).toEqual([0.34, 0.5112, 0]);
});

/*
 * Kernel gfskdemod: the loop of block 34 has several ends, none of which is known, so that its first test, which leads out of nothing, is taken for the end.
 *   loop iv compare heuristics of edge 55->56: 100.00%
 * With -details gcc says 1.10 %: what it prints makes it look for the end.
 */
it('takes the test of the first block for the end of a loop', () => {
  expect(likely('held-out-9/gfskdemod', [34])).toEqual([1]);
});

/*
 * Kernel bwtmtf, the rest of an unrolled loop, n & 3 rounds.
 *   guessed loop iterations heuristics of edge 92->94: 33.33%
 */
it('expects the rest of an unrolled loop to go round three times', () => {
  expect(likely('held-out-8/bwtmtf', [63])).toEqual([0.6667]);
});
