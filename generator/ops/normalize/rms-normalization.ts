import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastStrides, stretchesTo } from '../shared/broadcast.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate, toAxis, walk } from '../shared/shapes.ts';

/** ONNX RMSNormalization: x over the root mean square of the axes from `axis` on, times scale. */
export const rmsNormalization: OpDefinition = {
  op: 'RMSNormalization',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const scale = required(node, inputs, 1);
    requireType(node, x, floatTypes);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', -1), x.shape.length);
    const epsilon = attributes.number('epsilon', 1e-5);
    const stash = attributes.number('stash_type', 1);
    attributes.done();
    if (stash !== 1) throw unsupported(node, 'it computes its mean in another type than float32');
    if (!stretchesTo(scale.shape, x.shape)) throw invalid(node, 'its scale does not stretch to its input');
    const size = elementCount(x.shape.slice(axis));
    const roots = Array.from({ length: x.data.length / size }, (_, row) => {
      const values = x.data.subarray(row * size, (row + 1) * size);
      return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / size + epsilon);
    });
    const y = allocate(node, scale.type, x.shape);
    const [toX, toY] = [storer(x.type, node), storer(scale.type, node)];
    walk(x.shape, [broadcastStrides(scale.shape, x.shape)], (index, [s]) => {
      y.data[index] = toY(toX(x.data[index]! / roots[Math.floor(index / size)]!) * scale.data[s!]!);
    });
    return [y];
  },
};
