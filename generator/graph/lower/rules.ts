/** Which rule lowers which ONNX operator to layers and views. */
import type { Node } from '../graph.ts';
import { activationRule, softmaxRule } from './activation.ts';
import { arithmeticRule, batchNormalizationRule } from './affine.ts';
import { linearRegressorRule, scalerRule } from './classical.ts';
import { concatRule } from './concat.ts';
import { gemmRule, matmulRule } from './dense.ts';
import { type Lowering, type Rule, refuse } from './lowering.ts';
import { gruRule } from './gru.ts';
import { lstmRule } from './lstm.ts';
import { rnnRule } from './rnn.ts';
import {
  castRule,
  gatherRule,
  identityRule,
  reshapeRule,
  sliceRule,
  splitRule,
  transposeRule,
} from './views.ts';
import { treeClassifierRule, treeRegressorRule } from './tree-ensemble.ts';
import { timeSumRule, weightingRule } from './weighted-sum.ts';

const rules: Readonly<Record<string, Rule>> = {
  Add: arithmeticRule,
  BatchNormalization: batchNormalizationRule,
  Cast: castRule,
  Concat: concatRule,
  Div: arithmeticRule,
  Dropout: identityRule,
  Flatten: reshapeRule,
  Gather: gatherRule,
  GRU: gruRule,
  Gemm: gemmRule,
  Identity: identityRule,
  LSTM: lstmRule,
  MatMul: matmulRule,
  Mul: (node, lowering) =>
    (lowering.isView(node, 0) && lowering.isView(node, 1) ? weightingRule : arithmeticRule)(node, lowering),
  RNN: rnnRule,
  ReduceSum: timeSumRule,
  Relu: activationRule,
  Reshape: reshapeRule,
  Sigmoid: activationRule,
  Slice: sliceRule,
  Softmax: softmaxRule,
  Split: splitRule,
  Squeeze: reshapeRule,
  Sub: arithmeticRule,
  Tanh: activationRule,
  Transpose: transposeRule,
  Unsqueeze: reshapeRule,
};

/** Of the domain ai.onnx.ml. */
const classicalRules: Readonly<Record<string, Rule>> = {
  LinearRegressor: linearRegressorRule,
  Scaler: scalerRule,
  TreeEnsembleClassifier: treeClassifierRule,
  TreeEnsembleRegressor: treeRegressorRule,
};

const byDomain: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  '': rules,
  'ai.onnx.ml': classicalRules,
};

/** Lowers one node, or refuses it by name. */
export function lowerNode(node: Node, lowering: Lowering): void {
  const rule = byDomain[node.domain]?.[node.op];
  if (!rule) throw refuse(node, 'there is no kernel for this operator');
  rule(node, lowering);
}
