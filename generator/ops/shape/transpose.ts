import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { strided } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { stridesOf, toAxes } from '../shared/shapes.ts';

/** ONNX Transpose: output axis i is input axis perm[i]; without perm the axes are reversed. */
export const transpose: OpDefinition = {
  op: 'Transpose',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const perm = toAxes(
      node,
      attributes.numbers('perm') ?? x.shape.map((_, i) => i).toReversed(),
      x.shape.length,
    );
    attributes.done();
    if (perm.length !== x.shape.length)
      throw invalid(node, `perm [${perm.join(', ')}] does not name every axis`);
    const strides = stridesOf(x.shape);
    const shape = perm.map((axis) => x.shape[axis]!);
    return [
      strided(
        node,
        x,
        shape,
        perm.map((axis) => strides[axis]!),
      ),
    ];
  },
};
