/**
 * The dense layer behind the branches, fitted again: ridge regression towards what it gave before, on the windows given. Its weights
 * move no farther from the trained ones than cross-validation over the windows bears out (five folds, by turns; the strength with
 * the least squared error on windows left out, "not at all" among them).
 */
import type { DenseLayer, Network } from '../graph/network.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';

const FOLDS = 5;
const STRENGTHS = [0.01, 0.1, 1, 10, 100, 1000];

export interface Refit {
  network: Network;
  /** Times the mean square of an input. */
  ridge: number;
}

/** Undefined where no strength does better than leaving the layer as it is. */
export function refitReadout(
  before: Network,
  after: Network,
  name: string,
  windows: readonly Float64Array[],
): Refit | undefined {
  const dense = after.layers.find((layer) => layer.name === name) as DenseLayer;
  const { input, output } = dense;
  if (windows.length < 2 * FOLDS || input.steps !== 1) return undefined;
  // What the layer gave before its activation, and what it reads and gives now.
  const linear = (network: Network): Network => ({
    ...network,
    layers: network.layers.map((layer) =>
      layer.name === name ? { ...(layer as DenseLayer), activation: 'none' } : layer,
    ),
  });
  const outputs = (network: Network) => windows.map((window) => evaluateNetwork(linear(network), window));
  const wanted = outputs(before).map((buffers) =>
    part(buffers[output.buffer]!, output.offset, output.features),
  );
  const now = outputs(after);
  const inputs = now.map((buffers) => part(buffers[input.buffer]!, input.offset, input.features));
  const missing = now.map((buffers, w) =>
    part(buffers[output.buffer]!, output.offset, output.features).map((y, r) => wanted[w]![r]! - y),
  );
  const power =
    inputs.reduce((sum, x) => sum + x.reduce((s, v) => s + v * v, 0), 0) / (inputs.length * input.features);
  const error = (left: number[], ridge: number): number => {
    const kept = inputs.map((_, w) => w).filter((w) => !left.includes(w));
    const fit = ridgeFit(
      kept.map((w) => inputs[w]!),
      kept.map((w) => missing[w]!),
      ridge * power,
    );
    return left.reduce((sum, w) => sum + distance(fit(inputs[w]!), missing[w]!), 0);
  };
  const folds = Array.from({ length: FOLDS }, (_, f) =>
    inputs.map((_, w) => w).filter((w) => w % FOLDS === f),
  );
  const unchanged = missing.reduce((sum, row) => sum + distance(new Float64Array(row.length), row), 0);
  let best = { ridge: Infinity, error: unchanged };
  for (const ridge of STRENGTHS) {
    const found = folds.reduce((sum, left) => sum + error(left, ridge), 0);
    if (found < best.error) best = { ridge, error: found };
  }
  if (!Number.isFinite(best.ridge)) return undefined;
  const fit = ridgeFit(inputs, missing, best.ridge * power);
  const zero = fit(new Float64Array(input.features));
  const width = input.features;
  const columns = Array.from({ length: width }, (_, k) => fit(unit(width, k)));
  const refitted: DenseLayer = {
    ...dense,
    weights: dense.weights.map(
      (w, at) => w + columns[at % width]![Math.floor(at / width)]! - zero[Math.floor(at / width)]!,
    ),
    bias: dense.bias.map((b, r) => b + zero[r]!),
  };
  return {
    network: { ...after, layers: after.layers.map((layer) => (layer === dense ? refitted : layer)) },
    ridge: best.ridge,
  };
}

const part = (values: Float64Array, offset: number, length: number): Float64Array =>
  values.slice(offset, offset + length);

const unit = (length: number, k: number): Float64Array => {
  const v = new Float64Array(length);
  v[k] = 1;
  return v;
};

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, v, k) => sum + (v - b[k]!) ** 2, 0);

/**
 * x -> y with the smallest sum of |y - W x - c|^2 plus `strength` |W|^2, by the dual form: a system as large as there are samples.
 */
function ridgeFit(
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  strength: number,
): (input: Float64Array) => Float64Array {
  const n = x.length;
  const center = mean(x);
  const level = mean(y);
  const rows = x.map((row) => row.map((v, k) => v - center[k]!));
  const system = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) system[i * n + j] = dot(rows[i]!, rows[j]!) + (i === j ? strength : 0);
  const solved = solve(
    system,
    y.map((row) => row.map((v, k) => v - level[k]!)),
  );
  return (input) => {
    const at = input.map((v, k) => v - center[k]!);
    const result = level.slice();
    for (let i = 0; i < n; i++) {
      const weight = dot(rows[i]!, at);
      solved[i]!.forEach((s, r) => (result[r]! += weight * s));
    }
    return result;
  };
}

function mean(rows: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(rows[0]!.length);
  for (const row of rows) row.forEach((v, k) => (result[k]! += v / rows.length));
  return result;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
};

/** Solves S X = Y for a symmetric positive definite S, by Cholesky's decomposition. */
function solve(system: Float64Array, y: readonly Float64Array[]): Float64Array[] {
  const n = y.length;
  const root = new Float64Array(n * n);
  for (let r = 0; r < n; r++)
    for (let c = 0; c <= r; c++) {
      let sum = system[r * n + c]!;
      for (let k = 0; k < c; k++) sum -= root[r * n + k]! * root[c * n + k]!;
      root[r * n + c] = r === c ? Math.sqrt(sum) : sum / root[c * n + c]!;
    }
  const x = y.map((row) => row.slice());
  for (let r = 0; r < n; r++)
    x[r] = x[r]!.map((v, c) => {
      let sum = v;
      for (let k = 0; k < r; k++) sum -= root[r * n + k]! * x[k]![c]!;
      return sum / root[r * n + r]!;
    });
  for (let r = n - 1; r >= 0; r--)
    x[r] = x[r]!.map((v, c) => {
      let sum = v;
      for (let k = r + 1; k < n; k++) sum -= root[k * n + r]! * x[k]![c]!;
      return sum / root[r * n + r]!;
    });
  return x;
}
