/** Test support: a small many-to-one network, and the largest difference of two. */
import type { LstmLayer, Network, RecurrentLayer } from '../graph/network.ts';
import { random, view, type Random } from '../layers/testing.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';

export interface SmallOptions {
  kind?: RecurrentLayer['kind'];
  direction?: RecurrentLayer['direction'];
  steps?: number;
  hidden?: number;
  seed?: number;
}

/** pre: 3 -> 6 relu on each step; rnn: 6 -> hidden, last state; head: -> 2. */
export function small(options: SmallOptions = {}): Network {
  const { kind = 'lstm', direction = 'forward', steps = 12, hidden = 8, seed = 1 } = options;
  const r = random(seed);
  const width = direction === 'bidirectional' ? 2 * hidden : hidden;
  return {
    name: 'small',
    buffers: {
      x: { steps, features: 3 },
      mid: { steps, features: 6 },
      state: { steps: 1, features: width },
      y: { steps: 1, features: 2 },
    },
    input: 'x',
    output: 'y',
    layers: [
      {
        ...{ kind: 'dense', name: 'pre', activation: 'relu', weights: r.array(18), bias: r.array(6) },
        ...{ input: view('x', steps, 3), output: view('mid', steps, 6) },
      },
      recurrent(r, { kind, direction, steps, hidden }),
      {
        ...{ kind: 'dense', name: 'head', activation: 'none', weights: r.array(2 * width), bias: r.array(2) },
        ...{ input: view('state', 1, width), output: view('y', 1, 2) },
      },
    ],
  };
}

function recurrent(r: Random, o: Required<Omit<SmallOptions, 'seed'>>): RecurrentLayer {
  const { kind, direction, steps, hidden } = o;
  const directions = direction === 'bidirectional' ? 2 : 1;
  const gates = { lstm: 4, gru: 3, rnn: 1 }[kind];
  const base = {
    ...{ kind, name: 'rnn', direction, hidden },
    input: view('mid', steps, 6),
    last: view('state', 1, directions * hidden),
    inputWeights: r.array(directions * gates * hidden * 6, 0.5),
    recurrentWeights: r.array(directions * gates * hidden * hidden, 0.4),
    bias: r.array(directions * gates * hidden, 0.3),
  };
  const more = {
    lstm: {},
    gru: { linearBeforeReset: true, recurrentBias: r.array(directions * hidden, 0.3) },
    rnn: { activation: 'tanh' },
  }[kind];
  return { ...base, ...more } as RecurrentLayer;
}

export const lstmOf = (network: Network): LstmLayer =>
  network.layers.find((layer) => layer.kind === 'lstm') as LstmLayer;

export function largestDifference(a: Network, b: Network, windows: readonly Float64Array[]): number {
  return Math.max(
    ...windows.map((window) => {
      const [x, y] = [a, b].map((network) => evaluateNetwork(network, window)[network.output]!);
      return Math.max(...x!.map((value, k) => Math.abs(value - y![k]!)));
    }),
  );
}
