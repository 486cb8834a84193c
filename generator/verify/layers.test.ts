import { describe, expect, it } from 'vitest';
import type { DenseLayer, Network } from '../graph/network.ts';
import { random, view } from '../layers/testing.ts';
import { quantizeNetwork } from '../quantize/quantize-network.ts';
import { compareLayers } from './layers.ts';

const widths = { weightBits: 8, activationBits: 16 } as const;

function dense(
  name: string,
  from: [string, number],
  to: [string, number],
  weights: Float64Array,
): DenseLayer {
  return {
    ...{ kind: 'dense', name, activation: 'none', weights, bias: new Float64Array(to[1]) },
    input: view(from[0], 1, from[1]),
    output: view(to[0], 1, to[1]),
  };
}

function chain(first: Float64Array, second: Float64Array): Network {
  return {
    name: 'chain',
    buffers: { x: { steps: 1, features: 4 }, h: { steps: 1, features: 4 }, y: { steps: 1, features: 2 } },
    input: 'x',
    output: 'y',
    layers: [dense('first', ['x', 4], ['h', 4], first), dense('second', ['h', 4], ['y', 2], second)],
  };
}

const r = random(5);
const windows = Array.from({ length: 30 }, () => r.array(4));

describe('compareLayers', () => {
  it('reports the ratio of the noise that a layer really has', () => {
    const network = chain(r.array(16), r.array(8));
    const quantized = quantizeNetwork(network, { windows }, widths);
    const report = compareLayers(network, quantized, windows, 30);
    expect(report).toMatchObject({ windows: 30, firstBad: null });
    expect(report.layers.map((l) => l.layer)).toEqual(['input', 'first', 'second']);
    for (const layer of report.layers) {
      expect(layer.snrDb).toBeGreaterThan(35);
      expect(layer.saturations).toBe(0);
      expect(layer.maxError).toBeLessThan(layer.largest / 50);
    }
    // 16 bits over twice the range seen: a step of 2 / 32767, noise of step^2 / 12 against a signal of 1 / 3 (uniform).
    const expected = 10 * Math.log10(1 / 3 / ((2 / 32767) ** 2 / 12));
    expect(Math.abs(report.layers[0]!.snrDb! - expected)).toBeLessThan(1.5);
  });

  it('names the first layer whose weights went wrong, and the one that adds the noise', () => {
    const network = chain(r.array(16), r.array(8));
    const other = chain(
      network.layers[0]!.kind === 'dense' ? network.layers[0]!.weights : r.array(16),
      r.array(8),
    );
    const quantized = quantizeNetwork(other, { windows }, widths);
    const report = compareLayers(network, quantized, windows, 30);
    expect(report.firstBad).toBe('second');
    expect(report.noisiest).toBe('second');
  });

  it('counts values that do not fit: a window ten times as large as calibration saw', () => {
    const network = chain(r.array(16), r.array(8));
    const quantized = quantizeNetwork(network, { windows }, widths);
    const loud = [Float64Array.of(100, -100, 0, 0)];
    const [input, first] = compareLayers(network, quantized, loud, 30).layers;
    expect(input!.saturations).toBe(2);
    expect(input!.snrDb).toBeLessThan(5);
    expect(first!.snrDb).toBeLessThan(30);
  });

  it('notices a layer that gives the same for every window', () => {
    const network = chain(r.array(16), r.array(8));
    const dead = chain(new Float64Array(16), r.array(8));
    const quantized = quantizeNetwork(dead, { windows }, widths);
    const report = compareLayers(network, quantized, windows, 0);
    expect(report.layers.map((l) => l.collapsed)).toEqual([false, true, true]);
    expect(report.firstBad).toBe('first');
  });
});
