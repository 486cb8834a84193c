import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NeighboursLayer } from '../graph/network.ts';
import { quantizeNetwork } from '../quantize/quantize-network.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import { bench, random, single, view } from './testing.ts';

const FEATURES = 3;
const CLASSES = 4;

const made = [1, 2, 5].map((k) => {
  const r = random(k);
  const count = 12;
  const layer: NeighboursLayer = {
    kind: 'neighbours',
    name: `nearest_${k}`,
    input: view(`x${k}`, 1, FEATURES),
    output: view(`y${k}`, 1, CLASSES),
    // Few values: many equal distances.
    vectors: Float64Array.from({ length: count * FEATURES }, () => r.integer(-2, 2)),
    labels: Int32Array.from({ length: count }, () => r.integer(0, CLASSES - 1)),
    k,
  };
  const network = single(layer);
  const windows = [new Float64Array(FEATURES).fill(4)];
  const widths = { weightBits: 8, activationBits: 16, inputScale: 2 ** -12 } as const;
  return { layer, network, quantized: quantizeNetwork(network, { windows }, widths) };
});

describe('neighbours', () => {
  it('gives the bits of the reference and the shares of the float meaning, ties included', async () => {
    const kernel = await bench(made.map((m) => m.quantized));
    const coordinate = fc.oneof(
      fc.integer({ min: -3, max: 3 }).map((v) => v * 4096),
      fc.integer({ min: -32768, max: 32767 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...made),
        fc.tuple(coordinate, coordinate, coordinate),
        ({ layer, network, quantized }, x) => {
          const { kernel: found, reference } = kernel.run(quantized, Int16Array.from(x));
          expect([...found]).toEqual([...reference]);
          const shares = evaluateNetwork(
            network,
            Float64Array.from(x, (v) => v / 4096),
          )[network.output];
          const { scale } = quantized.formats[network.output];
          [...found.slice(FEATURES)].forEach((v, c) => expect(v * scale).toBeCloseTo(shares[c], 9));
          expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          expect(layer.k).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
