/** Every operator that the float reference knows: one line each. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Node } from '../graph/graph.ts';
import { celu } from './activation/celu.ts';
import { clip } from './activation/clip.ts';
import { elu } from './activation/elu.ts';
import { gelu } from './activation/gelu.ts';
import { hardSigmoid } from './activation/hard-sigmoid.ts';
import { hardSwish } from './activation/hard-swish.ts';
import { hardmax } from './activation/hardmax.ts';
import { leakyRelu } from './activation/leaky-relu.ts';
import { logSoftmax } from './activation/log-softmax.ts';
import { mish } from './activation/mish.ts';
import { prelu } from './activation/prelu.ts';
import { relu } from './activation/relu.ts';
import { selu } from './activation/selu.ts';
import { shrink } from './activation/shrink.ts';
import { sigmoid } from './activation/sigmoid.ts';
import { softmax } from './activation/softmax.ts';
import { softplus } from './activation/softplus.ts';
import { softsign } from './activation/softsign.ts';
import { swish } from './activation/swish.ts';
import { tanh } from './activation/tanh.ts';
import { thresholdedRelu } from './activation/thresholded-relu.ts';
import { add } from './arithmetic/add.ts';
import { bitShift } from './arithmetic/bit-shift.ts';
import { div } from './arithmetic/div.ts';
import { max } from './arithmetic/max.ts';
import { mean } from './arithmetic/mean.ts';
import { min } from './arithmetic/min.ts';
import { mod } from './arithmetic/mod.ts';
import { mul } from './arithmetic/mul.ts';
import { pow } from './arithmetic/pow.ts';
import { sub } from './arithmetic/sub.ts';
import { sum } from './arithmetic/sum.ts';
import { arrayFeatureExtractor } from './classical/array-feature-extractor.ts';
import { binarizer } from './classical/binarizer.ts';
import { featureVectorizer } from './classical/feature-vectorizer.ts';
import { imputer } from './classical/imputer.ts';
import { labelEncoder } from './classical/label-encoder.ts';
import { linearClassifier } from './classical/linear-classifier.ts';
import { linearRegressor } from './classical/linear-regressor.ts';
import { normalizer } from './classical/normalizer.ts';
import { oneHotEncoder } from './classical/one-hot-encoder.ts';
import { scaler } from './classical/scaler.ts';
import { treeEnsembleClassifier } from './classical/tree-ensemble-classifier.ts';
import { treeEnsembleRegressor } from './classical/tree-ensemble-regressor.ts';
import { treeEnsemble } from './classical/tree-ensemble.ts';
import { attention } from './linear/attention.ts';
import { convInteger } from './linear/conv-integer.ts';
import { convTranspose } from './linear/conv-transpose.ts';
import { conv } from './linear/conv.ts';
import { einsum } from './linear/einsum.ts';
import { gemm } from './linear/gemm.ts';
import { matmulInteger } from './linear/matmul-integer.ts';
import { matmul } from './linear/matmul.ts';
import { and } from './logic/and.ts';
import { bitwiseAnd } from './logic/bitwise-and.ts';
import { bitwiseNot } from './logic/bitwise-not.ts';
import { bitwiseOr } from './logic/bitwise-or.ts';
import { bitwiseXor } from './logic/bitwise-xor.ts';
import { equal } from './logic/equal.ts';
import { greaterOrEqual } from './logic/greater-or-equal.ts';
import { greater } from './logic/greater.ts';
import { isInf } from './logic/is-inf.ts';
import { isNaN } from './logic/is-nan.ts';
import { lessOrEqual } from './logic/less-or-equal.ts';
import { less } from './logic/less.ts';
import { not } from './logic/not.ts';
import { or } from './logic/or.ts';
import { where } from './logic/where.ts';
import { xor } from './logic/xor.ts';
import { abs } from './math/abs.ts';
import { acos } from './math/acos.ts';
import { acosh } from './math/acosh.ts';
import { asin } from './math/asin.ts';
import { asinh } from './math/asinh.ts';
import { atan } from './math/atan.ts';
import { atanh } from './math/atanh.ts';
import { ceil } from './math/ceil.ts';
import { cos } from './math/cos.ts';
import { cosh } from './math/cosh.ts';
import { erf } from './math/erf.ts';
import { exp } from './math/exp.ts';
import { floor } from './math/floor.ts';
import { log } from './math/log.ts';
import { neg } from './math/neg.ts';
import { reciprocal } from './math/reciprocal.ts';
import { round } from './math/round.ts';
import { sign } from './math/sign.ts';
import { sin } from './math/sin.ts';
import { sinh } from './math/sinh.ts';
import { sqrt } from './math/sqrt.ts';
import { tan } from './math/tan.ts';
import { batchNormalization } from './normalize/batch-normalization.ts';
import { groupNormalization } from './normalize/group-normalization.ts';
import { instanceNormalization } from './normalize/instance-normalization.ts';
import { layerNormalization } from './normalize/layer-normalization.ts';
import { lpNormalization } from './normalize/lp-normalization.ts';
import { lrn } from './normalize/lrn.ts';
import { meanVarianceNormalization } from './normalize/mean-variance-normalization.ts';
import { rmsNormalization } from './normalize/rms-normalization.ts';
import { averagePool } from './pool/average-pool.ts';
import { globalAveragePool } from './pool/global-average-pool.ts';
import { globalLpPool } from './pool/global-lp-pool.ts';
import { globalMaxPool } from './pool/global-max-pool.ts';
import { lpPool } from './pool/lp-pool.ts';
import { maxPool } from './pool/max-pool.ts';
import { dequantizeLinear } from './quantize/dequantize-linear.ts';
import { dynamicQuantizeLinear } from './quantize/dynamic-quantize-linear.ts';
import { qlinearConv } from './quantize/qlinear-conv.ts';
import { qlinearMatmul } from './quantize/qlinear-matmul.ts';
import { quantizeLinear } from './quantize/quantize-linear.ts';
import { gru } from './recurrent/gru.ts';
import { lstm } from './recurrent/lstm.ts';
import { rnn } from './recurrent/rnn.ts';
import { argMax } from './reduce/arg-max.ts';
import { argMin } from './reduce/arg-min.ts';
import { cumProd } from './reduce/cum-prod.ts';
import { cumSum } from './reduce/cum-sum.ts';
import { reduceL1 } from './reduce/reduce-l1.ts';
import { reduceL2 } from './reduce/reduce-l2.ts';
import { reduceLogSumExp } from './reduce/reduce-log-sum-exp.ts';
import { reduceLogSum } from './reduce/reduce-log-sum.ts';
import { reduceMax } from './reduce/reduce-max.ts';
import { reduceMean } from './reduce/reduce-mean.ts';
import { reduceMin } from './reduce/reduce-min.ts';
import { reduceProd } from './reduce/reduce-prod.ts';
import { reduceSumSquare } from './reduce/reduce-sum-square.ts';
import { reduceSum } from './reduce/reduce-sum.ts';
import { topK } from './reduce/top-k.ts';
import { castLike } from './shape/cast-like.ts';
import { cast } from './shape/cast.ts';
import { compress } from './shape/compress.ts';
import { concat } from './shape/concat.ts';
import { constantOfShape } from './shape/constant-of-shape.ts';
import { constant } from './shape/constant.ts';
import { depthToSpace } from './shape/depth-to-space.ts';
import { dropout } from './shape/dropout.ts';
import { expand } from './shape/expand.ts';
import { eyeLike } from './shape/eye-like.ts';
import { flatten } from './shape/flatten.ts';
import { gatherElements } from './shape/gather-elements.ts';
import { gatherND } from './shape/gather-nd.ts';
import { gather } from './shape/gather.ts';
import { identity } from './shape/identity.ts';
import { ifOp } from './shape/if.ts';
import { nonZero } from './shape/non-zero.ts';
import { oneHot } from './shape/one-hot.ts';
import { pad } from './shape/pad.ts';
import { range } from './shape/range.ts';
import { reshape } from './shape/reshape.ts';
import { reverseSequence } from './shape/reverse-sequence.ts';
import { scatterElements } from './shape/scatter-elements.ts';
import { scatterND } from './shape/scatter-nd.ts';
import { shape } from './shape/shape.ts';
import { size } from './shape/size.ts';
import { slice } from './shape/slice.ts';
import { spaceToDepth } from './shape/space-to-depth.ts';
import { split } from './shape/split.ts';
import { squeeze } from './shape/squeeze.ts';
import { tile } from './shape/tile.ts';
import { transpose } from './shape/transpose.ts';
import { trilu } from './shape/trilu.ts';
import { unsqueeze } from './shape/unsqueeze.ts';
import type { OpDefinition } from './op.ts';

const all: readonly OpDefinition[] = [
  abs,
  acos,
  acosh,
  add,
  and,
  argMax,
  argMin,
  arrayFeatureExtractor,
  asin,
  asinh,
  atan,
  atanh,
  attention,
  averagePool,
  batchNormalization,
  binarizer,
  bitShift,
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  cast,
  castLike,
  ceil,
  celu,
  clip,
  compress,
  concat,
  constant,
  constantOfShape,
  conv,
  convInteger,
  convTranspose,
  cos,
  cosh,
  cumProd,
  cumSum,
  depthToSpace,
  dequantizeLinear,
  div,
  dropout,
  dynamicQuantizeLinear,
  einsum,
  elu,
  equal,
  erf,
  exp,
  expand,
  eyeLike,
  featureVectorizer,
  flatten,
  floor,
  gather,
  gatherElements,
  gatherND,
  gelu,
  gemm,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  greater,
  greaterOrEqual,
  groupNormalization,
  gru,
  hardmax,
  hardSigmoid,
  hardSwish,
  identity,
  ifOp,
  imputer,
  instanceNormalization,
  isInf,
  isNaN,
  labelEncoder,
  layerNormalization,
  leakyRelu,
  less,
  lessOrEqual,
  linearClassifier,
  linearRegressor,
  log,
  logSoftmax,
  lpNormalization,
  lpPool,
  lrn,
  lstm,
  matmul,
  matmulInteger,
  max,
  maxPool,
  mean,
  meanVarianceNormalization,
  min,
  mish,
  mod,
  mul,
  neg,
  nonZero,
  normalizer,
  not,
  oneHot,
  oneHotEncoder,
  or,
  pad,
  pow,
  prelu,
  qlinearConv,
  qlinearMatmul,
  quantizeLinear,
  range,
  reciprocal,
  reduceL1,
  reduceL2,
  reduceLogSum,
  reduceLogSumExp,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceSum,
  reduceSumSquare,
  relu,
  reshape,
  reverseSequence,
  rmsNormalization,
  rnn,
  round,
  scaler,
  scatterElements,
  scatterND,
  selu,
  shape,
  shrink,
  sigmoid,
  sign,
  sin,
  sinh,
  size,
  slice,
  softmax,
  softplus,
  softsign,
  spaceToDepth,
  split,
  sqrt,
  squeeze,
  sub,
  sum,
  swish,
  tan,
  tanh,
  thresholdedRelu,
  tile,
  topK,
  transpose,
  treeEnsemble,
  treeEnsembleClassifier,
  treeEnsembleRegressor,
  trilu,
  unsqueeze,
  where,
  xor,
];

const keyOf = (domain: string, op: string): string => `${domain}:${op}`;

const byKey: ReadonlyMap<string, OpDefinition> = new Map(
  all.map((definition) => [keyOf(definition.domain, definition.op), definition]),
);

/** The definition of a node's operator, or a refusal that names the node. */
export function definitionOf(node: Node): OpDefinition {
  const definition = byKey.get(keyOf(node.domain, node.op));
  if (definition) return definition;
  throw modelRefusals.unknownOperator(node.name, node.domain ? `${node.domain}.${node.op}` : node.op);
}

/** Names of all operators, for documentation. */
export const operatorNames: readonly string[] = all.map(({ domain, op }) =>
  domain ? `${domain}.${op}` : op,
);
