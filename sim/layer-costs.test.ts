import { expect, it } from 'vitest';
import { layerCosts } from './layer-costs.ts';
import { estimateCycles } from './timing/index.ts';
import { assemble } from './wasm/assemble.ts';
import { analyse, instrument, measure } from './wasm/index.ts';

it('gives each stage its function and, by calls, what it shares', () => {
  const call = (f: number): [string, number] => ['call', f];
  // run calls both stages; the first calls the helper three times, the second once.
  const analysis = analyse(
    assemble([
      { export: 'run', body: [call(1), call(2)] },
      { export: 'one', body: [call(3), call(3), call(3)] },
      { export: 'two', body: [call(3)] },
      { body: [['i32.const', 1], ['drop'], ['i32.const', 2], ['drop']] },
    ]),
  );
  const counts = measure(instrument(analysis), ({ exports }) => (exports.run as () => void)());
  const estimate = estimateCycles(analysis, counts, 'cortex-m4', 'wasm3');
  const stage = (name: string) => ({ export: name, title: name, macs: 0 });
  const layers = layerCosts(analysis, counts, estimate, [stage('one'), stage('two')]);
  // Operators: one 3 + 3/4 of 16, two 1 + 1/4 of 16, run 2.
  expect(new Map(layers.map((l) => [l.stage, l.wasmOps]))).toEqual(
    new Map([
      ['one', 15],
      ['two', 5],
      ['around', 2],
    ]),
  );
  const total = layers.reduce((sum, l) => sum + l.cycles.value, 0);
  expect(total).toBeCloseTo(estimate.cycles.value, 6);
});
