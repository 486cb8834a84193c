/** Weights of 4, 8 and 16 bits: the same bits in the kernel and in the reference, half the bytes, and noise that goes with the bits. */
import { beforeAll, describe, expect, it } from 'vitest';
import { profiles } from '../emit/profile.ts';
import { packFour, weightBytes, type WeightBits } from '../emit/weight-type.ts';
import type { Layer, RecurrentLayer } from '../graph/network.ts';
import { quantizeNetwork, type QuantizedNetwork } from '../quantize/quantize-network.ts';
import { widthTensors } from '../quantize/widths.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import { bench, random, runReference, single, snrDb, toIntegers, view, type Random } from './testing.ts';

const bits: WeightBits[] = [4, 8, 16];
const kinds = ['dense', 'lstm', 'gru after', 'gru before', 'rnn'] as const;
type Kind = (typeof kinds)[number];

interface Shape {
  steps: number;
  inputs: number;
  units: number;
}

function layerOf(r: Random, name: string, kind: Kind, { steps, inputs, units }: Shape): Layer {
  const x = view(`${name}_x`, steps, inputs);
  if (kind === 'dense') {
    const activation = r.pick(['none', 'relu', 'tanh', 'sigmoid'] as const);
    const weights = r.array(inputs * units, 0.5);
    return {
      kind,
      name,
      activation,
      weights,
      bias: r.array(units, 0.5),
      input: x,
      output: view(`${name}_y`, steps, units),
    };
  }
  const direction = r.pick(['forward', 'bidirectional'] as const);
  const width = (direction === 'forward' ? 1 : 2) * units;
  const gates = kind === 'lstm' ? 4 : kind === 'rnn' ? 1 : 3;
  const shared = {
    ...{ name, direction, hidden: units, input: x, sequence: view(`${name}_y`, steps, width) },
    inputWeights: r.array(gates * width * inputs, 0.5),
    recurrentWeights: r.array(gates * width * units, 0.3),
    bias: r.array(gates * width, 0.3),
  };
  if (kind === 'lstm') return { ...shared, kind };
  if (kind === 'rnn') return { ...shared, kind, activation: 'tanh' };
  return {
    ...shared,
    kind: 'gru',
    linearBeforeReset: kind === 'gru after',
    recurrentBias: r.array(width, 0.3),
  };
}

/** All matrices of the layer with bits of their own. */
function quantized(
  r: Random,
  layer: Layer,
  profile: (typeof profiles)[number],
  of: () => WeightBits,
): QuantizedNetwork {
  const network = single(layer);
  const { steps, features } = network.buffers[network.input]!;
  const windows = [r.array(steps * features, 2), r.array(steps * features, 2)];
  const widths = Object.fromEntries(widthTensors(network).map(({ name }) => [name, of()]));
  return quantizeNetwork(network, { windows }, { weightBits: 8, activationBits: 16, profile, widths });
}

describe.each(profiles)('profile %s', (profile) => {
  it.each(kinds)('%s gives the same bits in the kernel and in the reference', async (kind) => {
    const r = random(kinds.indexOf(kind) + 21);
    const shapes: Shape[] = Array.from({ length: 8 }, () => ({
      steps: r.integer(1, 5),
      inputs: r.pick([1, 2, 3, 7, 8, 9, 16, 21]),
      units: r.integer(1, 13),
    }));
    if (kind === 'lstm') shapes.push({ steps: 2, inputs: 140, units: 9 });
    const networks = shapes.map((shape, k) =>
      quantized(r, layerOf(r, `n${k}`, kind, shape), profile, () => r.pick(bits)),
    );
    const { run } = await bench(networks, profile);
    for (const q of networks) {
      const length = q.blocks.find((b) => b.name === q.inputBlock)!.length;
      const inputs = [
        ...[100, 32768].map((m) => Int16Array.from({ length }, () => r.uniform(m))),
        ...[-32768, 32767].map((level) => new Int16Array(length).fill(level)),
        Int16Array.from({ length }, () => r.pick([-32768, 32767])),
      ];
      for (const input of inputs) {
        const { kernel, reference } = run(q, input);
        expect(Buffer.compare(Buffer.from(kernel.buffer), Buffer.from(reference.buffer))).toBe(0);
      }
    }
  });
});

describe('more bits', () => {
  let r: Random;
  beforeAll(() => {
    r = random(99);
  });
  it.each(kinds)('of a %s mean less noise, fewer bytes the other way', (kind) => {
    const layer = layerOf(r, 'layer', kind, { steps: 20, inputs: 12, units: 24 });
    const network = single(layer);
    const windows = Array.from({ length: 8 }, () => r.array(20 * 12, 1));
    const found = bits.map((width) => {
      const widths = Object.fromEntries(widthTensors(network).map(({ name }) => [name, width]));
      const q = quantizeNetwork(network, { windows }, { weightBits: 8, activationBits: 16, widths });
      const ratios = windows.map((window) => {
        const y = runReference(q, toIntegers(window, q.formats[network.input]!.scale));
        return snrDb(evaluateNetwork(network, window)[network.output]!, y, q.formats[network.output]!.scale);
      });
      const constants = q.blocks.filter(
        (b) => b.kind === 'constant' && /weights|units|candidates/.test(b.name),
      );
      const bytes = constants.reduce((sum, b) => sum + b.data!.byteLength, 0);
      return { noise: Math.min(...ratios), bytes };
    });
    // A bit is worth 6 dB where weights are what rounds; four of them at least 12 here.
    expect(found[1]!.noise - found[0]!.noise).toBeGreaterThan(12);
    expect(found[2]!.noise).toBeGreaterThan(found[1]!.noise + 3);
    expect(found[0]!.bytes).toBeLessThan(0.75 * found[1]!.bytes);
    expect(found[2]!.bytes).toBeGreaterThan(1.4 * found[1]!.bytes);
  });
});

describe('widths of single matrices', () => {
  const r = random(4);
  const layer = layerOf(r, 'rnn', 'lstm', { steps: 3, inputs: 4, units: 5 }) as RecurrentLayer;
  const act = (widths: Record<string, number>) => () =>
    quantizeNetwork(
      single(layer),
      { windows: [r.array(12)] },
      { weightBits: 8, activationBits: 16, widths: widths as Record<string, WeightBits> },
    );

  it('refuses a matrix that there is not, and bits that no kernel has', () => {
    expect(act({ 'rnn.recurent': 4 })).toThrow(
      /ESC316 Model rnn has no weight matrix or activation "rnn\.recurent".*rnn\.recurrent.*Use rnn\.input, rnn\.recurrent\./,
    );
    expect(act({ 'rnn.input': 6 })).toThrow(
      'ESC317 Model rnn: weight matrix "rnn.input" cannot have 6 bits. Use 4, 8 or 16.',
    );
  });

  it('packs two weights in a byte, the lower half first', () => {
    expect([...packFour([1, -1, 7, -7, 3])]).toEqual([0x01 | ((0xf0 << 24) >> 24), (0x97 << 24) >> 24, 3]);
    expect(weightBytes('i4', 4, 3)).toBe(8);
    expect(weightBytes('i4', 3, 3)).toBe(12);
    expect(weightBytes('i16', 3, 3)).toBe(18);
  });
});
