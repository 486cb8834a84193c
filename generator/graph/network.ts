/**
 * The network: what is left of a model after folding and fusing. A straight list of layers over flat
 * row-major buffers at batch 1; slices, transposes of unit axes, squeezes and "last step" have become views.
 */
export interface Network {
  name: string;
  /** Buffers by name; the model input and output are among them. */
  buffers: Readonly<Record<string, BufferShape>>;
  input: string;
  output: string;
  layers: readonly Layer[];
}

/** A buffer holds `steps` rows of `features` values (a plain vector has 1 step). */
export interface BufferShape {
  steps: number;
  features: number;
}

/** `steps` rows of `features` values inside a buffer, from `offset` on (elements), rows contiguous. */
export interface View {
  buffer: string;
  offset: number;
  steps: number;
  features: number;
}

export interface LayerBase {
  /** Node name from the model file, kept for reports and generated code. */
  name: string;
  /**
   * Layers with the same `parallel.group` and different `parallel.branch` do not depend on each other
   * and may run on different cores (the sub-RNN's branches). Absent: runs alone.
   */
  parallel?: { group: number; branch: number };
}

/** y = act(W x + b) for each of the view's steps. weights: [outputs][inputs] row-major. */
export interface DenseLayer extends LayerBase {
  kind: 'dense';
  input: View;
  output: View;
  weights: Float64Array;
  bias: Float64Array;
  activation: 'none' | 'relu' | 'tanh' | 'sigmoid';
}

/** What LSTM, GRU and RNN share: batch 1, [directions] is 1 or 2, forward first and reverse second. */
export interface RecurrentBase extends LayerBase {
  direction: 'forward' | 'reverse' | 'bidirectional';
  hidden: number;
  input: View;
  /**
   * All states in time order: row t = [h_forward(t), h_reverse(t)]. It may have more rows than the input, for a
   * sequence shorter than its window: those rows are zero. Absent when only the last state is used.
   */
  sequence?: View;
  /** Final hidden state Y_h: [directions * hidden] (reverse: the state after step 0). */
  last?: View;
  /** [directions][gates*hidden][inputs], gates in ONNX order */
  inputWeights: Float64Array;
  /** [directions][gates*hidden][hidden] */
  recurrentWeights: Float64Array;
  /** State before the first step, [directions * hidden]; absent: zeros. */
  initialHidden?: Float64Array;
}

/** ONNX LSTM. Gate order i, o, f, c. */
export interface LstmLayer extends RecurrentBase {
  kind: 'lstm';
  /** [directions][4*hidden], the sum of the two ONNX biases. */
  bias: Float64Array;
  /** Cells before the first step, [directions * hidden]; absent: zeros. */
  initialCell?: Float64Array;
  /** Final cell state Y_c: [directions * hidden]. */
  lastCell?: View;
}

/**
 * ONNX GRU. Gate order z, r, h. The candidate is tanh(Wx + Wb + r (Rh + Rb)) when `linearBeforeReset` (what PyTorch
 * exports), else tanh(Wx + Wb + R (r h) + Rb).
 */
export interface GruLayer extends RecurrentBase {
  kind: 'gru';
  linearBeforeReset: boolean;
  /** [directions][3*hidden]: sums of both ONNX biases for z and r, and for the candidate the input bias Wb. */
  bias: Float64Array;
  /** [directions][hidden]: the recurrent bias Rb of the candidate. */
  recurrentBias: Float64Array;
}

/** ONNX RNN: h = act(W x + R h + b). */
export interface RnnLayer extends RecurrentBase {
  kind: 'rnn';
  activation: 'tanh' | 'relu';
  /** [directions][hidden], the sum of the two ONNX biases. */
  bias: Float64Array;
}

export type RecurrentLayer = LstmLayer | GruLayer | RnnLayer;

/** score(t) = v . tanh(x(t)) + b (tanh only if `tanh`); y = sum_t softmax(score)(t) x(t). */
export interface AttentionPoolLayer extends LayerBase {
  kind: 'attentionPool';
  input: View;
  output: View;
  scoreWeights: Float64Array;
  scoreBias: number;
  tanh: boolean;
}

/** Element-wise activation on its own. */
export interface ActivationLayer extends LayerBase {
  kind: 'activation';
  activation: 'relu' | 'tanh' | 'sigmoid';
  input: View;
  output: View;
}

/** Copies views one behind the other into the output (only where they could not be written in place). */
export interface ConcatLayer extends LayerBase {
  kind: 'concat';
  inputs: readonly View[];
  output: View;
}

/** Softmax over the features of each step. */
export interface SoftmaxLayer extends LayerBase {
  kind: 'softmax';
  input: View;
  output: View;
}

/** A leaf votes for outputs; an interior node sends a feature that is at most its threshold the `yes` way. */
export type DecisionTree =
  | { votes: readonly { output: number; weight: number }[] }
  | { feature: number; threshold: number; yes: DecisionTree; no: DecisionTree };

/** y = base + sum of the votes of all trees, on one step. */
export interface ForestLayer extends LayerBase {
  kind: 'forest';
  input: View;
  output: View;
  trees: readonly DecisionTree[];
  base: Float64Array;
}

/** Share of each class among the k stored vectors that are nearest in Euclidean distance. vectors: [labels][features]. */
export interface NeighboursLayer extends LayerBase {
  kind: 'neighbours';
  input: View;
  output: View;
  vectors: Float64Array;
  /** Class of each vector. */
  labels: Int32Array;
  k: number;
}

/**
 * y = bias + sum of weights(i) k(i): with vectors k(i) = exp(-gamma |x - vectors(i)|^2), without them k(i) = x(i). A score of kernel ridge regression,
 * whose linear form folds into one weight a feature.
 */
export interface KernelRidgeLayer extends LayerBase {
  kind: 'kernelRidge';
  input: View;
  /** One value. */
  output: View;
  weights: Float64Array;
  bias: number;
  /** [weights][features] */
  vectors?: Float64Array;
  gamma?: number;
}

/** The one of `inputs` whose place in the gate has the largest score. */
export interface SelectLayer extends LayerBase {
  kind: 'select';
  gate: View;
  inputs: readonly View[];
  output: View;
}

export type Layer =
  | DenseLayer
  | LstmLayer
  | GruLayer
  | RnnLayer
  | AttentionPoolLayer
  | ActivationLayer
  | ConcatLayer
  | SoftmaxLayer
  | ForestLayer
  | NeighboursLayer
  | KernelRidgeLayer
  | SelectLayer;
