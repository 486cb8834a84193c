import { describe, expect, it } from 'vitest';
import type { DenseLayer, Layer, LstmLayer, Network } from '../graph/network.ts';
import { random, single, view } from '../layers/testing.ts';
import { bitsOfCell } from '../layers/recurrent/state.ts';
import { quantizeNetwork } from './quantize-network.ts';

const widths = { weightBits: 8, activationBits: 16 } as const;
const r = random(11);

const dense = (
  name: string,
  input = 'x',
  output = 'y',
  outputs = 3,
  extra: Partial<DenseLayer> = {},
): DenseLayer => ({
  kind: 'dense',
  name,
  activation: 'none',
  input: view(input, 1, 4),
  output: view(output, 1, outputs),
  weights: r.array(4 * outputs),
  bias: r.array(outputs),
  ...extra,
});

const lstm = (name: string, last = 'y', steps = 5): LstmLayer => ({
  kind: 'lstm',
  name,
  direction: 'forward',
  hidden: 3,
  input: view('x', steps, 4),
  last: view(last, 1, 3),
  inputWeights: r.array(48),
  recurrentWeights: r.array(36),
  bias: r.array(12),
});

const windows = [r.array(4, 2), r.array(4, 2)];

describe('formats', () => {
  it('leave room for twice the largest calibration value', () => {
    const q = quantizeNetwork(single(dense('d')), { windows }, widths);
    const largest = Math.max(...windows.flatMap((w) => [...w].map(Math.abs)));
    expect(q.formats.x.scale * 32767).toBeCloseTo(2 * largest, 12);
  });

  it('are Q15 for an LSTM, tanh, sigmoid and softmax', () => {
    const layers: Layer[] = [
      lstm('a', 'y', 1),
      dense('b', 'x', 'y', 3, { activation: 'tanh' }),
      dense('c', 'x', 'y', 3, { activation: 'sigmoid' }),
      { kind: 'softmax', name: 'd', input: view('x', 1, 4), output: view('y', 1, 4) },
      { kind: 'activation', activation: 'tanh', name: 'e', input: view('x', 1, 4), output: view('y', 1, 4) },
    ];
    for (const layer of layers)
      expect(quantizeNetwork(single(layer), { windows }, widths).formats.y).toEqual({
        type: 'i16',
        scale: 2 ** -15,
      });
  });

  it('hold the worst case where calibration saw only zeros', () => {
    const never = dense('never', 'x', 'y', 2, { activation: 'relu', bias: Float64Array.of(-1000, -1000) });
    const q = quantizeNetwork(single(never), { windows }, widths);
    expect(q.formats.y.scale * 32767).toBeGreaterThan(900);
  });

  it('are shared by two LSTMs that write one buffer, and refused for unlike writers (ESC312)', () => {
    const halves = (second: Layer): Network => ({
      name: 'halves',
      buffers: { x: { steps: 1, features: 4 }, y: { steps: 1, features: 6 } },
      input: 'x',
      output: 'y',
      layers: [lstm('head', 'y', 1), second],
    });
    const tail = { ...lstm('tail', 'y', 1), last: view('y', 1, 3, 3) };
    expect(quantizeNetwork(halves(tail), { windows }, widths).formats.y.scale).toBe(2 ** -15);
    const unlike = { ...dense('tail'), output: view('y', 1, 3, 3) };
    expect(() => quantizeNetwork(halves(unlike), { windows }, widths)).toThrow(
      /ESC312 Buffer y .*head, tail.* join them with a concat\./,
    );
  });
});

describe('names', () => {
  it('of stages are those of the layers, even where a buffer has the same one', () => {
    const network = { ...single(dense('y')), name: 'same' };
    expect(quantizeNetwork(network, { windows }, widths).stages[0].name).toBe('model_y');
  });

  it('stay unique where layers and buffers share them', () => {
    const network: Network = {
      name: 'names',
      buffers: {
        x: { steps: 1, features: 4 },
        'fc/weights': { steps: 1, features: 4 },
        fc: { steps: 1, features: 4 },
      },
      input: 'x',
      output: 'fc',
      layers: [dense('fc', 'x', 'fc/weights', 4), dense('/fc', 'fc/weights', 'fc', 4)],
    };
    const q = quantizeNetwork(network, { windows }, widths);
    const names = q.blocks.map((b) => b.name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(q.stages.map((s) => s.name)).size).toBe(2);
    for (const stage of q.stages) for (const block of stage.blocks) expect(names).toContain(block);
    for (const name of [...names, ...q.stages.map((s) => s.name)])
      expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
  });
});

describe('cells', () => {
  it.each([
    [1, 30],
    [100, 24],
    [127, 24],
    [128, 23],
    [200, 23],
    [2048, 19],
  ])('of %i steps have %i fraction bits', (steps, bits) => {
    expect(bitsOfCell(steps)).toBe(bits);
    expect(steps * 2 ** bits + 1).toBeLessThanOrEqual(2 ** 31 - 1);
  });
});

describe('refusals', () => {
  it('ESC301: an accumulator that could overflow', () => {
    const inputs = 1100;
    const wide: DenseLayer = {
      ...dense('wide'),
      input: view('x', 1, inputs),
      output: view('y', 1, 1),
      weights: new Float64Array(inputs).fill(1),
      bias: Float64Array.of(0),
    };
    expect(() => quantizeNetwork(single(wide), { windows: [r.array(inputs)] }, widths)).toThrow(
      /ESC301 Layer wide: .* Lower the weight or activation bits of this layer, or split it\./,
    );
  });

  it('ESC301: an LSTM over more steps than its cells can count', () => {
    const long = lstm('long', 'y', 40000);
    expect(() => quantizeNetwork(single(long), { windows: [r.array(160000)] }, widths)).toThrow(
      /ESC301 Layer long/,
    );
  });

  it('ESC301: weights and steps that no accumulator can hold', () => {
    const steps = 20000;
    const pool: Layer = {
      kind: 'attentionPool',
      name: 'pool',
      tanh: false,
      input: view('x', steps, 1),
      output: view('y', 1, 1),
      scoreWeights: Float64Array.of(1),
      scoreBias: 0,
    };
    expect(() => quantizeNetwork(single(pool), { windows: [r.array(steps)] }, widths)).toThrow(
      /ESC301 Layer pool/,
    );
    const huge = dense('huge', 'x', 'y', 1, { activation: 'tanh', weights: new Float64Array(4).fill(1e30) });
    expect(() => quantizeNetwork(single(huge), { windows }, widths)).toThrow(/ESC301 Layer huge/);
  });

  it('ESC310: no calibration windows, or silent ones', () => {
    const network = single(dense('d'));
    expect(() => quantizeNetwork(network, { windows: [] }, widths)).toThrow(
      /ESC310 Model d.*Give calibration windows/,
    );
    expect(() => quantizeNetwork(network, { windows: [new Float64Array(4)] }, widths)).toThrow(/ESC310/);
  });

  it('ESC311: a calibration window with NaN', () => {
    const broken = Float64Array.of(1, NaN, 0, 0);
    expect(() => quantizeNetwork(single(dense('d')), { windows: [windows[0], broken] }, widths)).toThrow(
      /ESC311 Model d: calibration window 1 .* Remove NaN/,
    );
  });

  it('ESC313: other widths', () => {
    expect(() =>
      quantizeNetwork(single(dense('d')), { windows }, { weightBits: 4 as 8, activationBits: 16 }),
    ).toThrow(/ESC313 .*4 bits.*Use 8-bit weights and 16-bit activations\./);
  });
});
