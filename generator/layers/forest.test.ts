import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecisionTree, ForestLayer } from '../graph/network.ts';
import { quantizeNetwork } from '../quantize/quantize-network.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import { leafOf } from './forest.ts';
import { encodeForest, thresholdOf } from './forest-tables.ts';
import { bench, random, runReference, single, view, type Random } from './testing.ts';

const FEATURES = 7;
const OUTPUTS = 3;

function randomTree(r: Random, depth: number): DecisionTree {
  if (depth === 0 || r.integer(0, 5) === 0)
    return {
      votes: Array.from({ length: r.integer(0, 3) }, () => ({
        output: r.integer(0, OUTPUTS - 1),
        weight: r.uniform(2),
      })),
    };
  return {
    feature: r.integer(0, FEATURES - 1),
    threshold: r.uniform(4), // inputs reach 2: some nodes send everything one way
    yes: randomTree(r, depth - 1),
    no: randomTree(r, depth - 1),
  };
}

function randomForest(seed: number): ForestLayer {
  const r = random(seed);
  return {
    kind: 'forest',
    name: `forest_${seed}`,
    input: view('x', 1, FEATURES),
    output: view('y', 1, OUTPUTS),
    trees: Array.from({ length: r.integer(1, 12) }, () => randomTree(r, r.integer(0, 6))),
    base: r.array(OUTPUTS),
  };
}

const networks = [1, 2, 3, 4, 5].map((seed) => {
  const layer = randomForest(seed);
  const network = single(layer, layer.name);
  const windows = [new Float64Array(FEATURES).fill(1)];
  return {
    layer,
    network,
    quantized: quantizeNetwork(network, { windows }, { weightBits: 8, activationBits: 16 }),
  };
});

const input = fc.int16Array({ minLength: FEATURES, maxLength: FEATURES });

const leaf = (weight: number): DecisionTree => ({ votes: [{ output: 0, weight }] });

describe('forest', () => {
  it('gives the bits of the reference', async () => {
    const kernel = await bench(networks.map((n) => n.quantized));
    fc.assert(
      fc.property(fc.constantFrom(...networks), input, ({ quantized }, x) => {
        const { kernel: found, reference } = kernel.run(quantized, x);
        expect([...found]).toEqual([...reference]);
      }),
      { numRuns: 300 },
    );
  });

  it('decides in every tree as the float tree does on the input that the integers stand for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...networks), input, ({ layer, network, quantized }, x) => {
        const scale = quantized.formats[network.input].scale;
        const real = Float64Array.from(x, (v) => v * scale);
        const { voteScale } = encodeForest(layer, scale);
        const expected = evaluateNetwork(network, real)[network.output];
        const outputScale = quantized.formats[network.output].scale;
        // Every vote is rounded, and the base, and the result: a wrong way in one tree would show.
        const votes = layer.trees.reduce((total, tree) => total + leafOf(tree, real).length, 1);
        const bound = (votes * voteScale) / 2 + outputScale * 0.501;
        runReference(quantized, x).forEach((v, k) =>
          expect(Math.abs(v * outputScale - expected[k])).toBeLessThanOrEqual(bound),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('has the largest whole number at or below a threshold, by the comparison of floats', () => {
    const positive = fc.double({ min: 1e-6, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), positive, (threshold, scale) => {
        const k = thresholdOf(threshold, scale);
        if (k >= -32768) expect(k * scale <= threshold).toBe(true);
        if (k <= 32767) expect((k + 1) * scale <= threshold).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -32768, max: 32767 }), positive, (k, scale) => {
        // A feature on the threshold goes the yes way, whatever rounding a division would add.
        expect(thresholdOf(k * scale, scale)).toBe(k);
      }),
    );
  });

  it('stores no votes of nothing and no nodes that every input passes the same way', () => {
    const layer: ForestLayer = {
      ...randomForest(1),
      trees: [
        { feature: 0, threshold: 99, yes: leaf(1), no: leaf(2) },
        { feature: 0, threshold: -99, yes: leaf(1), no: leaf(0) },
      ],
      base: new Float64Array(OUTPUTS),
    };
    const { nodes, votes } = encodeForest(layer, 1e-4);
    expect([...nodes]).toEqual([-2, 0, 0, -1, 0, 1]);
    expect([...votes]).toEqual([0, 32767]);
  });

  it('refuses a tree that is too large for its table (ESC314)', () => {
    let tree: DecisionTree = { votes: [] };
    for (let i = 0; i < 4; i++) tree = { feature: 40000, threshold: 0, yes: tree, no: tree };
    expect(() => encodeForest({ ...randomForest(1), trees: [tree] }, 1)).toThrow(
      /ESC314 Layer forest_1: .*max_depth/,
    );
  });
});
