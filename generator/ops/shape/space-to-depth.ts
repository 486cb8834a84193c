import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { reshaped, strided } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { stridesOf } from '../shared/shapes.ts';

/** ONNX SpaceToDepth: moves blocks of the image into channels. */
export const spaceToDepth: OpDefinition = {
  op: 'SpaceToDepth',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const b = attributes.number('blocksize', 0);
    attributes.done();
    const [n, c, h, w] = x.shape as [number, number, number, number];
    if (x.shape.length !== 4 || b < 1 || h % b !== 0 || w % b !== 0) {
      throw invalid(node, 'its blocks do not fit its input');
    }
    const split = [n, c, h / b, b, w / b, b];
    const strides = stridesOf(split);
    const perm = [0, 3, 5, 1, 2, 4];
    const turned = strided(
      node,
      x,
      perm.map((axis) => split[axis]!),
      perm.map((axis) => strides[axis]!),
    );
    return [reshaped(turned, [n, c * b * b, h / b, w / b])];
  },
};
