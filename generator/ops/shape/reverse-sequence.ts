import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { sameShape, stridesOf } from '../shared/shapes.ts';
import { sameAsFirst } from '../shared/same-type.ts';

/** ONNX ReverseSequence: turns the first sequence_lens[b] steps of each row around. */
export const reverseSequence: OpDefinition = {
  op: 'ReverseSequence',
  domain: '',
  infer: sameAsFirst,
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const lengths = required(node, inputs, 1);
    requireType(node, lengths, ['int64']);
    const attributes = new Attributes(node);
    const batchAxis = attributes.number('batch_axis', 1);
    const timeAxis = attributes.number('time_axis', 0);
    attributes.done();
    const axesFit = [batchAxis, timeAxis].toSorted().join() === '0,1' && x.shape.length >= 2;
    if (!axesFit) throw invalid(node, `its batch axis is ${batchAxis} and its time axis ${timeAxis}`);
    const steps = x.shape[timeAxis]!;
    const lengthsFit = lengths.data.every((length) => length >= 1 && length <= steps);
    if (!lengthsFit || !sameShape(lengths.shape, [x.shape[batchAxis]!])) {
      throw invalid(node, 'its sequence lengths do not fit its input');
    }
    const strides = stridesOf(x.shape);
    const at = (index: number, axis: number): number => Math.floor(index / strides[axis]!) % x.shape[axis]!;
    return [
      moved(node, x, x.shape, (index) => {
        const t = at(index, timeAxis);
        const length = lengths.data[at(index, batchAxis)]!;
        return t < length ? index + (length - 1 - 2 * t) * strides[timeAxis]! : index;
      }),
    ];
  },
};
