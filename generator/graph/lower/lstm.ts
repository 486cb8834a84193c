/** LSTM nodes: batch 1, zero initial state, the default activations. */
import { modelRefusals } from '../../../common/refusals/index.ts';
import { Attributes } from '../../ops/shared/attributes.ts';
import type { Node } from '../graph.ts';
import { type StridedView, rowMajor, transposed } from '../strided-view.ts';
import { type Lowering, type Rule, refuse } from './lowering.ts';

export const lstmRule: Rule = (node, lowering) => {
  const attributes = new Attributes(node);
  const layout = attributes.number('layout', 0);
  const direction = attributes.choice('direction', ['forward', 'reverse', 'bidirectional'], 'forward');
  const directions = direction === 'bidirectional' ? 2 : 1;
  checkCell(node, attributes);

  const view = lowering.view(node, 0);
  const x = layout ? transposed(view, [1, 0, 2]) : view;
  const [steps, batch] = x.shape as [number, number];
  if (batch !== 1) throw refuse(node, `its batch is ${batch} instead of 1`);
  const input = lowering.rows(node, x);
  const inputWeights = lowering.requireConstant(node, 1, 'weight tensor W').data;
  const recurrent = lowering.requireConstant(node, 2, 'weight tensor R');
  const hidden = recurrent.shape[2]!;
  checkState(node, lowering, steps);

  const width = directions * hidden;
  const sequence = lowering.isRead(node, 0) ? lowering.addBuffer(node.outputs[0]!, steps, width) : undefined;
  const last = lowering.isRead(node, 1) ? lowering.addBuffer(node.outputs[1]!, 1, width) : undefined;
  if (lowering.isRead(node, 2)) throw refuse(node, 'its final cell state is used');
  lowering.layers.push({
    kind: 'lstm',
    node,
    direction,
    hidden,
    input,
    sequence,
    last,
    inputWeights,
    recurrentWeights: recurrent.data,
    bias: biasOf(node, lowering, directions, hidden),
  });
  // The buffers are laid out [steps][directions][hidden]; ONNX puts the batch between or in front.
  const place = (name: string, onnx: StridedView, batchFirst: readonly number[]): void =>
    lowering.setView(name, layout ? transposed(onnx, batchFirst) : onnx);
  if (sequence) {
    place(sequence.buffer, rowMajor(sequence.buffer, [steps, directions, 1, hidden]), [2, 0, 1, 3]);
  }
  if (last) place(last.buffer, rowMajor(last.buffer, [directions, 1, hidden]), [1, 0, 2]);
};

/** Kernels compute the plain cell only. */
function checkCell(node: Node, attributes: Attributes): void {
  const activations = attributes.texts('activations') ?? [];
  const plain = activations.every((name, i) => name.toLowerCase() === (i % 3 === 0 ? 'sigmoid' : 'tanh'));
  if (!plain) throw refuse(node, `its activations are ${activations.join(', ')}`);
  if (attributes.has('clip')) throw refuse(node, 'it clips its gates');
  if (attributes.flag('input_forget')) throw refuse(node, 'it couples its input and forget gates');
}

function checkState(node: Node, lowering: Lowering, steps: number): void {
  const allZero = (index: number): boolean => {
    if (!node.inputs[index]) return true;
    const tensor = lowering.constant(node.inputs[index]);
    return tensor !== undefined && tensor.data.every((value) => value === 0);
  };
  if (!allZero(5) || !allZero(6)) throw modelRefusals.initialState(node.name, node.op);
  if (!allZero(7)) throw refuse(node, 'it has peephole weights');
  if (!node.inputs[4]) return;
  const lengths = lowering.requireConstant(node, 4, 'sequence length');
  if (lengths.data.some((length) => length !== steps))
    throw refuse(node, 'its sequence is shorter than its input');
}

/** The sum of input and recurrent biases, [directions][4 * hidden]. */
function biasOf(node: Node, lowering: Lowering, directions: number, hidden: number): Float64Array {
  const rows = 4 * hidden;
  const sum = new Float64Array(directions * rows);
  if (!node.inputs[3]) return sum;
  const { data } = lowering.requireConstant(node, 3, 'bias');
  return sum.map((_, i) => {
    const at = Math.floor(i / rows) * 2 * rows + (i % rows);
    return data[at]! + data[at + rows]!;
  });
}
