import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';

/** ONNX LRN: x over (bias + alpha / size times the squares of neighbouring channels) to the power of beta. */
export const lrn: OpDefinition = {
  op: 'LRN',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, floatTypes);
    const attributes = new Attributes(node);
    const alpha = attributes.number('alpha', 0.0001);
    const beta = attributes.number('beta', 0.75);
    const bias = attributes.number('bias', 1);
    const size = attributes.number('size', 0);
    attributes.done();
    if (!(size > 0) || x.shape.length < 2)
      throw invalid(node, 'its size is missing or its input has no channels');
    const channels = x.shape[1]!;
    const plane = elementCount(x.shape.slice(2));
    const y = allocate(node, x.type, x.shape);
    const store = storer(x.type, node);
    x.data.forEach((value, index) => {
      const c = Math.floor(index / plane) % channels;
      const first = Math.max(0, c - Math.floor((size - 1) / 2));
      const last = Math.min(channels - 1, c + Math.ceil((size - 1) / 2));
      let squares = 0;
      for (let i = first; i <= last; i++) squares += x.data[index + (i - c) * plane]! ** 2;
      y.data[index] = store(value / (bias + (alpha / size) * squares) ** beta);
    });
    return [y];
  },
};
