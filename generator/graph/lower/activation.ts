/** Element-wise activations and softmax. */
import { Attributes } from '../../ops/shared/attributes.ts';
import { toAxis } from '../../ops/shared/shapes.ts';
import { asRows, asStretch } from '../strided-view.ts';
import { type Rule, refuse } from './lowering.ts';
import { asColumn } from './weighted-sum.ts';

const activations = { Relu: 'relu', Tanh: 'tanh', Sigmoid: 'sigmoid' } as const;

export const activationRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  const input = asStretch(view, lowering.buffers[view.buffer]!);
  if (!input) throw refuse(node, 'its input is not stored in one piece');
  const name = node.outputs[0]!;
  const output = lowering.addBuffer(name, input.steps, input.features);
  lowering.setView(name, { ...view, buffer: name, offset: 0 });
  const activation = activations[node.op as keyof typeof activations];
  lowering.layers.push({ kind: 'activation', node, input, output, activation });
};

/** Softmax over the features of each step, or (as part of attention pooling) over the steps of one feature. */
export const softmaxRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  const old = (lowering.graph.opsets[''] ?? 1) < 13;
  const rank = view.shape.length;
  const given = toAxis(node, new Attributes(node).number('axis', old ? 1 : -1), rank);
  // Before operator set 13 all axes from the given one on form one line.
  const line = new Set(old ? view.shape.flatMap((_, i) => (i >= given ? [i] : [])) : [given]);
  const wide = view.shape.flatMap((size, i) => (size > 1 ? [i] : []));
  const inLine = wide.filter((axis) => line.has(axis));
  if (inLine.length !== 1) throw refuse(node, 'its line is not one axis');
  const outside = wide.filter((axis) => !line.has(axis));
  const column = asColumn(view);
  const rows = asRows(view);
  const name = node.outputs[0]!;
  const overFeatures = rows && inLine[0] === rank - 1;
  const oneLine = outside.length === 0 && column;
  if (overFeatures && (outside.length > 0 || lowering.buffers[view.buffer]!.features > 1)) {
    const output = lowering.addBuffer(name, rows.steps, rows.features);
    lowering.layers.push({ kind: 'softmax', node, input: rows, output });
  } else if (oneLine) {
    const output = lowering.addBuffer(name, column.steps, 1);
    lowering.layers.push({ kind: 'timeSoftmax', node, input: column, output });
  } else throw refuse(node, 'its line is neither the features of a step nor all steps');
  lowering.setView(name, { ...view, buffer: name, offset: 0 });
};
