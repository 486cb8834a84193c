import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelRidgeLayer, Network } from '../graph/network.ts';
import { quantizeNetwork, type QuantizedNetwork } from '../quantize/quantize-network.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import { CHOICE_BLOCK } from './select.ts';
import { bench, random, single, view, type Bench } from './testing.ts';

const FEATURES = 9;
const widths = { weightBits: 8, activationBits: 16 } as const;

function layer(seed: number, radial: boolean, from = 0): KernelRidgeLayer {
  const r = random(seed + 50);
  const count = radial ? r.integer(1, 8) : FEATURES;
  return {
    kind: 'kernelRidge',
    name: `ridge_${seed}`,
    input: view(`x${from || seed}`, 1, FEATURES),
    output: view(`y${seed}`, 1, 1),
    weights: r.array(count, r.pick([0.01, 1, 50])),
    bias: r.uniform(r.pick([0, 1, 20])),
    ...(radial ? { vectors: r.array(count * FEATURES, 1), gamma: r.pick([0.02, 0.3, 2]) } : {}),
  };
}

const made = [1, 2, 3, 4, 5, 6].map((seed) => {
  const ridge = layer(seed, seed > 3);
  const network = single(ridge);
  const windows = Array.from({ length: 20 }, (_, i) => random(seed * 100 + i).array(FEATURES, 1));
  return { ridge, network, quantized: quantizeNetwork(network, { windows }, widths) };
});

/** Two scores and a gate that reads two of the features. */
function gated(): { network: Network; quantized: QuantizedNetwork } {
  const input = view('x', 1, FEATURES);
  const network: Network = {
    name: 'gated',
    buffers: {
      x: { steps: 1, features: FEATURES },
      gate: { steps: 1, features: 2 },
      y7: { steps: 1, features: 1 },
      y8: { steps: 1, features: 1 },
      score: { steps: 1, features: 1 },
    },
    input: 'x',
    output: 'score',
    layers: [
      {
        kind: 'forest',
        name: 'context',
        input: { ...input, features: 2 },
        output: view('gate', 1, 2),
        base: new Float64Array(2),
        trees: [
          {
            feature: 1,
            threshold: 0.2,
            yes: { votes: [{ output: 0, weight: 1 }] },
            no: { votes: [{ output: 1, weight: 0.75 }] },
          },
        ],
      },
      { ...layer(7, false), input },
      { ...layer(8, true), input },
      {
        kind: 'select',
        name: 'select',
        gate: view('gate', 1, 2),
        inputs: [view('y7', 1, 1), view('y8', 1, 1)],
        output: view('score', 1, 1),
      },
    ],
  };
  const windows = Array.from({ length: 20 }, (_, i) => random(700 + i).array(FEATURES, 1));
  return { network, quantized: quantizeNetwork(network, { windows }, widths) };
}

const input = fc.int16Array({ minLength: FEATURES, maxLength: FEATURES });

describe('kernel ridge', () => {
  const choice = gated();
  let kernel: Bench;
  beforeAll(async () => {
    kernel = await bench([...made.map((m) => m.quantized), choice.quantized]);
  });

  it('gives the bits of the reference, and the float score within its bound', () => {
    fc.assert(
      fc.property(fc.constantFrom(...made), input, ({ ridge, network, quantized }, x) => {
        const { kernel: found, reference } = kernel.run(quantized, x);
        expect([...found]).toEqual([...reference]);
        const { scale } = quantized.formats[network.input];
        const out = quantized.formats[network.output].scale;
        // Stored vectors are rounded to the input's steps: compare on those.
        const vectors = ridge.vectors?.map((v) => Math.round(v / scale) * scale);
        const same = { ...network, layers: [{ ...ridge, ...(vectors ? { vectors } : {}) }] };
        const real = Float64Array.from(x, (v) => v * scale);
        const exact = evaluateNetwork(same, real)[network.output][0];
        const largest = Math.max(...ridge.weights.map(Math.abs));
        const step = largest / 32767;
        const kernels = ridge.vectors
          ? ridge.weights.length * (largest * 2 ** -14 + step / 2)
          : (real.reduce((total, v) => total + Math.abs(v), 0) * step) / 2;
        const expected = Math.max(-32768 * out, Math.min(32767 * out, exact));
        expect(Math.abs(reference.at(-1)! * out - expected)).toBeLessThanOrEqual(
          kernels + out * 0.501 + 1e-9,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('lets a gate pick the score, and says which it picked', () => {
    fc.assert(
      fc.property(input, (x) => {
        const { network, quantized } = choice;
        const { kernel: found, reference } = kernel.run(quantized, x);
        expect([...found]).toEqual([...reference]);
        const { scale } = quantized.formats[network.input];
        const picked = x[1] * scale <= 0.2 ? 0 : 1;
        const scores = evaluateNetwork(
          network,
          Float64Array.from(x, (v) => v * scale),
        );
        expect(scores.score[0]).toBe(scores[picked === 0 ? 'y7' : 'y8'][0]);
        expect(quantized.blocks.filter((b) => b.name === CHOICE_BLOCK).length).toBe(1);
      }),
      { numRuns: 100 },
    );
  });
});
