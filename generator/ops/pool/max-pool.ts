import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate, stridesOf } from '../shared/shapes.ts';
import { windowOffsets, windowPlan } from '../shared/windows.ts';

/** ONNX MaxPool: the largest value of each window and, as a second output, its index in the whole input. */
export const maxPool: OpDefinition = {
  op: 'MaxPool',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, [...floatTypes, 'int8', 'uint8']);
    if (x.shape.length < 3) throw invalid(node, `its input has the shape [${x.shape.join(', ')}]`);
    const spatial = x.shape.slice(2);
    const attributes = new Attributes(node);
    const plan = windowPlan(node, attributes, spatial);
    const columnMajor = attributes.flag('storage_order');
    attributes.done();
    if (x.data.some(Number.isNaN)) throw unsupported(node, 'its input holds NaN');
    const shape = [...x.shape.slice(0, 2), ...plan.output];
    const values = allocate(node, x.type, shape);
    const indices = allocate(node, 'int64', shape);
    const windows = windowOffsets(plan, spatial);
    const size = elementCount(spatial);
    const place = columnMajor ? columnMajorPlace(spatial) : (at: number) => at;
    for (let plane = 0; plane < x.shape[0]! * x.shape[1]!; plane++) {
      const data = x.data.subarray(plane * size, (plane + 1) * size);
      windows.forEach((offsets, window) => {
        const inside = offsets.filter((at) => at >= 0);
        if (inside.length === 0) throw invalid(node, 'a window lies in the padding alone');
        const best = inside.reduce((a, b) => (data[b]! > data[a]! ? b : a));
        values.data[plane * windows.length + window] = data[best]!;
        indices.data[plane * windows.length + window] = plane * size + place(best);
      });
    }
    return [values, indices];
  },
};

/** The place of a row-major offset when the first spatial axis runs fastest. */
function columnMajorPlace(spatial: readonly number[]): (at: number) => number {
  const rows = stridesOf(spatial);
  const columns = stridesOf(spatial.toReversed()).toReversed();
  return (at) =>
    spatial.reduce((sum, size, axis) => sum + (Math.floor(at / rows[axis]!) % size) * columns[axis]!, 0);
}
