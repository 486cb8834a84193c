import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { floatTypes, requireType, required } from './inputs.ts';
import { storer } from './numbers.ts';
import { invalid } from './refuse.ts';
import { allocate } from './shapes.ts';

/** y = f(all spatial values) for each channel of [batch, channels, d1, ...]; spatial axes keep size 1. */
export function globalPooling(
  op: string,
  prepare: (attributes: Attributes) => (values: Float64Array) => number,
): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs) {
      const x = required(node, inputs, 0);
      requireType(node, x, floatTypes);
      const attributes = new Attributes(node);
      const f = prepare(attributes);
      attributes.done();
      if (x.shape.length < 2) throw invalid(node, `its input has the shape [${x.shape.join(', ')}]`);
      const y = allocate(
        node,
        x.type,
        x.shape.map((size, axis) => (axis < 2 ? size : 1)),
      );
      const size = elementCount(x.shape.slice(2));
      const store = storer(x.type, node);
      y.data.forEach((_, plane) => {
        y.data[plane] = store(f(x.data.subarray(plane * size, (plane + 1) * size)));
      });
      return [y];
    },
  };
}
