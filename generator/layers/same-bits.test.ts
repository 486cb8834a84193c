/** Every kind of layer except the LSTM (lstm.test.ts): kernel and reference give the same bits, and follow the float. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Layer, Network } from '../graph/network.ts';
import { quantizeNetwork, type QuantizedNetwork } from '../quantize/quantize-network.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import {
  bench,
  random,
  runReference,
  single,
  snrDb,
  toIntegers,
  view,
  type Bench,
  type Random,
} from './testing.ts';

const widths = { weightBits: 8, activationBits: 16 } as const;

type Make = (r: Random, name: string) => Layer;

const dense =
  (activation: 'none' | 'relu' | 'tanh' | 'sigmoid'): Make =>
  (r, name) => {
    const [steps, inputs, outputs] = [r.integer(1, 4), r.integer(1, 23), r.integer(1, 14)];
    // Large weights turn tanh into a threshold, which multiplies the error of 8-bit weights without end.
    const squashes = activation === 'tanh' || activation === 'sigmoid';
    return {
      kind: 'dense',
      name,
      activation,
      input: view(`${name}_x`, steps, inputs),
      output: view(`${name}_y`, steps, outputs),
      weights: r.array(outputs * inputs, r.pick(squashes ? [0.1, 0.5] : [0.1, 1, 30])),
      bias: r.array(outputs, r.pick(squashes ? [0.1, 1] : [0.1, 1, 100])),
    };
  };

const activation =
  (kind: 'relu' | 'tanh' | 'sigmoid'): Make =>
  (r, name) => {
    const [steps, features] = [r.integer(1, 4), r.integer(1, 40)];
    return {
      kind: 'activation',
      activation: kind,
      name,
      input: view(`${name}_x`, steps, features),
      output: view(`${name}_y`, steps, features),
    };
  };

const attention =
  (tanh: boolean): Make =>
  (r, name) => {
    const [steps, features] = [r.integer(1, 60), r.integer(1, 20)];
    return {
      kind: 'attentionPool',
      name,
      tanh,
      input: view(`${name}_x`, steps, features),
      output: view(`${name}_y`, 1, features),
      scoreWeights: r.array(features, r.pick([0.1, 1, 5])),
      scoreBias: r.uniform(3),
    };
  };

const softmax: Make = (r, name) => {
  const [steps, features] = [r.integer(1, 4), r.integer(1, 40)];
  return {
    kind: 'softmax',
    name,
    input: view(`${name}_x`, steps, features),
    output: view(`${name}_y`, steps, features),
  };
};

const makers: Record<string, Make> = {
  dense: dense('none'),
  'dense relu': dense('relu'),
  'dense tanh': dense('tanh'),
  'dense sigmoid': dense('sigmoid'),
  relu: activation('relu'),
  tanh: activation('tanh'),
  sigmoid: activation('sigmoid'),
  'attention pool with tanh': attention(true),
  'attention pool': attention(false),
  softmax: softmax,
};

const PER_KIND = 4;

interface Case {
  network: Network;
  quantized: QuantizedNetwork;
  windows: Float64Array[];
}

const cases = new Map<string, Case[]>();
let both: Bench;

beforeAll(async () => {
  const r = random(7);
  Object.entries(makers).forEach(([kind, make], m) => {
    const some = Array.from({ length: PER_KIND }, (_, k) => {
      const network = single(make(r, `n${m}_${k}`));
      const { steps, features } = network.buffers[network.input];
      const windows = Array.from({ length: 20 }, () => r.array(steps * features, 3));
      return { network, windows, quantized: quantizeNetwork(network, { windows }, widths) };
    });
    cases.set(kind, some);
  });
  both = await bench([...cases.values()].flat().map((c) => c.quantized));
});

describe.each(Object.keys(makers))('%s', (kind) => {
  it('gives the same bits in the kernel and in the reference, on random and extreme inputs', () => {
    const r = random(8);
    for (const { quantized } of cases.get(kind)!) {
      const length = quantized.blocks.find((b) => b.name === quantized.inputBlock)!.length;
      const inputs = [
        ...[0, 10, 1000, 32768].map((m) => Int16Array.from({ length }, () => r.uniform(m))),
        ...[-32768, 32767].map((level) => new Int16Array(length).fill(level)),
        Int16Array.from({ length }, () => r.pick([-32768, 32767])),
      ];
      for (const input of inputs) {
        const { kernel, reference } = both.run(quantized, input);
        expect(Buffer.compare(Buffer.from(kernel.buffer), Buffer.from(reference.buffer))).toBe(0);
      }
    }
  });

  it('follows the float layer', () => {
    for (const { network, quantized, windows } of cases.get(kind)!) {
      const { formats } = quantized;
      const real = windows.flatMap((w) => [...evaluateNetwork(network, w)[network.output]]);
      const integer = windows.flatMap((w) => [
        ...runReference(quantized, toIntegers(w, formats[network.input].scale)),
      ]);
      const ratio = snrDb(Float64Array.from(real), Int16Array.from(integer), formats[network.output].scale);
      expect(ratio).toBeGreaterThan(40);
    }
  });
});

describe('concat', () => {
  it('brings parts of different formats to one, bit for bit', async () => {
    const r = random(9);
    const halves = (name: string): Layer => ({ ...(dense('none')(r, name) as Layer & { kind: 'dense' }) });
    const [a, b] = [halves('a'), halves('b')] as (Layer & { kind: 'dense' })[];
    const x = view('x', 1, 5);
    const layers: Layer[] = [
      { ...a, input: x, output: view('small', 1, 3), weights: r.array(15, 0.1), bias: r.array(3, 0.1) },
      { ...b, input: x, output: view('large', 1, 4), weights: r.array(20, 9), bias: r.array(4, 9) },
      {
        kind: 'concat',
        name: 'join',
        inputs: [view('small', 1, 3), view('large', 1, 4), view('small', 1, 2, 1)],
        output: view('y', 1, 9),
      },
    ];
    const buffers = {
      x: { steps: 1, features: 5 },
      small: { steps: 1, features: 3 },
      large: { steps: 1, features: 4 },
      y: { steps: 1, features: 9 },
    };
    const network: Network = { name: 'concat', buffers, input: 'x', output: 'y', layers };
    const windows = Array.from({ length: 20 }, () => r.array(5, 3));
    const q = quantizeNetwork(network, { windows }, widths);
    const { run } = await bench([q]);
    for (const window of windows) {
      const { kernel, reference } = run(q, toIntegers(window, q.formats.x.scale));
      expect(kernel).toEqual(reference);
      const real = evaluateNetwork(network, window).y;
      const y = runReference(q, toIntegers(window, q.formats.x.scale));
      expect(snrDb(real, y, q.formats.y.scale)).toBeGreaterThan(35);
    }
    expect(q.formats.y.scale).toBe(q.formats.large.scale);
  });
});
