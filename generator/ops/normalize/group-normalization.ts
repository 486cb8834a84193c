import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate, sameShape } from '../shared/shapes.ts';
import { meanOf, varianceOf } from '../shared/statistics.ts';

/** ONNX GroupNormalization: scale and bias are given by channel, before operator set 21 by group. */
export const groupNormalization: OpDefinition = {
  op: 'GroupNormalization',
  domain: '',
  evaluate(node, inputs, { opset }) {
    const [x, scale, bias] = [0, 1, 2].map((i) => required(node, inputs, i));
    requireType(node, x!, floatTypes);
    const attributes = new Attributes(node);
    const epsilon = attributes.number('epsilon', 1e-5);
    const groups = attributes.number('num_groups', 0);
    attributes.number('stash_type');
    attributes.done();
    const [batch, channels] = x!.shape as [number, number];
    const perGroup = opset < 21;
    const parameters = [perGroup ? groups : channels];
    const fits = x!.shape.length >= 2 && groups > 0 && channels % groups === 0;
    if (!fits || ![scale!, bias!].every((part) => sameShape(part.shape, parameters))) {
      throw invalid(node, 'its groups, scale or bias do not fit its channels');
    }
    const plane = elementCount(x!.shape.slice(2));
    const size = (channels / groups) * plane;
    const y = allocate(node, x!.type, x!.shape);
    const store = storer(x!.type, node);
    for (let group = 0; group < batch * groups; group++) {
      const values = x!.data.subarray(group * size, (group + 1) * size);
      const mean = meanOf(values);
      const deviation = Math.sqrt(varianceOf(values, mean) + epsilon);
      values.forEach((value, i) => {
        const index = group * size + i;
        const p = perGroup ? group % groups : Math.floor(index / plane) % channels;
        y.data[index] = store(((value - mean) / deviation) * scale!.data[p]! + bias!.data[p]!);
      });
    }
    return [y];
  },
};
