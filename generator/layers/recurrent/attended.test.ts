/** A recurrent layer joined with its pool gives the bits of both layers apart, in every profile, kept or computed twice. */
import { describe, expect, it } from 'vitest';
import { profiles } from '../../emit/profile.ts';
import type { Network, RecurrentLayer } from '../../graph/network.ts';
import { quantizeNetwork } from '../../quantize/quantize-network.ts';
import { streamPools } from '../../quantize/stream-pools.ts';
import { bench, random, runReference, view, type Random } from '../testing.ts';
import { segmentStepsFor } from './attended.ts';

const kinds = ['lstm', 'gru after', 'gru before', 'rnn'] as const;

interface Shape {
  steps: number;
  inputs: number;
  hidden: number;
  direction: RecurrentLayer['direction'];
  initial: number;
}

function networkOf(r: Random, name: string, kind: (typeof kinds)[number], shape: Shape): Network {
  const { steps, inputs, hidden, direction, initial } = shape;
  const directions = direction === 'bidirectional' ? 2 : 1;
  const width = directions * hidden;
  const rows = (kind === 'lstm' ? 4 : kind === 'rnn' ? 1 : 3) * width;
  const shared = {
    name: `${name}_rnn`,
    direction,
    hidden,
    input: view(`${name}_x`, steps, inputs),
    sequence: view(`${name}_h`, steps, width),
    inputWeights: r.array(rows * inputs, 0.5),
    recurrentWeights: r.array(rows * hidden, 0.5),
    bias: r.array(rows, 0.5),
    ...(initial ? { initialHidden: r.array(width, initial) } : {}),
  };
  const layer: RecurrentLayer =
    kind === 'lstm'
      ? { ...shared, kind, ...(initial ? { initialCell: r.array(width, initial) } : {}) }
      : kind === 'rnn'
        ? { ...shared, kind, activation: 'tanh' }
        : {
            ...shared,
            kind: 'gru',
            linearBeforeReset: kind === 'gru after',
            recurrentBias: r.array(width, 0.5),
          };
  return {
    name,
    buffers: {
      [`${name}_x`]: { steps, features: inputs },
      [`${name}_h`]: { steps, features: width },
      [`${name}_y`]: { steps: 1, features: width },
    },
    input: `${name}_x`,
    output: `${name}_y`,
    layers: [
      layer,
      {
        kind: 'attentionPool',
        name: `${name}_attention`,
        tanh: r.pick([true, false]),
        input: view(`${name}_h`, steps, width),
        output: view(`${name}_y`, 1, width),
        scoreWeights: r.array(width, 2),
        scoreBias: r.uniform(1),
      },
    ],
  };
}

const widths = { weightBits: 8, activationBits: 16 } as const;

/** Rows of 8 bits or of 16, by turns. */
const quantized = (r: Random, network: Network, profile: (typeof profiles)[number], bits: 8 | 16 = 16) => {
  const { steps, features } = network.buffers[network.input]!;
  return quantizeNetwork(
    network,
    { windows: [r.array(steps * features, 2)] },
    { ...widths, profile, widths: { [`${network.name}_h`]: bits } },
  );
};

