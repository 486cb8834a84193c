/** Element-wise arithmetic with constants, one value a feature: Add, Sub, Mul, Div, BatchNormalization. */
import { Attributes } from '../../ops/shared/attributes.ts';
import { broadcastStrides, stretchesTo } from '../../ops/shared/broadcast.ts';
import { walk } from '../../ops/shared/shapes.ts';
import type { Node } from '../graph.ts';
import { type StridedView, asStretch } from '../strided-view.ts';
import type { Tensor } from '../tensor.ts';
import { type Lowering, type Rule, refuse } from './lowering.ts';

/** c op x or x op c as scale * x + shift. */
type Meaning = (c: number) => { scale?: number; shift?: number };

const constantRight: Readonly<Record<string, Meaning>> = {
  Add: (c) => ({ shift: c }),
  Sub: (c) => ({ shift: -c }),
  Mul: (c) => ({ scale: c }),
  Div: (c) => ({ scale: 1 / c }),
};

const constantLeft: Readonly<Record<string, Meaning>> = {
  Add: (c) => ({ shift: c }),
  Sub: (c) => ({ scale: -1, shift: c }),
  Mul: (c) => ({ scale: c }),
};

export const arithmeticRule: Rule = (node, lowering) => {
  const index = lowering.isView(node, 0) ? 0 : 1;
  const view = lowering.view(node, index);
  const constant = lowering.constant(node.inputs[1 - index]);
  const meaning = (index === 0 ? constantRight : constantLeft)[node.op];
  if (!constant || !meaning) throw refuse(node, 'it does not combine computed values with constants');
  const values = perFeature(node, lowering, view, constant);
  const made = Array.from(values, meaning);
  addAffine(
    node,
    lowering,
    view,
    made.map(({ scale }) => scale ?? 1),
    made.map(({ shift }) => shift ?? 0),
  );
};

/** Inference-time batch normalization over axis 1, which must be the features. */
export const batchNormalizationRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  const attributes = new Attributes(node);
  const epsilon = attributes.number('epsilon', 1e-5);
  if (attributes.flag('training_mode')) throw refuse(node, 'it is in training mode');
  const names = ['scale', 'bias', 'mean', 'variance'];
  const [scale, bias, mean, variance] = names.map((name, i) => {
    const tensor = lowering.requireConstant(node, i + 1, name);
    const trailing = new Array<number>(Math.max(0, view.shape.length - 2)).fill(1);
    return perFeature(node, lowering, view, { ...tensor, shape: [tensor.shape[0]!, ...trailing] });
  }) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const factors = scale.map((s, i) => s / Math.sqrt(variance[i]! + epsilon));
  addAffine(
    node,
    lowering,
    view,
    factors,
    factors.map((factor, i) => bias[i]! - factor * mean[i]!),
  );
};

/** The constant's value for each feature of the view's buffer; refuses one that changes from step to step. */
export function perFeature(
  node: Node,
  lowering: Lowering,
  view: StridedView,
  constant: Tensor,
): Float64Array {
  const stretch = asStretch(view, lowering.buffers[view.buffer]!);
  if (!stretch) throw refuse(node, 'its input is not stored step by step');
  if (!stretchesTo(constant.shape, view.shape)) throw refuse(node, 'its constant is larger than its input');
  const values = new Float64Array(stretch.features).fill(NaN);
  walk(view.shape, [broadcastStrides(constant.shape, view.shape), view.strides], (_, [from, at]) => {
    const feature = at! % stretch.features;
    const value = constant.data[from!]!;
    if (!Number.isNaN(values[feature]) && values[feature] !== value) {
      throw refuse(node, 'its constant changes from step to step');
    }
    values[feature] = value;
  });
  return values;
}

export function addAffine(
  node: Node,
  lowering: Lowering,
  view: StridedView,
  scale: ArrayLike<number>,
  shift: ArrayLike<number>,
): void {
  const input = asStretch(view, lowering.buffers[view.buffer]!)!;
  const name = node.outputs[0]!;
  const output = lowering.addBuffer(name, input.steps, input.features);
  lowering.setView(name, { ...view, buffer: name, offset: 0 });
  lowering.layers.push({
    kind: 'affine',
    node,
    input,
    output,
    scale: Float64Array.from(scale),
    shift: Float64Array.from(shift),
  });
}
