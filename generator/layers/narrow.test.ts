/** Activations of 8 bits: the same bits in the kernel and in the reference, in every profile and between all layers that take them. */
import { describe, expect, it } from 'vitest';
import { profiles } from '../emit/profile.ts';
import type { WeightBits } from '../emit/weight-type.ts';
import type { Layer, Network, View } from '../graph/network.ts';
import { quantizeNetwork } from '../quantize/quantize-network.ts';
import { streamPools } from '../quantize/stream-pools.ts';
import { activationTensors, widthTensors, type Widths } from '../quantize/widths.ts';
import { bench, random, runReference, view, type Random } from './testing.ts';

const options = { weightBits: 8, activationBits: 16 } as const;
const BOTH: WeightBits[] = [8, 16];

/** A chain of random layers: dense, recurrent and element-wise ones over steps, then a pool or the last state, then dense. */
function chain(r: Random, name: string): Network {
  const steps = r.integer(1, 6);
  const buffers: Record<string, { steps: number; features: number }> = {};
  const layers: Layer[] = [];
  const buffer = (part: string, rows: number, features: number): View => {
    buffers[`${name}_${part}`] = { steps: rows, features };
    return view(`${name}_${part}`, rows, features);
  };
  let x = buffer('x', steps, r.pick([1, 3, 6, 9]));
  const input = x.buffer;
  const dense = (part: string, outputs: number): void => {
    const output = buffer(part, x.steps, outputs);
    layers.push({
      kind: 'dense',
      name: `${name}_${part}_layer`,
      activation: r.pick(['none', 'relu', 'tanh', 'sigmoid'] as const),
      input: x,
      output,
      weights: r.array(outputs * x.features, 0.7),
      bias: r.array(outputs, 0.5),
    });
    x = output;
  };
  const recurrent = (part: string, outputs: 'sequence' | 'last' | 'both'): void => {
    const kind = r.pick(['lstm', 'gru', 'rnn'] as const);
    const direction = r.pick(['forward', 'reverse', 'bidirectional'] as const);
    const hidden = r.integer(1, 9);
    const width = hidden * (direction === 'bidirectional' ? 2 : 1);
    const rows = width * (kind === 'lstm' ? 4 : kind === 'gru' ? 3 : 1);
    const sequence = outputs === 'last' ? undefined : buffer(`${part}_seq`, x.steps, width);
    const last = outputs === 'sequence' ? undefined : buffer(`${part}_last`, 1, width);
    const initial = r.pick([0, 0, 0.5, 3]);
    const shared = {
      ...{ name: `${name}_${part}`, direction, hidden, input: x, sequence, last },
      inputWeights: r.array(rows * x.features, 0.5),
      recurrentWeights: r.array(rows * hidden, 0.3),
      bias: r.array(rows, 0.3),
      ...(initial ? { initialHidden: r.array(width, initial) } : {}),
    };
    if (kind === 'lstm') layers.push({ ...shared, kind });
    else if (kind === 'rnn') layers.push({ ...shared, kind, activation: r.pick(['tanh', 'relu'] as const) });
    else
      layers.push({
        ...{ ...shared, kind, recurrentBias: r.array(width, 0.3) },
        linearBeforeReset: r.pick([true, false]),
      });
    x = last ?? sequence!;
    if (outputs === 'both') {
      const pooled = pool(`${part}_pool`, sequence!);
      const output = buffer(`${part}_joined`, 1, 2 * width);
      layers.push({ kind: 'concat', name: `${name}_${part}_join`, inputs: [last!, pooled], output });
      x = output;
    }
  };
  const pool = (part: string, of: View): View => {
    const output = buffer(part, 1, of.features);
    layers.push({
      ...{
        kind: 'attentionPool',
        name: `${name}_${part}_layer`,
        tanh: r.pick([true, false]),
        input: of,
        output,
      },
      ...{ scoreWeights: r.array(of.features, 2), scoreBias: r.uniform(1) },
    });
    return output;
  };
  const middle = r.integer(1, 3);
  for (let k = 0; k < middle; k++) {
    const kind = r.pick(['dense', 'recurrent', 'activation'] as const);
    if (kind === 'dense') dense(`d${k}`, r.integer(1, 11));
    else if (kind === 'recurrent') recurrent(`r${k}`, 'sequence');
    else {
      const output = buffer(`a${k}`, x.steps, x.features);
      const activation = r.pick(['relu', 'tanh', 'sigmoid'] as const);
      layers.push({ kind: 'activation', name: `${name}_a${k}_layer`, activation, input: x, output });
      x = output;
    }
  }
  if (r.pick([true, false])) x = pool('pool', x);
  else recurrent('end', r.pick(['last', 'both'] as const));
  dense('y', r.integer(1, 6));
  return { name, buffers, input, output: x.buffer, layers };
}

const randomWidths = (r: Random, network: Network): Widths =>
  Object.fromEntries([
    ...widthTensors(network).map(({ name }) => [name, r.pick([4, 8, 16] as WeightBits[])]),
    ...activationTensors(network).map(({ name }) => [name, r.pick(BOTH)]),
  ]);

const windowsOf = (r: Random, network: Network, count = 2): Float64Array[] => {
  const { steps, features } = network.buffers[network.input]!;
  return Array.from({ length: count }, () => r.array(steps * features, 2));
};

describe.each(profiles)('profile %s', (profile) => {
  it('gives the same bits in the kernel and in the reference, whatever the widths, joined with the pool or apart', async () => {
    const r = random(profiles.indexOf(profile) + 71);
    const made = Array.from({ length: 12 }, (_, k) => {
      const network = chain(r, `n${k}`);
      const widths = randomWidths(r, network);
      const windows = windowsOf(r, network);
      const apart = quantizeNetwork(network, { windows }, { ...options, profile, widths });
      const together = streamPools(network, apart);
      return { apart, together, compiled: r.pick([apart, together]) };
    });
    const narrow = made.flatMap(({ apart }) => apart.blocks.filter((b) => b.note.includes('of 8 bits')));
    expect(narrow.length).toBeGreaterThan(10);
    const { run } = await bench(
      made.map(({ compiled }) => compiled),
      profile,
    );
    for (const { apart, together, compiled } of made) {
      const { length } = apart.blocks.find((b) => b.name === apart.inputBlock)!;
      for (const input of [
        Int16Array.from({ length }, () => r.uniform(300)),
        Int16Array.from({ length }, () => r.uniform(32768)),
        Int16Array.from({ length }, () => r.pick([-32768, 32767])),
      ]) {
        const { kernel, reference } = run(compiled, input);
        expect(Buffer.compare(Buffer.from(kernel.buffer), Buffer.from(reference.buffer))).toBe(0);
        expect(runReference(apart, input)).toEqual(runReference(together, input));
      }
    }
  });
});
