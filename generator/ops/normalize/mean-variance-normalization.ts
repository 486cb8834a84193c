import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastStrides } from '../shared/broadcast.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { reduce } from '../shared/reduction.ts';
import { allocate, toAxes, walk } from '../shared/shapes.ts';
import { meanOf, varianceOf } from '../shared/statistics.ts';

/** ONNX MeanVarianceNormalization over some axes (default 0, 2, 3); 1e-9 keeps constant lines at 0. */
export const meanVarianceNormalization: OpDefinition = {
  op: 'MeanVarianceNormalization',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, floatTypes);
    const attributes = new Attributes(node);
    const axes = toAxes(node, attributes.numbers('axes') ?? [0, 2, 3], x.shape.length);
    attributes.done();
    const wide = { ...x, type: 'float64' as const };
    const means = reduce(node, wide, axes, true, meanOf);
    const deviations = reduce(node, wide, axes, true, (line) => Math.sqrt(varianceOf(line, meanOf(line))));
    const y = allocate(node, x.type, x.shape);
    const store = storer(x.type, node);
    walk(x.shape, [broadcastStrides(means.shape, x.shape)], (index, [at]) => {
      y.data[index] = store((x.data[index]! - means.data[at!]!) / (deviations.data[at!]! + 1e-9));
    });
    return [y];
  },
};
