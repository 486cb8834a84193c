import { describe, expect, it } from 'vitest';
import { layerKind } from '../layers/registry.ts';
import { random } from '../layers/testing.ts';
import type { Layer, Network } from '../graph/network.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import { observeStates, segmentsOf } from './boundary-states.ts';
import { splitRecurrent } from './sub-rnn.ts';
import { largestDifference, lstmOf, small } from './testing.ts';

const r = random(11);
const windowsOf = (network: Network, count: number, size = 1): Float64Array[] => {
  const { steps, features } = network.buffers[network.input]!;
  return Array.from({ length: count }, () => r.array(steps * features, size));
};
const macs = (layers: readonly Layer[]): number =>
  layers.reduce((sum, layer) => sum + layerKind(layer).macs(layer), 0);

describe('splitRecurrent', () => {
  it('halves units and steps: a quarter of the recurrent products in each of two branches, half of the input products', () => {
    const network = small({ hidden: 8, steps: 12 });
    const split = splitRecurrent(network, { branches: 2, windows: [] });
    expect(split).toMatchObject({ layer: 'rnn', kind: 'units', units: [4, 4], inputs: [6, 6] });
    expect(split.segments).toEqual([
      { begin: 0, end: 6 },
      { begin: 6, end: 12 },
    ]);
    const branches = split.network.layers.filter((layer) => layer.kind === 'lstm');
    expect(branches.map((layer) => layer.parallel)).toEqual([
      { group: 0, branch: 0 },
      { group: 0, branch: 1 },
    ]);
    // Each branch: 6 steps x 4 gates x 4 units x (6 inputs + 4 units).
    expect(branches.map((layer) => macs([layer]))).toEqual([960, 960]);
    // The whole layer: 12 x 4 x 8 x (6 + 8).
    expect(macs([lstmOf(network)])).toBe(5376);
  });

  it('splits the dense layer before it as well when features are asked for', () => {
    const network = small();
    const split = splitRecurrent(network, { branches: 2, features: true, windows: windowsOf(network, 20) });
    expect(split.inputs).toEqual([3, 3]);
    // pre: half of the rows on half of the steps, twice.
    expect(macs(split.network.layers.filter((layer) => layer.kind === 'dense'))).toBe(
      (12 * 3 * 6) / 2 + 2 * 8,
    );
    expect(split.network.layers.map((layer) => layer.parallel?.branch)).toEqual([0, 1, 0, 1, undefined]);
    const y = evaluateNetwork(split.network, windowsOf(network, 1)[0]!)[split.network.output]!;
    expect(y.every(Number.isFinite)).toBe(true);
  });

  it('changes nothing where units do not meet and time does not matter', () => {
    // No recurrent weights, and a forget gate that is shut: every state depends on its own step alone.
    const base = small();
    const still = (network: Network): Network => ({
      ...network,
      layers: network.layers.map((layer) => {
        if (layer.kind !== 'lstm') return layer;
        const bias = layer.bias.slice();
        bias.fill(-100, 16, 24);
        return { ...layer, bias, recurrentWeights: new Float64Array(layer.recurrentWeights.length) };
      }),
    });
    const network = still(base);
    // The last branch ends with the window: its units agree. Units of the first end at step 6: let their steps be alike.
    const flat = windowsOf(network, 12).map((window) => window.map((_, k) => window[k % 3]!));
    const split = splitRecurrent(network, { branches: 2, windows: flat });
    expect(largestDifference(network, split.network, flat)).toBeLessThan(1e-9);
  });

  it('does better with windows to learn means from than without', () => {
    const network = small({ hidden: 12, steps: 24, seed: 5 });
    const windows = windowsOf(network, 60);
    const [known, fresh] = [windows.slice(0, 30), windows.slice(30)];
    const error = (other: Network) =>
      fresh.reduce((sum, window) => {
        const [a, b] = [network, other].map((n) => evaluateNetwork(n, window)[n.output]!);
        return sum + a!.reduce((s, v, k) => s + (v - b![k]!) ** 2, 0);
      }, 0);
    const blind = splitRecurrent(network, { branches: 2, windows: [] });
    const seeing = splitRecurrent(network, { branches: 2, windows: known });
    expect(blind.readout).toBeNull();
    expect(error(seeing.network)).toBeLessThan(0.8 * error(blind.network));
  });

  it.each(['lstm', 'gru', 'rnn'] as const)('splits a %s in both directions', (kind) => {
    const network = small({ kind, direction: 'bidirectional' });
    const split = splitRecurrent(network, { branches: 3, windows: windowsOf(network, 20) });
    expect(split.units.reduce((a, b) => a + b)).toBe(8);
    const parts = split.network.layers.filter((layer) => layer.kind === kind);
    expect(parts).toHaveLength(3);
    expect(evaluateNetwork(split.network, windowsOf(network, 1)[0]!).y!.every(Number.isFinite)).toBe(true);
  });

  it('starts each branch from the mean state of the whole layer at that step', () => {
    const network = small();
    const windows = windowsOf(network, 4);
    const layer = lstmOf(network);
    const segments = segmentsOf(12, 3);
    const { segments: found } = observeStates(network, layer, segments, windows);
    // Independently: the layer cut off after four steps.
    const cut: Network = {
      ...network,
      layers: [
        network.layers[0]!,
        {
          ...layer,
          input: { ...layer.input, steps: 4 },
          lastCell: { buffer: 'cell', offset: 0, steps: 1, features: 8 },
        },
      ],
      buffers: { ...network.buffers, cell: { steps: 1, features: 8 } },
    };
    const mean = (buffer: string, k: number) =>
      windows.reduce((sum, window) => sum + evaluateNetwork(cut, window)[buffer]![k]! / 4, 0);
    for (let k = 0; k < 8; k++) {
      expect(found[1]!.hidden[k]).toBeCloseTo(mean('state', k), 12);
      expect(found[1]!.cell[k]).toBeCloseTo(mean('cell', k), 12);
    }
    expect([...found[0]!.hidden]).toEqual(new Array(8).fill(0));
  });

  it.each([
    [
      'a model without a recurrent layer',
      { layers: small().layers.slice(0, 1) },
      {},
      /ESC150 Model small has no recurrent layer/,
    ],
    [
      'an unknown layer',
      {},
      { layer: 'rmm' },
      /ESC151 .*no recurrent layer "rmm".* Did you mean "?rnn"?.*--layer with one of rnn/,
    ],
    [
      'more branches than steps',
      {},
      { branches: 13 },
      /ESC152 Layer rnn of model small .*12 steps do not make 13 segments\. Name/,
    ],
    ['more branches than units', {}, { branches: 9 }, /ESC152 .*8 units do not make 9 branches/],
  ])('refuses %s', (_, change, options, message) => {
    const network = { ...small(), ...change };
    expect(() => splitRecurrent(network, { branches: 2, windows: [], ...options })).toThrow(message);
  });
});
