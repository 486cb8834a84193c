import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { reshaped, strided } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { stridesOf } from '../shared/shapes.ts';

/** ONNX DepthToSpace: moves channels into blocks of the image, by depth-column-row (DCR) or column-row-depth (CRD). */
export const depthToSpace: OpDefinition = {
  op: 'DepthToSpace',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const b = attributes.number('blocksize', 0);
    const mode = attributes.choice('mode', ['DCR', 'CRD'], 'DCR');
    attributes.done();
    const [n, c, h, w] = x.shape as [number, number, number, number];
    if (x.shape.length !== 4 || b < 1 || c % (b * b) !== 0)
      throw invalid(node, 'its blocks do not fit its input');
    const depth = c / (b * b);
    const split = mode === 'DCR' ? [n, b, b, depth, h, w] : [n, depth, b, b, h, w];
    const perm = mode === 'DCR' ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
    const strides = stridesOf(split);
    const turned = strided(
      node,
      x,
      perm.map((axis) => split[axis]!),
      perm.map((axis) => strides[axis]!),
    );
    return [reshaped(turned, [n, depth, h * b, w * b])];
  },
};
