/**
 * Activation functions of RNN, GRU and LSTM nodes (ONNX operator docs, attribute `activations`). Names are matched without
 * regard to case; alpha and beta values are consumed, in order, by the functions that take them.
 */
import type { Node } from '../../graph/graph.ts';
import { logistic } from '../activation/sigmoid.ts';
import type { Attributes } from '../shared/attributes.ts';
import { invalid, unsupported } from '../shared/refuse.ts';

export type Activation = (x: number) => number;

interface Kind {
  /** Default values; absent when the function does not take that constant, null when it has no default. */
  alpha?: number | null;
  beta?: number | null;
  make: (alpha: number, beta: number) => Activation;
}

const kinds: Readonly<Record<string, Kind>> = {
  relu: { make: () => (x) => Math.max(0, x) },
  tanh: { make: () => Math.tanh },
  sigmoid: { make: () => logistic },
  affine: { alpha: 1, beta: 0, make: (alpha, beta) => (x) => alpha * x + beta },
  leakyrelu: { alpha: 0.01, make: (alpha) => (x) => (x >= 0 ? x : alpha * x) },
  thresholdedrelu: { alpha: 1, make: (alpha) => (x) => (x >= alpha ? x : 0) },
  scaledtanh: { alpha: null, beta: null, make: (alpha, beta) => (x) => alpha * Math.tanh(beta * x) },
  hardsigmoid: { alpha: 0.2, beta: 0.5, make: (a, b) => (x) => Math.min(Math.max(a * x + b, 0), 1) },
  elu: { alpha: 1, make: (alpha) => (x) => (x >= 0 ? x : alpha * Math.expm1(x)) },
  softsign: { make: () => (x) => x / (1 + Math.abs(x)) },
  softplus: { make: () => (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) },
};

/** The activations of every direction: [directions][defaults.length]. */
export function activationsOf(
  node: Node,
  attributes: Attributes,
  defaults: readonly string[],
  directions: number,
): Activation[][] {
  const names = attributes.texts('activations') ?? Array.from({ length: directions }, () => defaults).flat();
  if (names.length !== defaults.length * directions) {
    throw invalid(node, `it names ${names.length} activations instead of ${defaults.length * directions}`);
  }
  const alphas = [...(attributes.numbers('activation_alpha') ?? [])];
  const betas = [...(attributes.numbers('activation_beta') ?? [])];
  const made = names.map((name) => {
    const kind = kinds[name.toLowerCase()];
    if (!kind) throw unsupported(node, `the activation "${name}" is not known`);
    const take = (values: number[], absent: number | null | undefined): number => {
      if (absent === undefined) return 0;
      const value = values.shift() ?? absent;
      if (value === null) throw invalid(node, `the activation "${name}" needs its constants`);
      return value;
    };
    return kind.make(take(alphas, kind.alpha), take(betas, kind.beta));
  });
  return Array.from({ length: directions }, (_, d) =>
    made.slice(d * defaults.length, (d + 1) * defaults.length),
  );
}
