/** Nodes that only look at data in another way: they become views and cost nothing. */
import { elementTypeOf } from '../../onnx/element-type.ts';
import { Attributes } from '../../ops/shared/attributes.ts';
import { toIndex } from '../../ops/shape/gather.ts';
import { rangeOf } from '../../ops/shape/slice.ts';
import { toAxes, toAxis } from '../../ops/shared/shapes.ts';
import { along, reshapedView, transposed, withoutAxis } from '../strided-view.ts';
import { type Rule, refuse } from './lowering.ts';

/** Reshape, Flatten, Squeeze, Unsqueeze: the output shape is known, the data stay where they are. */
export const reshapeRule: Rule = (node, lowering) => {
  const view = reshapedView(lowering.view(node, 0), lowering.shapeOf(node));
  if (!view) throw refuse(node, 'it would have to move data');
  lowering.setView(node.outputs[0]!, view);
};

export const transposeRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  const reversed = view.shape.map((_, axis) => axis).toReversed();
  lowering.setView(node.outputs[0]!, transposed(view, new Attributes(node).numbers('perm') ?? reversed));
};

/** Identity and Dropout, which does nothing at inference. */
export const identityRule: Rule = (node, lowering) => {
  if (lowering.isRead(node, 1)) throw refuse(node, 'its mask output is used');
  if (lowering.constant(node.inputs[2])?.data.some((flag) => flag !== 0)) {
    throw refuse(node, 'it is in training mode');
  }
  lowering.setView(node.outputs[0]!, lowering.view(node, 0));
};

/** Cast to the type that the values already have: converters write it in front of every model. */
export const castRule: Rule = (node, lowering) => {
  const to = elementTypeOf(new Attributes(node).number('to', 0));
  if (to !== lowering.typeOf(node, 0)) throw refuse(node, `it casts to ${to ?? 'an unknown type'}`);
  lowering.setView(node.outputs[0]!, lowering.view(node, 0));
};

export const sliceRule: Rule = (node, lowering) => {
  let view = lowering.view(node, 0);
  const attributes = new Attributes(node);
  const old = (lowering.graph.opsets[''] ?? 1) < 10;
  const list = (name: string, index: number): readonly number[] | undefined => {
    if (old) return attributes.numbers(name);
    return node.inputs[index] ? Array.from(lowering.requireConstant(node, index, name).data) : undefined;
  };
  const starts = list('starts', 1)!;
  const ends = list('ends', 2)!;
  const axes = toAxes(node, list('axes', 3) ?? starts.map((_, axis) => axis), view.shape.length);
  const steps = old ? undefined : list('steps', 4);
  axes.forEach((axis, i) => {
    const range = rangeOf(view.shape[axis]!, starts[i]!, ends[i]!, steps?.[i] ?? 1);
    if (range.count === 0) throw refuse(node, 'its result is empty');
    view = along(view, axis, range.start, range.count, range.step);
  });
  lowering.setView(node.outputs[0]!, view);
};

/** Gather of one position (such as the last step) or of a run of positions. */
export const gatherRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  const axis = toAxis(node, new Attributes(node).number('axis', 0), view.shape.length);
  const indices = lowering.requireConstant(node, 1, 'index');
  const picks = Array.from(indices.data, (index) => toIndex(node, index, view.shape[axis]!));
  const run = picks.every((pick, i) => pick === picks[0]! + i);
  if (!run || picks.length === 0 || indices.shape.length > 1) {
    throw refuse(node, 'its indices do not follow each other');
  }
  const part = along(view, axis, picks[0]!, picks.length);
  lowering.setView(node.outputs[0]!, indices.shape.length === 0 ? withoutAxis(part, axis) : part);
};

export const splitRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  const axis = toAxis(node, new Attributes(node).number('axis', 0), view.shape.length);
  let start = 0;
  node.outputs.forEach((name, index) => {
    if (name === '') throw refuse(node, 'one of its outputs has no name');
    const size = lowering.shapeOf(node, index)[axis]!;
    lowering.setView(name, along(view, axis, start, size));
    start += size;
  });
};
