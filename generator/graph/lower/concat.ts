/** Concat: parts that lie one behind the other in the result's memory. */
import { Attributes } from '../../ops/shared/attributes.ts';
import { toAxis } from '../../ops/shared/shapes.ts';
import type { View } from '../network.ts';
import { isContiguous } from '../strided-view.ts';
import { elementCount } from '../tensor.ts';
import { type Rule, refuse } from './lowering.ts';

export const concatRule: Rule = (node, lowering) => {
  const shape = lowering.shapeOf(node);
  const axis = toAxis(node, new Attributes(node).number('axis', 1), shape.length);
  if (elementCount(shape.slice(0, axis)) !== 1) throw refuse(node, 'it interleaves its inputs step by step');
  const features = shape.at(-1)!;
  const alongFeatures = axis === shape.length - 1;
  const inputs = node.inputs.map((_, index): View => {
    const view = lowering.view(node, index);
    if (!isContiguous(view)) throw refuse(node, 'its input is not stored step by step');
    const count = elementCount(view.shape);
    const width = alongFeatures ? count : features;
    return { buffer: view.buffer, offset: view.offset, steps: count / width, features: width };
  });
  const output = lowering.addOutput(node, elementCount(shape) / features, features);
  lowering.layers.push({ kind: 'concat', node, inputs, output });
};
