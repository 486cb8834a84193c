import type { Node } from '../../graph/graph.ts';
import { type Tensor, elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { commonType, floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate, sameShape, stridesOf } from '../shared/shapes.ts';
import { positions } from '../shared/windows.ts';

/** ONNX ConvTranspose: every input value adds its kernel to the output at stride distance. */
export const convTranspose: OpDefinition = {
  op: 'ConvTranspose',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const w = required(node, inputs, 1);
    const b = inputs[2];
    requireType(node, x, floatTypes);
    const type = commonType(node, b ? [x, w, b] : [x, w]);
    const plan = planOf(node, x, w);
    const { groups, spatial, kernel, strides, dilations, before, output } = plan;
    const [batch, channels] = x.shape as [number, number];
    const perGroup = w.shape[1]!;
    const outputs = perGroup * groups;
    if (b && !sameShape(b.shape, [outputs])) throw invalid(node, `its bias is [${b.shape.join(', ')}]`);
    const y = allocate(node, type, [batch, outputs, ...output]);
    const [inSize, outSize, taps] = [spatial, output, kernel].map(elementCount) as [number, number, number];
    const outStrides = stridesOf(output);
    const kernelPlaces = positions(kernel);
    const inputPlaces = positions(spatial);
    for (let plane = 0; plane < batch * channels; plane++) {
      const row = Math.floor(plane / channels);
      const c = plane % channels;
      const group = Math.floor(c / (channels / groups));
      inputPlaces.forEach((at, i) => {
        const value = x.data[plane * inSize + i]!;
        kernelPlaces.forEach((k, tap) => {
          const place = at.map((p, a) => p * strides[a]! + k[a]! * dilations[a]! - before[a]!);
          if (place.some((p, a) => p < 0 || p >= output[a]!)) return;
          const offset = place.reduce((sum, p, a) => sum + p * outStrides[a]!, 0);
          for (let m = 0; m < perGroup; m++) {
            const to = (row * outputs + group * perGroup + m) * outSize + offset;
            y.data[to]! += value * w.data[(c * perGroup + m) * taps + tap]!;
          }
        });
      });
    }
    const store = storer(type, node);
    y.data.forEach((sum, i) => {
      y.data[i] = store(sum + (b ? b.data[Math.floor(i / outSize) % outputs]! : 0));
    });
    return [y];
  },
};

function planOf(node: Node, x: Tensor, w: Tensor) {
  const attributes = new Attributes(node);
  const spatial = x.shape.slice(2);
  const kernel = w.shape.slice(2);
  const rank = spatial.length;
  const list = (name: string, absent: number, length = rank): readonly number[] => {
    const values = attributes.numbers(name) ?? new Array<number>(length).fill(absent);
    if (values.length !== length) throw invalid(node, `${name} is [${values.join(', ')}]`);
    return values;
  };
  const groups = attributes.number('group', 1);
  const strides = list('strides', 1);
  const dilations = list('dilations', 1);
  const pads = list('pads', 0, 2 * rank);
  const extra = list('output_padding', 0);
  const given = attributes.has('output_shape') ? list('output_shape', 0) : undefined;
  const auto = attributes.choice('auto_pad', ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'], 'NOTSET');
  const named = attributes.numbers('kernel_shape');
  attributes.done();
  const fits =
    rank >= 1 && w.shape.length === x.shape.length && w.shape[0] === x.shape[1] && x.shape[1]! % groups === 0;
  if (!fits || (named && !sameShape(named, kernel))) throw invalid(node, 'its weights do not fit its input');

  const before: number[] = [];
  const output = spatial.map((size, axis) => {
    const full = strides[axis]! * (size - 1) + extra[axis]! + (kernel[axis]! - 1) * dilations[axis]! + 1;
    const same = auto === 'SAME_UPPER' || auto === 'SAME_LOWER';
    if (!given && !same) {
      before.push(pads[axis]!);
      return full - pads[axis]! - pads[rank + axis]!;
    }
    const wanted = given ? given[axis]! : size * strides[axis]!;
    const total = Math.max(full - wanted, 0);
    // SAME_UPPER takes the smaller half at the start, everything else the larger one.
    before.push(auto === 'SAME_UPPER' ? Math.floor(total / 2) : total - Math.floor(total / 2));
    return wanted;
  });
  return { groups, spatial, kernel, strides, dilations, before, output };
}
