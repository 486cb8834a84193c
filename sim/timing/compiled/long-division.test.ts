import { expect, it } from 'vitest';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { assemble } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { compileModule } from './compile.ts';
import { divisionRun, longDivision, longestDivision } from './long-division.ts';

function countedRun(signed: boolean, a: bigint, b: bigint) {
  const name = signed ? 'i64.div_s' : 'i64.div_u';
  const analysis = analyse(
    assemble([
      {
        export: 'run',
        params: ['i64', 'i64'],
        results: ['i64'],
        body: [['local.get', 0], ['local.get', 1], [name]],
      },
    ]),
  );
  const counts = measure(
    instrument(analysis),
    ({ exports }) => void (exports.run as (a: bigint, b: bigint) => bigint)(a, b),
  );
  return { analysis, counts, run: divisionRun(signed, counts.divisions![0]) };
}

/*
 * libgcc's own instructions (objdump of __aeabi_ldivmod, __aeabi_uldivmod and __udivmoddi4 in the two builds), traced and timed by test/reference/tools:
 * cycles from the first instruction to the return, without mispredictions.
 */
it.each([
  [false, 1000n, 7n, 66 + 7 + 3 * 8 + 4 * 5, 95],
  [false, 1n << 40n, 3n, 63 + 20 * 8 + 19 * 5, 133],
  [false, 3n, 5n, 25, 95],
  [false, 3n, 1n << 33n, 24, 55],
  [false, 7n, 6n, 52, 95],
  [false, (1n << 62n) + 5n, 1n << 40n, 61 + 7 + 22 * 5, 113.5],
  [true, 1000n, 7n, 68 + 7 + 3 * 8 + 4 * 5, 98],
  [true, -1000n, 7n, 74 + 7 + 3 * 8 + 4 * 5, 105],
])('divides (signed: %s) %d by %d in %d cycles by bits and %d by halves', (signed, a, b, bits, halves) => {
  const { run } = countedRun(signed, a, b);
  expect(longDivision('glibc', run).cycles).toBe(bits);
  expect(longDivision('newlib', run).cycles).toBe(halves);
});

/* 192 divisions of random lengths: 4.7 missed bits and 1.0 missed ends of 10.1 rounds with half the bits ones. */
it('misses what the predictor of the reference misses on random bits', () => {
  const { run } = countedRun(false, 1n, 1n);
  const random = { ...run, level: 0, top: 0, low: 0, rounds: 10.1, ones: 5.06, changes: 5 };
  expect(longDivision('glibc', random).missed).toBeCloseTo(4.7 + 1, 0);
});

it('takes the longest one for more than any', () => {
  const { run } = countedRun(false, -1n, 1n);
  for (const library of ['glibc', 'newlib'] as const)
    expect(longestDivision(library).cycles).toBeGreaterThan(longDivision(library, run).cycles);
});

it('takes the counted one into compiled code', () => {
  const { analysis, counts, run } = countedRun(false, 1n << 40n, 3n);
  const [compiled] = compileModule(analysis, counts, buildFor(cores['cortex-a7'], false));
  const code = compiled!.allocation.code.blocks.flatMap((b) => b.code);
  const call = code.find((m) => m.kind === 'library')!;
  expect([call.text, call.cycles]).toEqual(['__aeabi_uldivmod', longDivision('glibc', run).cycles]);
});
