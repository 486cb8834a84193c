import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate, sameShape } from '../shared/shapes.ts';
import { meanOf, varianceOf } from '../shared/statistics.ts';

/** ONNX InstanceNormalization: each channel of each row to mean 0 and variance 1, then scale and bias by channel. */
export const instanceNormalization: OpDefinition = {
  op: 'InstanceNormalization',
  domain: '',
  evaluate(node, inputs) {
    const [x, scale, bias] = [0, 1, 2].map((i) => required(node, inputs, i));
    requireType(node, x!, floatTypes);
    const attributes = new Attributes(node);
    const epsilon = attributes.number('epsilon', 1e-5);
    attributes.done();
    const [batch, channels] = x!.shape as [number, number];
    if (x!.shape.length < 3 || ![scale!, bias!].every((part) => sameShape(part.shape, [channels]))) {
      throw invalid(node, 'its scale or bias does not fit its channels');
    }
    const size = elementCount(x!.shape.slice(2));
    const y = allocate(node, x!.type, x!.shape);
    const store = storer(x!.type, node);
    for (let plane = 0; plane < batch * channels; plane++) {
      const values = x!.data.subarray(plane * size, (plane + 1) * size);
      const mean = meanOf(values);
      const deviation = Math.sqrt(varianceOf(values, mean) + epsilon);
      const c = plane % channels;
      values.forEach((value, i) => {
        y.data[plane * size + i] = store((scale!.data[c]! * (value - mean)) / deviation + bias!.data[c]!);
      });
    }
    return [y];
  },
};
