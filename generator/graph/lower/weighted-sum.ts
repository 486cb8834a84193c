/** Sums over time, in the spellings of attention: weights times steps, and MatMul(weights, steps). */
import { Attributes } from '../../ops/shared/attributes.ts';
import { axesOf } from '../../ops/shared/axes-input.ts';
import { toAxes } from '../../ops/shared/shapes.ts';
import type { Node } from '../graph.ts';
import type { View } from '../network.ts';
import { type StridedView, asRows, transposed } from '../strided-view.ts';
import { type Lowering, type Rule, refuse } from './lowering.ts';

/** MatMul of two computed tensors: one must be a single row or column of weights over the other's steps. */
export function weightedSum(node: Node, lowering: Lowering): void {
  const [left, right] = [lowering.view(node, 0), lowering.view(node, 1)];
  const why = 'it multiplies two computed tensors, and neither is one weight a step';
  const fromLeft = pairOf(left, right);
  const fromRight = pairOf(swapped(right), swapped(left));
  const pair = fromLeft ?? fromRight;
  if (!pair) throw refuse(node, why);
  const output = lowering.addOutput(node, 1, pair.input.features);
  lowering.layers.push({ kind: 'weightedSum', node, ...pair, output });
}

/** weights [.., 1, T] and steps [.., T, F] as views of T rows. */
function pairOf(weights: StridedView, steps: StridedView): { weights: View; input: View } | undefined {
  if (steps.shape.length < 2) return undefined;
  const column = asColumn(weights);
  const input = asRows(steps);
  return column && input && column.steps === input.steps ? { weights: column, input } : undefined;
}

const swapped = (view: StridedView): StridedView => {
  const rank = view.shape.length;
  if (rank < 2) return view;
  return transposed(view, [...Array(rank).keys()].with(rank - 1, rank - 2).with(rank - 2, rank - 1));
};

/** A view with one axis wider than 1 as rows of one feature. */
export function asColumn(view: StridedView): View | undefined {
  return asRows({ ...view, shape: [...view.shape, 1], strides: [...view.strides, 1] });
}

/** Mul of two computed tensors: one weight a step times the steps. */
export const weightingRule: Rule = (node, lowering) => {
  const [a, b] = [lowering.view(node, 0), lowering.view(node, 1)];
  const shape = lowering.shapeOf(node);
  const pick = (weights: StridedView, steps: StridedView): { weights: View; input: View } | undefined => {
    const same =
      steps.shape.length === shape.length && steps.shape.every((size, axis) => size === shape[axis]);
    const oneEach = (weights.shape.at(-1) ?? 1) === 1;
    const [column, input] = [asColumn(weights), asRows(steps)];
    const leads = weights.shape.slice(0, -1).join() === shape.slice(0, -1).join();
    return same && oneEach && leads && column && input ? { weights: column, input } : undefined;
  };
  const pair = pick(a, b) ?? pick(b, a);
  if (!pair) throw refuse(node, 'it multiplies two computed tensors outside attention pooling');
  const output = lowering.addOutput(node, pair.input.steps, pair.input.features);
  lowering.layers.push({ kind: 'weighting', node, ...pair, output });
};

/** ReduceSum over the time axis. */
export const timeSumRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  const attributes = new Attributes(node);
  const asInput = (lowering.graph.opsets[''] ?? 1) >= 13;
  const given = axesOf(node, attributes, [undefined, lowering.constant(node.inputs[1])], asInput) ?? [];
  const axes = toAxes(node, given, view.shape.length);
  const input = asRows(view);
  const wide = view.shape.flatMap((size, axis) => (size > 1 && axis < view.shape.length - 1 ? [axis] : []));
  const overTime = input && axes.length > 0 && wide.every((axis) => axes.includes(axis));
  if (!overTime || axes.includes(view.shape.length - 1)) {
    throw refuse(node, 'it sums over something else than the steps of attention pooling');
  }
  const output = lowering.addOutput(node, 1, input.features);
  lowering.layers.push({ kind: 'timeSum', node, input, output });
};