describe.each(profiles)('profile %s', (profile) => {
  it.each(kinds)('%s: the pool takes rows as they come', async (kind) => {
    const r = random(kinds.indexOf(kind) + 1);
    const cases = [
      { steps: 1, inputs: 3, hidden: 5, direction: 'bidirectional', initial: 0 },
      { steps: 7, inputs: 3, hidden: 5, direction: 'bidirectional', initial: 0.5 },
      { steps: 30, inputs: 9, hidden: 8, direction: 'bidirectional', initial: 0 },
      { steps: 23, inputs: 2, hidden: 3, direction: 'bidirectional', initial: 2 },
      { steps: 12, inputs: 4, hidden: 6, direction: 'forward', initial: 0.5 },
    ] as const;
    const made = cases.flatMap((shape, k) =>
      [false, true]
        .filter((recompute) => !recompute || (shape.direction === 'bidirectional' && shape.steps > 10))
        .flatMap((recompute) => ([16, 8] as const).map((bits) => ({ recompute, bits })))
        .map(({ recompute, bits }) => {
          const network = networkOf(r, `n${k}${recompute ? 't' : 'o'}${bits}`, kind, shape);
          const apart = quantized(r, network, profile, bits);
          const together = streamPools(network, apart, { recompute });
          expect(together.stages).toHaveLength(1);
          expect(together.blocks.some(({ name }) => name.endsWith('_h'))).toBe(false);
          expect(together.stages[0]!.recomputed !== undefined).toBe(recompute);
          return { apart, together };
        }),
    );
    const { run } = await bench(
      made.map(({ together }) => together),
      profile,
    );
    for (const { apart, together } of made) {
      const { length } = together.blocks.find((b) => b.name === together.inputBlock)!;
      for (const magnitude of [0, 300, 32768]) {
        const input = Int16Array.from({ length }, () => r.uniform(magnitude));
        const expected = runReference(apart, input);
        for (const _ of ['once', 'again']) {
          const { kernel, reference } = run(together, input);
          expect(kernel).toEqual(reference);
          expect([...kernel].slice(-expected.length)).toEqual([...expected]);
        }
      }
    }
  });
});

describe('streamPools', () => {
  const shape = { steps: 2048, inputs: 3, hidden: 64, direction: 'bidirectional', initial: 0 } as const;
  const bytes = (blocks: readonly { kind: string; type: string; length: number }[]): number =>
    blocks
      .filter(({ kind }) => kind === 'buffer')
      .reduce((sum, { type, length }) => sum + length * { i8: 1, i16: 2, i32: 4, i64: 8 }[type]!, 0);

  it('keeps one direction, or at 2,048 steps a twelfth of it, computed twice', () => {
    const r = random(3);
    const network = networkOf(r, 'long', 'lstm', shape);
    const apart = quantizeNetwork(network, { windows: [r.array(2048 * 3, 1)] }, widths);
    const oneDirection = 2048 * 64 * 2;
    expect(bytes(apart.blocks)).toBeGreaterThan(2 * oneDirection);
    const once = bytes(streamPools(network, apart).blocks);
    expect(once).toBeLessThan(oneDirection + 2048);
    const [stage] = streamPools(network, apart, { recompute: true }).stages;
    const twice = bytes(streamPools(network, apart, { recompute: true }).blocks);
    expect(twice).toBeLessThan(oneDirection / 12 + 2048);
    expect(stage!.recomputed!.savedBytes).toBe(once - twice);
    // All steps of one direction but those of the first segment.
    const { segmentSteps } = stage!.recomputed!;
    expect(segmentSteps).toBe(segmentStepsFor(network.layers[0] as RecurrentLayer));
    expect(stage!.recomputed!.macs).toBe((2048 - segmentSteps) * 4 * 64 * (3 + 64));
  });

  it('leaves a sequence alone that something else reads, or that is the output', () => {
    const r = random(4);
    const network = networkOf(r, 'n', 'rnn', { ...shape, steps: 4 });
    const asOutput = { ...network, output: 'n_h' };
    expect(streamPools(asOutput, quantized(r, asOutput, 'aot')).stages).toHaveLength(2);
    const pool = network.layers[1]!;
    const twoReaders = {
      ...network,
      buffers: { ...network.buffers, other: { steps: 1, features: 128 } },
      layers: [
        ...network.layers,
        { ...pool, name: 'other', output: view('other', 1, 128) },
      ] as Network['layers'],
    };
    expect(streamPools(twoReaders, quantized(r, twoReaders, 'aot')).stages).toHaveLength(3);
  });

  it('refuses to recompute where nothing can be (ESC321)', () => {
    const r = random(5);
    const network = networkOf(r, 'n', 'rnn', { ...shape, direction: 'forward', steps: 50 });
    expect(() => streamPools(network, quantized(r, network, 'aot'), { recompute: true })).toThrow(
      /ESC321 Model n.*Leave --recompute out/,
    );
  });
});
