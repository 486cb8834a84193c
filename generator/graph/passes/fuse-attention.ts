/**
 * Attention pooling: score(t) = v . [tanh] x(t) + b, softmax over time, weighted sum of the same x. The softmax, the
 * weighting and the sum become one layer; the layers that made the score go when nothing else reads them.
 */
import { modelRefusals } from '../../../common/refusals/index.ts';
import type { View } from '../network.ts';
import {
  type Draft,
  type DraftLayer,
  type DraftOf,
  replaceLayers,
  sameView,
  soleReader,
  writerOf,
} from '../draft.ts';

export function fuseAttention(draft: Draft): Draft {
  for (const softmax of draft.layers) {
    if (softmax.kind !== 'timeSoftmax') continue;
    const sum = weightedSumOf(draft, softmax);
    if (!sum) continue;
    const score = scoreOf(draft, softmax, sum.input);
    const changes = new Map<DraftLayer, DraftLayer | undefined>(
      [...sum.layers, softmax].map((layer) => [layer, undefined]),
    );
    // The pool takes the place of the last of its layers, when all that it reads is there.
    changes.set(sum.layers.at(-1)!, {
      kind: 'attentionPool',
      node: score.dense.node,
      input: sum.input,
      output: sum.output,
      scoreWeights: score.dense.weights,
      scoreBias: score.dense.bias[0]!,
      tanh: score.tanh !== undefined,
    });
    if (soleReader(draft, score.dense.output.buffer)) {
      changes.set(score.dense, undefined);
      if (score.tanh && soleReader(draft, score.tanh.output.buffer)) changes.set(score.tanh, undefined);
    }
    return fuseAttention(replaceLayers(draft, changes));
  }
  return draft;
}

interface Sum {
  input: View;
  output: View;
  layers: DraftLayer[];
}

/** The weighted sum that is the only reader of the softmax. */
function weightedSumOf(draft: Draft, softmax: DraftOf<'timeSoftmax'>): Sum | undefined {
  const reader = soleReader(draft, softmax.output.buffer);
  if (reader?.kind === 'weightedSum' && sameView(reader.weights, softmax.output)) {
    return { input: reader.input, output: reader.output, layers: [reader] };
  }
  if (reader?.kind !== 'weighting' || !sameView(reader.weights, softmax.output)) return undefined;
  const sum = soleReader(draft, reader.output.buffer);
  if (sum?.kind !== 'timeSum' || !sameView(sum.input, reader.output)) return undefined;
  return { input: reader.input, output: sum.output, layers: [reader, sum] };
}

/** The score must be one dense output computed from the very steps that are pooled. */
function scoreOf(draft: Draft, softmax: DraftOf<'timeSoftmax'>, pooled: View) {
  const { node } = softmax;
  const refuse = (why: string) => modelRefusals.networkNode(node.name, node.op, why);
  const dense = writerOf(draft, softmax.input.buffer);
  if (dense?.kind !== 'dense' || !sameView(dense.output, softmax.input)) {
    throw refuse('its attention scores do not come from one dense layer');
  }
  if (dense.activation !== 'none') throw refuse('its attention scores go through an activation');
  if (sameView(dense.input, pooled)) return { dense, tanh: undefined };
  const before = writerOf(draft, dense.input.buffer);
  const tanhOfPooled =
    before?.kind === 'activation' &&
    before.activation === 'tanh' &&
    sameView(before.input, pooled) &&
    sameView(before.output, dense.input);
  if (!tanhOfPooled) throw refuse('its attention scores come from other values than those it pools');
  return { dense, tanh: before };
}
