import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastStrides, stretchesTo } from '../shared/broadcast.ts';
import { commonType, numericTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate, walk } from '../shared/shapes.ts';

/** ONNX PRelu: x, or slope x below 0. The slope stretches to x; below operator set 7 a vector holds one slope a channel. */
export const prelu: OpDefinition = {
  op: 'PRelu',
  domain: '',
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    const slope = required(node, inputs, 1);
    new Attributes(node).done();
    requireType(node, x, numericTypes);
    commonType(node, [x, slope]);
    const perChannel = opset < 7 && slope.shape.length === 1 && x.shape.length > 2;
    const trailing = perChannel ? new Array<number>(x.shape.length - 2).fill(1) : [];
    const shape = [...slope.shape, ...trailing];
    if (!stretchesTo(shape, x.shape)) throw invalid(node, 'its slope does not stretch to its input');
    const y = allocate(node, x.type, x.shape);
    const store = storer(x.type, node);
    walk(x.shape, [broadcastStrides(shape, x.shape)], (i, [at]) => {
      const value = x.data[i]!;
      y.data[i] = value < 0 ? store(slope.data[at!]! * value) : value;
    });
    return [y];
  },
};
