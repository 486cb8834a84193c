import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';

/** ai.onnx.ml ArrayFeatureExtractor: picks positions of the last axis; a vector counts as one row. */
export const arrayFeatureExtractor: OpDefinition = {
  op: 'ArrayFeatureExtractor',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const picks = required(node, inputs, 1);
    requireType(node, picks, ['int64']);
    new Attributes(node).done();
    const size = x.shape.at(-1) ?? 0;
    if (picks.data.some((pick) => !(pick >= 0 && pick < size)))
      throw invalid(node, `an index is outside ${size} features`);
    const count = picks.data.length;
    const lead = x.shape.length === 1 ? [1] : x.shape.slice(0, -1);
    const shape = [...lead, count];
    return [
      moved(node, x, elementCount(shape) === 0 ? [...lead, 0] : shape, (index) => {
        return Math.floor(index / count) * size + picks.data[index % count]!;
      }),
    ];
  },
};
