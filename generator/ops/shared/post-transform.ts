/** post_transform of the ai.onnx.ml operators: what becomes of the scores of one row. */
import type { Node } from '../../graph/graph.ts';
import { logistic } from '../activation/sigmoid.ts';
import { softmaxOf } from '../activation/softmax.ts';
import { invalid, unsupported } from './refuse.ts';

export type PostTransform = (scores: Float64Array) => Float64Array;

const names = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];

/** By name, or by its number in TreeEnsemble. */
export function postTransform(node: Node, kind: string | number): PostTransform {
  switch (typeof kind === 'number' ? names[kind] : kind) {
    case 'NONE':
      return (scores) => scores;
    case 'SOFTMAX':
      return softmaxOf;
    case 'LOGISTIC':
      return (scores) => scores.map(logistic);
    case 'SOFTMAX_ZERO':
    case 'PROBIT':
      throw unsupported(
        node,
        `post_transform ${typeof kind === 'number' ? names[kind] : kind} is not known here`,
      );
    default:
      throw invalid(node, `post_transform is ${kind}`);
  }
}
