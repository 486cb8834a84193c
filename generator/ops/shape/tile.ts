import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { stridesOf } from '../shared/shapes.ts';

/** ONNX Tile: repeats each axis. */
export const tile: OpDefinition = {
  op: 'Tile',
  domain: '',
  shapeInputs: [1],
  evaluate(node, inputs, { opset }) {
    if (opset < 6) throw unsupported(node, 'its form before operator set 6 is not known here');
    const x = required(node, inputs, 0);
    const repeats = integersOf(node, required(node, inputs, 1));
    new Attributes(node).done();
    if (repeats.length !== x.shape.length)
      throw invalid(node, `${repeats.length} repeats for ${x.shape.length} axes`);
    const shape = x.shape.map((size, axis) => size * repeats[axis]!);
    const [from, to] = [stridesOf(x.shape), stridesOf(shape)];
    return [
      moved(node, x, shape, (index) =>
        x.shape.reduce((sum, size, axis) => sum + (Math.floor(index / to[axis]!) % size) * from[axis]!, 0),
      ),
    ];
  },
};
