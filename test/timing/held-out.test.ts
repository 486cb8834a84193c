/** The held-out sets: their first looks are whole, and the page and the bands rest on them. */
import { describe, expect, it } from 'vitest';
import { heldOutSections } from '../../scripts/held-out.ts';
import { errorsOfLook } from '../../scripts/validation-sets.ts';
import type { Comparison } from '../../scripts/comparisons.ts';
import { bandOf } from '../../scripts/validation.ts';
import { readFileSync } from 'node:fs';
import { blindPredictions, firstLooks, placeOf } from '../reference/tools/first-look.ts';
import { heldOutSet } from '../reference/tools/kernels.ts';

const measured = (
  JSON.parse(readFileSync(new URL('../reference/measured.json', import.meta.url), 'utf8')) as {
    records: Comparison[];
  }
).records.filter((r) => r.runtime.startsWith('wasm2c') && /-(m4|a7)$/.test(r.core));

const compared = (kernel: string, predicted: number, cycles: number, blind?: number): Comparison => ({
  ...{ kernel, core: 'cortex-m4', runtime: 'wasm2c', n: [1, 3], cycles, shipped: false },
  ...{ predicted, error: predicted / cycles - 1, ...(blind === undefined ? {} : { blind }) },
});

describe('first looks', () => {
  it.each([
    ['held-out-2', 31],
    ['held-out-3', 36],
    ['held-out-4', 36],
    ['held-out-5', 36],
    ['held-out-6', 36],
    ['held-out-7', 36],
    ['held-out-8', 36],
    ['held-out-9', 36],
    ['held-out-10', 36],
    ['held-out-11', 36],
    ['held-out-12', 36],
    ['held-out-13', 36],
    ['held-out-14', 36],
  ] as const)('at %s predict each of its %i kernels under each build that was measured', (set, kernels) => {
    const places = measured.filter((r) => heldOutSet(r.kernel) === set).map(placeOf);
    expect(places).toHaveLength(4 * kernels);
    for (const { records } of firstLooks(set))
      expect(records.map(placeOf)).toEqual(expect.arrayContaining(places));
  });

  it.each([
    ['held-out-3', '6b01c7c'],
    ['held-out-4', '35de7e1'],
    ['held-out-5', '0e248c9'],
    ['held-out-6', '98be9b7'],
    ['held-out-7', '3705db4'],
    ['held-out-8', '72a4d4d'],
    ['held-out-9', 'c2f61e8'],
    ['held-out-10', '751d9c6'],
    ['held-out-11', 'c153205'],
    ['held-out-12', '6c1bf70'],
    ['held-out-13', '0e51e67'],
    ['held-out-14', '57a1d29'],
  ] as const)('at %s say whose models they are of, %s first', (set, first) => {
    const commits = firstLooks(set).map(({ commit }) => commit);
    expect(commits[0]).toBe(first);
    expect(new Set(commits).size).toBe(commits.length);
    for (const commit of commits) expect(commit).toMatch(/^[0-9a-f]{7}$/);
  });

  it('count by the last of a set, and by none where nobody asked in time', () => {
    const last = firstLooks('held-out-3').at(-1)!.records[0]!;
    expect(blindPredictions().get(placeOf(last))).toBe(last.cycles);
    expect(firstLooks('held-out')).toEqual([]);
    expect(blindPredictions().has('goertzel cortex-m4 wasm2c')).toBe(false);
  });

  it('have errors against what was measured, where they predict the kernel', () => {
    const records = [{ kernel: 'gold', core: 'cortex-m4', runtime: 'wasm2c', cycles: 90 }];
    expect(errorsOfLook([compared('gold', 100, 100), compared('zigzag', 1, 1)], { records })).toEqual([
      90 / 100 - 1,
    ]);
  });

  it('make the band wider than today does', () => {
    const group = Array.from({ length: 40 }, (_, i) => compared('gold', 100, 100, i < 4 ? 50 : undefined));
    expect(bandOf(group)).toEqual({ low: 1, high: 2, kernels: 40 });
  });
});

describe('sections on held-out sets', () => {
  const group = [compared('gold', 100, 80), compared('zigzag', 90, 100), compared('goertzel', 3, 2)];
  const text = heldOutSections(new Map([['wasm2c/cortex-m4', group]]));

  it('are one a set', () => {
    expect(text.match(/^## .*$/gm)).toEqual([
      '## Held out',
      '## Held out, second set',
      '## Held out, third set',
      '## Held out, fourth set',
      '## Held out, fifth set',
      '## Held out, sixth set',
      '## Held out, seventh set',
      '## Held out, eighth set',
      '## Held out, ninth set',
      '## Held out, tenth set',
      '## Held out, eleventh set',
      '## Held out, twelfth set',
      '## Held out, thirteenth set',
      '## Held out, fourteenth set',
    ]);
  });

  it('show errors where there is no look, cycles and looks where there is', () => {
    expect(text).toContain('| goertzel | 50.0 % |');
    expect(text).toContain('- wasm2c/cortex-m4: median 50.0 %, worst 50.0 %');
    expect(text).toContain('| gold | 100 / 80 (25.0 %) |');
    const commits = firstLooks('held-out-3').map(({ commit }) => commit);
    expect(text).toContain(`beyond 25 % | median, at ${commits[0]} | worst, at ${commits[0]} |`);
    expect(text).toContain('| wasm2c/cortex-m4 | 25.0 % | 25.0 % | 0 |');
  });
});
