/** Class labels of the ai.onnx.ml classifiers: integers or strings. */
import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Attributes } from './attributes.ts';
import { invalid } from './refuse.ts';

export interface ClassLabels {
  count: number;
  /** A vector of labels from class indices. */
  pick(indices: readonly number[]): Tensor;
}

export function classLabels(node: Node, attributes: Attributes, integerAttribute: string): ClassLabels {
  const integers = attributes.numbers(integerAttribute);
  const texts = attributes.texts('classlabels_strings');
  if ((integers?.length ? 1 : 0) + (texts?.length ? 1 : 0) !== 1) {
    throw invalid(node, 'it must have either integer or string class labels');
  }
  return {
    count: (integers?.length ? integers : texts)!.length,
    pick: (indices) => {
      const shape = [indices.length];
      if (!integers?.length) {
        const strings = indices.map((index) => texts![index]!);
        return { type: 'string', shape, data: new Float64Array(0), strings };
      }
      return { type: 'int64', shape, data: Float64Array.from(indices, (index) => integers[index]!) };
    },
  };
}

/** The first of the largest. */
export function argMaxOf(scores: Float64Array): number {
  let best = 0;
  scores.forEach((score, i) => {
    if (score > scores[best]!) best = i;
  });
  return best;
}
