/** LSTM, GRU and RNN in every direction: kernel and reference give the same bits in every profile, and follow the float. */
import { describe, expect, it } from 'vitest';
import { profiles, type Profile } from '../../emit/profile.ts';
import type { RecurrentLayer } from '../../graph/network.ts';
import { quantizeNetwork } from '../../quantize/quantize-network.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import { bench, random, runReference, single, snrDb, toIntegers, view, type Random } from '../testing.ts';

const kinds = ['lstm', 'gru after', 'gru before', 'rnn tanh', 'rnn relu'] as const;
type Kind = (typeof kinds)[number];

interface Shape {
  steps: number;
  inputs: number;
  hidden: number;
  direction: RecurrentLayer['direction'];
  outputs: 'sequence' | 'last' | 'both' | 'all';
  /** Magnitude of the weights; PyTorch starts at 1 / sqrt(hidden). */
  weight: number;
  /** Magnitude of the state before the first step. */
  initial: number;
}

const gatesOf = (kind: Kind): number => (kind === 'lstm' ? 4 : kind.startsWith('gru') ? 3 : 1);

function layerOf(r: Random, name: string, kind: Kind, shape: Shape): RecurrentLayer {
  const { steps, inputs, hidden, weight, direction, initial, outputs } = shape;
  const directions = direction === 'bidirectional' ? 2 : 1;
  const width = directions * hidden;
  const rows = gatesOf(kind) * width;
  const shared = {
    name,
    direction,
    hidden,
    input: view(`${name}_x`, steps, inputs),
    ...(outputs === 'last' ? {} : { sequence: view(`${name}_seq`, steps, width) }),
    ...(outputs === 'sequence' ? {} : { last: view(`${name}_last`, 1, width) }),
    inputWeights: r.array(rows * inputs, weight),
    recurrentWeights: r.array(rows * hidden, weight),
    bias: r.array(rows, weight),
    ...(initial > 0 ? { initialHidden: r.array(width, initial) } : {}),
  };
  if (kind === 'lstm')
    return {
      ...shared,
      kind: 'lstm',
      ...(outputs === 'all' ? { lastCell: view(`${name}_cell`, 1, width) } : {}),
      ...(initial > 0 ? { initialCell: r.array(width, 2 * initial) } : {}),
    };
  if (kind === 'rnn tanh' || kind === 'rnn relu')
    return { ...shared, kind: 'rnn', activation: kind === 'rnn tanh' ? 'tanh' : 'relu' };
  return {
    ...shared,
    kind: 'gru',
    linearBeforeReset: kind === 'gru after',
    recurrentBias: r.array(width, weight),
  };
}

const randomShape = (r: Random, kind: Kind): Shape => ({
  steps: r.integer(1, 9),
  inputs: r.pick([1, 2, 3, 5, 8, 9, 13, 18]),
  hidden: r.integer(1, 13),
  direction: r.pick(['forward', 'reverse', 'bidirectional']),
  outputs: r.pick(['sequence', 'last', 'both', 'all']),
  weight: r.pick(kind === 'rnn relu' ? [0.1, 0.3] : [0.1, 1, 5]),
  initial: r.pick([0, 0.5, 3]),
});

const quantized = (r: Random, layer: RecurrentLayer, profile: Profile) => {
  const network = single(layer);
  const { steps, features } = network.buffers[network.input];
  const windows = [r.array(steps * features, 2), r.array(steps * features, 2)];
  return quantizeNetwork(network, { windows }, { weightBits: 8, activationBits: 16, profile });
};

describe.each(profiles)('profile %s', (profile) => {
  it.each(kinds)('%s gives the same bits in the kernel and in the reference', async (kind) => {
    const r = random(kinds.indexOf(kind) + 1);
    const shapes = Array.from({ length: 10 }, () => randomShape(r, kind));
    if (kind === 'lstm') shapes.push({ ...shapes[0]!, hidden: 70, inputs: 70, steps: 2, weight: 0.1 });
    if (kind === 'lstm') shapes.push({ ...shapes[0]!, hidden: 133, inputs: 3, steps: 2, weight: 0.1 });
    const networks = shapes.map((shape, k) => quantized(r, layerOf(r, `n${k}`, kind, shape), profile));
    const { run } = await bench(networks, profile);
    for (const q of networks) {
      const length = q.blocks.find((b) => b.name === q.inputBlock)!.length;
      const inputs = [
        ...[0, 100, 32768].map((m) => Int16Array.from({ length }, () => r.uniform(m))),
        ...[-32768, 32767].map((level) => new Int16Array(length).fill(level)),
        Int16Array.from({ length }, () => r.pick([-32768, 32767])),
      ];
      for (const input of inputs) {
        const { kernel, reference } = run(q, input);
        expect(Buffer.compare(Buffer.from(kernel.buffer), Buffer.from(reference.buffer))).toBe(0);
        const again = run(q, input);
        expect(again.kernel).toEqual(kernel);
      }
    }
  });
});

describe('the integers', () => {
  it.each(
    kinds.flatMap((kind) =>
      (['forward', 'reverse', 'bidirectional'] as const).map((d) => [kind, d] as const),
    ),
  )('of a %s %s follow the float layer', (kind, direction) => {
    const r = random(7);
    const ratios = [0.125, 0.25].flatMap((weight) =>
      [0, 0.5].map((initial) => {
        const shape: Shape = {
          steps: 50,
          inputs: initial ? 6 : 12,
          hidden: 32,
          direction,
          outputs: 'sequence',
          weight,
          initial,
        };
        const network = single(layerOf(r, 'snr', kind, shape));
        const window = r.array(50 * shape.inputs, 2);
        const q = quantizeNetwork(network, { windows: [window] }, { weightBits: 8, activationBits: 16 });
        const real = evaluateNetwork(network, window)[network.output];
        const integers = runReference(q, toIntegers(window, q.formats[network.input].scale));
        return snrDb(real, integers, q.formats[network.output].scale);
      }),
    );
    expect(Math.min(...ratios)).toBeGreaterThan(40);
  });
});
