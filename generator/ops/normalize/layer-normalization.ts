import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastStrides, stretchesTo } from '../shared/broadcast.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate, toAxis, walk } from '../shared/shapes.ts';
import { meanOf, varianceOf } from '../shared/statistics.ts';

/** ONNX LayerNormalization over the axes from `axis` on; mean and 1 / deviation are further outputs. */
export const layerNormalization: OpDefinition = {
  op: 'LayerNormalization',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const scale = required(node, inputs, 1);
    const bias = inputs[2];
    requireType(node, x, floatTypes);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', -1), x.shape.length);
    const epsilon = attributes.number('epsilon', 1e-5);
    const stash = attributes.number('stash_type', 1);
    attributes.done();
    if (stash !== 1) throw unsupported(node, 'it computes its mean in another type than float32');
    for (const part of bias ? [scale, bias] : [scale]) {
      if (!stretchesTo(part.shape, x.shape))
        throw invalid(node, 'its scale or bias does not stretch to its input');
    }
    const size = elementCount(x.shape.slice(axis));
    const kept = x.shape.map((extent, i) => (i < axis ? extent : 1));
    const normal = new Float64Array(x.data.length);
    const mean = allocate(node, 'float32', kept);
    const inverse = allocate(node, 'float32', kept);
    for (let row = 0; row < mean.data.length; row++) {
      const values = x.data.subarray(row * size, (row + 1) * size);
      const center = meanOf(values);
      const factor = 1 / Math.sqrt(varianceOf(values, center) + epsilon);
      mean.data[row] = Math.fround(center);
      inverse.data[row] = Math.fround(factor);
      values.forEach((value, i) => (normal[row * size + i] = (value - center) * factor));
    }
    const y = allocate(node, x.type, x.shape);
    const store = storer(x.type, node);
    const strides = [scale, bias ?? scale].map((part) => broadcastStrides(part.shape, x.shape));
    walk(x.shape, strides, (index, [s, b]) => {
      const scaled = store(normal[index]!) * scale.data[s!]!;
      y.data[index] = store(scaled + (bias ? bias.data[b!]! : 0));
    });
    return [y, mean, inverse];
  },
};
