/**
 * Concat. Neighbouring parts of one buffer (the two directions of an LSTM, split and joined again) are one view; other
 * parts are copied one behind the other.
 */
import { Attributes } from '../../ops/shared/attributes.ts';
import { toAxis } from '../../ops/shared/shapes.ts';
import type { View } from '../network.ts';
import { type StridedView, isContiguous } from '../strided-view.ts';
import { elementCount } from '../tensor.ts';
import { type Rule, refuse } from './lowering.ts';

export const concatRule: Rule = (node, lowering) => {
  const shape = lowering.shapeOf(node);
  const axis = toAxis(node, new Attributes(node).number('axis', 1), shape.length);
  const views = node.inputs.map((_, index) => lowering.view(node, index));
  const whole = rejoined(views, axis);
  if (whole) return lowering.setView(node.outputs[0]!, whole);

  if (elementCount(shape.slice(0, axis)) !== 1) throw refuse(node, 'it interleaves its inputs step by step');
  // Steps joined to steps stay steps; vectors joined to vectors make a longer vector.
  const overTime = axis < shape.length - 1 && views.some((view) => lowering.buffers[view.buffer]!.steps > 1);
  const inputs = views.map((view): View => {
    if (!isContiguous(view)) throw refuse(node, 'its input is not stored step by step');
    const count = elementCount(view.shape);
    const features = overTime ? shape.at(-1)! : count;
    return { buffer: view.buffer, offset: view.offset, steps: count / features, features };
  });
  const total = elementCount(shape);
  const features = overTime ? shape.at(-1)! : total;
  const output = lowering.addOutput(node, total / features, features);
  lowering.layers.push({ kind: 'concat', node, inputs, output });
};

/** One view on all parts, when each begins where the one before it ends. */
function rejoined(views: readonly StridedView[], axis: number): StridedView | undefined {
  const [first] = views;
  const wide = views.find((view) => view.shape[axis]! > 1) ?? first!;
  // A part of size 1 has no stride of its own along the axis: its neighbour's place tells.
  const stride =
    wide.shape[axis]! > 1 ? wide.strides[axis]! : (views[1]?.offset ?? first!.offset + 1) - first!.offset;
  let offset = first!.offset;
  for (const view of views) {
    const sameAxes = view.shape.every(
      (size, i) => i === axis || size === 1 || view.strides[i] === first!.strides[i],
    );
    const sameStride = view.shape[axis] === 1 || view.strides[axis] === stride;
    if (view.buffer !== first!.buffer || view.offset !== offset || !sameAxes || !sameStride) return undefined;
    offset += view.shape[axis]! * stride;
  }
  const size = views.reduce((sum, view) => sum + view.shape[axis]!, 0);
  const whole = {
    ...first!,
    shape: first!.shape.with(axis, size),
    strides: first!.strides.with(axis, stride),
  };
  return wide.shape[axis]! > 1 || isContiguous(whole) ? whole : undefined;
}
