import { describe, expect, it } from 'vitest';
import { lintModule } from '../../lint/lint.ts';
import { bench, random, single, view } from '../../layers/testing.ts';
import { tanhQ15 } from '../../layers/integer/activations.ts';
import { tanhTable } from '../../quantize/tables.ts';
import type { LstmLayer, RecurrentLayer } from '../../graph/network.ts';
import { quantizeNetwork } from '../../quantize/quantize-network.ts';
import { chordBlock } from './host-chords.ts';

const options = { weightBits: 8, activationBits: 16, profile: 'host' } as const;

interface Shape {
  kind: 'lstm' | 'gru' | 'rnn';
  inputs: number;
  hidden: number;
}

const gates = { lstm: 4, gru: 3, rnn: 1 };
const STEPS = 3;

function layerOf({ kind, inputs, hidden }: Shape, weight: number): RecurrentLayer {
  const { array } = random(inputs + hidden);
  const rows = gates[kind] * hidden;
  const shared = {
    name: 'cell',
    direction: 'forward',
    hidden,
    input: view('x', STEPS, inputs),
    sequence: view('y', STEPS, hidden),
    inputWeights: array(rows * inputs, weight),
    recurrentWeights: array(rows * hidden, weight),
    bias: array(rows, weight),
  } as const;
  if (kind === 'lstm') return { ...shared, kind } satisfies LstmLayer;
  if (kind === 'rnn') return { ...shared, kind, activation: 'tanh' };
  return { ...shared, kind, linearBeforeReset: true, recurrentBias: array(hidden, weight) };
}

/** Small shapes, all cells, all directions: generator/layers/recurrent/same-bits.test.ts, test/examples/bits.test.ts. */
describe('profile host', () => {
  it('is never taken for a kernel to flash: the rules of modules refuse its SIMD', async () => {
    const network = single(layerOf({ kind: 'lstm', inputs: 3, hidden: 9 }, 1));
    const windows = [random(1).array(STEPS * 3)];
    const { wasm, source } = await bench([quantizeNetwork(network, { windows }, options)], 'host');
    expect(source).toContain('squash(32, ');
    for (const runtime of ['wasm3', 'wamr', 'wasm2c'])
      expect(lintModule(wasm, runtime)[0]).toMatchObject({ rule: 'accepted-features', severity: 'error' });
  });

  // Blocks of sixteen rows and what is left, turns of eight pairs of inputs and what is left, odd ones too.
  it.each<Shape>([
    { kind: 'lstm', inputs: 4, hidden: 32 },
    { kind: 'lstm', inputs: 1, hidden: 21 },
    { kind: 'lstm', inputs: 35, hidden: 18 },
    { kind: 'gru', inputs: 16, hidden: 24 },
    { kind: 'gru', inputs: 5, hidden: 22 },
    { kind: 'rnn', inputs: 33, hidden: 37 },
    { kind: 'rnn', inputs: 6, hidden: 20 },
  ])('gives the bits of the reference, extremes too: %o', async (shape) => {
    const r = random(7);
    const size = STEPS * shape.inputs;
    const quantized = [0.3, 5].map((weight) => {
      const layer = layerOf(shape, weight);
      const network = single({ ...layer, name: `cell${weight * 10}` });
      return quantizeNetwork(
        { ...network, name: layer.name + weight * 10 },
        { windows: [r.array(size, 2)] },
        options,
      );
    });
    for (const network of quantized) {
      const { run } = await bench([network], 'host');
      const inputs = [
        Int16Array.from(r.array(size, 32767)),
        Int16Array.from({ length: size }, (_, k) => (k % 3 ? 32767 : -32768)),
        new Int16Array(size).fill(-32768),
        new Int16Array(size).fill(32767),
        new Int16Array(size),
      ];
      for (const input of inputs) {
        const { kernel, reference } = run(network, input);
        expect(kernel).toEqual(reference);
      }
    }
  });

  it('reads tanh from chords with the bits of the table', () => {
    const chords = chordBlock.data as Int16Array;
    const ofChords = (z: number): number => {
      const u = Math.min(524287, Math.max(-524288, z));
      const chord = 2 * ((u >> 11) + 256);
      return (chords[chord]! * (u & 2047) + chords[chord + 1]! * 2048) >> 11;
    };
    for (let z = -540000; z <= 540000; z++)
      if (ofChords(z) !== tanhQ15(z, tanhTable)) expect(`${z}: ${ofChords(z)}`).toBe(tanhQ15(z, tanhTable));
  });
});
