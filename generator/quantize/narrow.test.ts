import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import { narrow8 } from '../layers/integer/fixed.ts';
import { random, runReference, snrDb, toIntegers, view } from '../layers/testing.ts';
import type { Layer, Network } from '../graph/network.ts';
import { bitsToDrop, narrowable } from './narrow.ts';
import { quantizeNetwork } from './quantize-network.ts';
import { activationTensors, type Widths } from './widths.ts';

const options = { weightBits: 8, activationBits: 16 } as const;

/** Dense (relu) over steps, LSTM with its sequence, pool, dense, softmax. */
function network(): Network {
  const { array } = random(5);
  const [steps, inputs, units, hidden] = [40, 6, 16, 12];
  const layers: Layer[] = [
    {
      ...{ kind: 'dense', name: 'pre', activation: 'relu' },
      ...{ weights: array(units * inputs, 0.5), bias: array(units, 0.2) },
      ...{ input: view('x', steps, inputs), output: view('pre_out', steps, units) },
    } as Layer,
    {
      ...{ kind: 'lstm', name: 'rnn', direction: 'forward', hidden },
      ...{ input: view('pre_out', steps, units), sequence: view('h', steps, hidden) },
      inputWeights: array(4 * hidden * units, 0.4),
      recurrentWeights: array(4 * hidden * hidden, 0.3),
      bias: array(4 * hidden, 0.3),
    } as Layer,
    {
      ...{ kind: 'attentionPool', name: 'pool', tanh: true, scoreBias: 0, scoreWeights: array(hidden, 1) },
      ...{ input: view('h', steps, hidden), output: view('pooled', 1, hidden) },
    } as Layer,
    {
      ...{ kind: 'dense', name: 'head', activation: 'none', weights: array(5 * hidden), bias: array(5) },
      ...{ input: view('pooled', 1, hidden), output: view('logits', 1, 5) },
    } as Layer,
    { kind: 'softmax', name: 'out', input: view('logits', 1, 5), output: view('y', 1, 5) },
  ];
  return {
    ...{ name: 'chain', input: 'x', output: 'y', layers },
    buffers: {
      x: { steps, features: inputs },
      pre_out: { steps, features: units },
      h: { steps, features: hidden },
      pooled: { steps: 1, features: hidden },
      logits: { steps: 1, features: 5 },
      y: { steps: 1, features: 5 },
    },
  };
}

const chain = network();
const { array } = random(6);
const windows = Array.from({ length: 8 }, () => array(240, 2));
const quantized = (widths: Widths) => quantizeNetwork(chain, { windows }, { ...options, widths });

describe('bits to drop', () => {
  it('are the fewest that leave the largest value within 128 steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), (share) => {
        const scale = 1 / 32768;
        const dropped = bitsToDrop(share, scale);
        expect(share).toBeLessThanOrEqual(128 * scale * 2 ** dropped);
        if (dropped > 0) expect(share).toBeGreaterThan(128 * scale * 2 ** (dropped - 1));
      }),
    );
    expect([bitsToDrop(0, 1), bitsToDrop(1, 1 / 32768), bitsToDrop(0.5, 1 / 32768)]).toEqual([0, 8, 7]);
  });

  it('round to nearest, ties up, and clamp', () => {
    expect([127, 128, -128, -129, 384, 32767, -32768].map((x) => narrow8(x, 8))).toEqual([
      0, 1, 0, -1, 2, 127, -128,
    ]);
    expect([-3, 3, 200, -200].map((x) => narrow8(x, 0))).toEqual([-3, 3, 127, -128]);
  });
});

describe('activations of 8 bits', () => {
  it('are those between layers that can', () => {
    expect(narrowable(chain)).toEqual(['pre_out', 'h', 'pooled']);
    expect(activationTensors(chain)[0]).toEqual({
      ...{ name: 'pre_out', kind: 'activations', usual: 16, numbers: 640 },
    });
  });

  it('are refused by name where they cannot be, and say why', () => {
    const refused = (name: string, bits: number) => () => quantized({ [name]: bits } as Widths);
    expect(refused('x', 8)).toThrow(/ESC291 Model chain: activation "x".*it is the input of the model/);
    expect(refused('y', 8)).toThrow(/ESC291 .*"y".*it is the output of the model.*Leave it at 16/);
    expect(refused('logits', 8)).toThrow(
      /ESC291 .*"logits" cannot have 8 bits: layer out \(softmax\) reads 16 bits/,
    );
    expect(refused('h', 4)).toThrow(/ESC290 Model chain: activation "h" cannot have 4 bits: .*Use 8 or 16/);
    expect(refused('h', 12)).toThrow(/ESC292 Model chain: activation "h" cannot have 12 bits\. Use 8 or 16/);
    expect(refused('hh', 8)).toThrow(/ESC316 .*activation "hh".*pre_out, h, pooled/);
    expect(refused('logits', 16)).not.toThrow();
  });

  it('take half the bytes, keep the meaning of a step, and leave the state alone', () => {
    const [wide, narrow] = [quantized({}), quantized({ pre_out: 8, h: 8 })];
    const block = (q: typeof wide, name: string) => q.blocks.find((b) => b.name === name)!;
    for (const name of ['model_pre_out', 'model_h']) {
      expect([block(wide, name).type, block(narrow, name).type]).toEqual(['i16', 'i8']);
      expect(block(narrow, name).note).toContain('of 8 bits');
      const ratio = Math.log2(block(narrow, name).scale! / block(wide, name).scale!);
      expect(Number.isInteger(ratio) && ratio >= 7 && ratio <= 8).toBe(true);
    }
    expect(block(narrow, 'model_rnn_state').type).toBe('i16');
    expect(narrow.formats).toEqual(wide.formats);
  });

  it('make the worst case of what they are multiplied with smaller', () => {
    const worst = (widths: Widths) =>
      quantized(widths).proofs.find(({ where }) => where.includes('input part'))!.worstCase;
    expect(worst({ pre_out: 8 })).toBeLessThan(worst({}) / 200);
  });

  it('cost noise that goes with their bits', () => {
    const ratio = (widths: Widths): number => {
      const q = quantized(widths);
      const found = windows.map((window) =>
        snrDb(
          evaluateNetwork(chain, window)['y']!,
          runReference(q, toIntegers(window, q.formats['x']!.scale)),
          q.formats['y']!.scale,
        ),
      );
      return Math.min(...found);
    };
    const [wide, narrow] = [ratio({}), ratio({ pre_out: 8, h: 8, pooled: 8 })];
    expect(narrow).toBeGreaterThan(30);
    expect(narrow).toBeLessThan(wide);
  });
});
