import { describe, expect, it } from 'vitest';
import type { LstmLayer } from '../../graph/network.ts';
import { quantizeNetwork } from '../../quantize/quantize-network.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import { bench, random, runReference, single, snrDb, toIntegers, view, type Random } from '../testing.ts';

const widths = { weightBits: 8, activationBits: 16 } as const;

interface Shape {
  steps: number;
  inputs: number;
  hidden: number;
  direction: LstmLayer['direction'];
  outputs: 'sequence' | 'last' | 'both';
  /** Magnitude of the weights; PyTorch starts at 1 / sqrt(hidden). */
  weight: number;
}

function lstmLayer(r: Random, name: string, shape: Shape): LstmLayer {
  const { steps, inputs, hidden, weight } = shape;
  const directions = shape.direction === 'bidirectional' ? 2 : 1;
  const width = directions * hidden;
  return {
    kind: 'lstm',
    name,
    direction: shape.direction,
    hidden,
    input: view(`${name}_x`, steps, inputs),
    sequence: shape.outputs === 'last' ? undefined : view(`${name}_seq`, steps, width),
    last: shape.outputs === 'sequence' ? undefined : view(`${name}_last`, 1, width),
    inputWeights: r.array(directions * 4 * hidden * inputs, weight),
    recurrentWeights: r.array(directions * 4 * hidden * hidden, weight),
    bias: r.array(directions * 4 * hidden, weight),
  };
}

const randomShape = (r: Random): Shape => ({
  steps: r.integer(1, 12),
  inputs: r.integer(1, 11),
  hidden: r.integer(1, 13),
  direction: r.pick(['forward', 'reverse', 'bidirectional']),
  outputs: r.pick(['sequence', 'last', 'both']),
  weight: r.pick([0.1, 1, 10]),
});

describe('lstm', () => {
  it('gives the same bits in the kernel and in the reference, on random and extreme inputs', async () => {
    const r = random(1);
    const networks = Array.from({ length: 16 }, (_, k) => single(lstmLayer(r, `n${k}`, randomShape(r))));
    const quantized = networks.map((network) => {
      const { steps, features } = network.buffers[network.input];
      return quantizeNetwork(network, { windows: [r.array(steps * features, 2)] }, widths);
    });
    const { run } = await bench(quantized);
    for (const q of quantized) {
      const length = q.blocks.find((b) => b.name === q.inputBlock)!.length;
      for (const magnitude of [0, 100, 32768]) {
        const input = Int16Array.from({ length }, () => r.uniform(magnitude));
        expectSame(run(q, input));
      }
      for (const level of [-32768, 32767]) expectSame(run(q, new Int16Array(length).fill(level)));
      expectSame(
        run(
          q,
          Int16Array.from({ length }, () => r.pick([-32768, 32767])),
        ),
      );
    }
  });

  it('forgets one call before the next', async () => {
    const r = random(2);
    const shape: Shape = {
      ...randomShape(r),
      steps: 7,
      direction: 'bidirectional',
      outputs: 'both',
      weight: 1,
    };
    const network = single(lstmLayer(r, 'twice', shape));
    const q = quantizeNetwork(network, { windows: [r.array(7 * shape.inputs)] }, widths);
    const { run } = await bench([q]);
    const input = toIntegers(r.array(7 * shape.inputs), q.formats[network.input].scale);
    const first = run(q, input);
    const second = run(q, input);
    expect(second.kernel).toEqual(first.kernel);
    expect(second.reference).toEqual(first.reference);
  });

  it.each(['forward', 'reverse', 'bidirectional'] as const)('follows the float %s LSTM', (direction) => {
    const r = random(3);
    const ratios = [0.125, 0.3, 1].map((weight) => {
      const shape: Shape = { steps: 50, inputs: 6, hidden: 32, direction, outputs: 'sequence', weight };
      const network = single(lstmLayer(r, 'snr', shape));
      return snr(network, r.array(300, 2));
    });
    expect(Math.min(...ratios)).toBeGreaterThan(30);
    expect(Math.max(...ratios)).toBeGreaterThan(45);
  });
});

function expectSame({ kernel, reference }: { kernel: Int16Array; reference: Int16Array }): void {
  expect(Buffer.compare(Buffer.from(kernel.buffer), Buffer.from(reference.buffer))).toBe(0);
}

function snr(network: ReturnType<typeof single>, window: Float64Array): number {
  const q = quantizeNetwork(network, { windows: [window] }, widths);
  const real = evaluateNetwork(network, window)[network.output];
  return snrDb(
    real,
    runReference(q, toIntegers(window, q.formats[network.input].scale)),
    q.formats[network.output].scale,
  );
}
