/** What LSTM, GRU and RNN nodes share: batch 1, constant weights, initial states and lengths, two layouts. */
import { modelRefusals } from '../../../common/refusals/index.ts';
import { Attributes } from '../../ops/shared/attributes.ts';
import type { Node } from '../graph.ts';
import type { RecurrentLayer, View } from '../network.ts';
import { type StridedView, rowMajor, transposed } from '../strided-view.ts';
import { type Lowering, refuse } from './lowering.ts';

export interface RecurrentParts {
  attributes: Attributes;
  direction: RecurrentLayer['direction'];
  directions: number;
  hidden: number;
  /** The steps that count: those of the sequence's length. */
  input: View;
  sequence?: View;
  last?: View;
  lastCell?: View;
  inputWeights: Float64Array;
  recurrentWeights: Float64Array;
  /** [directions][2][gates * hidden]: input biases, then recurrent ones; zeros when the node has none. */
  biases: Float64Array;
}

/** Reads a node whose R has `gates` rows a unit. */
export function recurrentParts(node: Node, lowering: Lowering, gates: number): RecurrentParts {
  const attributes = new Attributes(node);
  const layout = attributes.number('layout', 0);
  const direction = attributes.choice('direction', ['forward', 'reverse', 'bidirectional'], 'forward');
  const directions = direction === 'bidirectional' ? 2 : 1;
  if (attributes.has('clip')) throw refuse(node, 'it clips its gates');

  const view = lowering.view(node, 0);
  const x = layout ? transposed(view, [1, 0, 2]) : view;
  const [steps, batch] = x.shape as [number, number];
  if (batch !== 1) throw refuse(node, `its batch is ${batch} instead of 1`);
  const all = lowering.rows(node, x);
  const recurrent = lowering.requireConstant(node, 2, 'weight tensor R');
  const hidden = recurrent.shape[2]!;
  const width = directions * hidden;

  // The buffers are laid out [steps][directions][hidden]; ONNX puts the batch between or in front.
  const output = (index: number, rows: number, onnx: readonly number[], batchFirst: readonly number[]) => {
    if (!lowering.isRead(node, index)) return undefined;
    const name = node.outputs[index]!;
    const buffer = lowering.addBuffer(name, rows, width);
    const seen: StridedView = rowMajor(name, onnx);
    lowering.setView(name, layout ? transposed(seen, batchFirst) : seen);
    return buffer;
  };
  return {
    attributes,
    direction,
    directions,
    hidden,
    input: { ...all, steps: lengthOf(node, lowering, steps) },
    sequence: output(0, steps, [steps, directions, 1, hidden], [2, 0, 1, 3]),
    last: output(1, 1, [directions, 1, hidden], [1, 0, 2]),
    lastCell: output(2, 1, [directions, 1, hidden], [1, 0, 2]),
    inputWeights: lowering.requireConstant(node, 1, 'weight tensor W').data,
    recurrentWeights: recurrent.data,
    biases: node.inputs[3]
      ? lowering.requireConstant(node, 3, 'bias').data
      : new Float64Array(directions * 2 * gates * hidden),
  };
}

/** An initial state, [directions * hidden]; undefined when it is absent or zero. */
export function initialState(node: Node, lowering: Lowering, index: number): Float64Array | undefined {
  if (!node.inputs[index]) return undefined;
  const tensor = lowering.constant(node.inputs[index]);
  if (!tensor) throw modelRefusals.initialState(node.name, node.op);
  return tensor.data.some((value) => value !== 0) ? tensor.data : undefined;
}

/** The sums of input and recurrent biases of `rows` rows from `first` on, [directions][rows]. */
export function biasSums(
  { biases, directions, hidden }: RecurrentParts,
  gates: number,
  rows = gates * hidden,
): Float64Array {
  const width = gates * hidden;
  return Float64Array.from({ length: directions * rows }, (_, i) => {
    const at = Math.floor(i / rows) * 2 * width + (i % rows);
    return biases[at]! + biases[at + width]!;
  });
}

/** The names of the activations of one direction, in lower case; refuses directions that differ. */
export function activationsOf(
  node: Node,
  { attributes, directions }: RecurrentParts,
  defaults: readonly string[],
): string[] {
  const names = attributes.texts('activations')?.map((name) => name.toLowerCase());
  if (!names) return [...defaults];
  const own = names.slice(0, defaults.length);
  const same = names.every((name, i) => name === own[i % own.length]);
  if (names.length !== defaults.length * directions || !same)
    throw refuse(node, `its activations are ${names.join(', ')}`);
  return own;
}

/** Kernels of LSTM and GRU compute the plain cell only. */
export function requirePlain(node: Node, parts: RecurrentParts, plain: readonly string[]): void {
  const names = activationsOf(node, parts, plain);
  if (names.some((name, i) => name !== plain[i]))
    throw refuse(node, `its activations are ${names.join(', ')}`);
}

/** Steps that count; the rest of the window is padding. */
function lengthOf(node: Node, lowering: Lowering, steps: number): number {
  if (!node.inputs[4]) return steps;
  const length = lowering.requireConstant(node, 4, 'sequence length').data[0]!;
  if (length < 1) throw refuse(node, `its sequence has ${length} steps`);
  return Math.min(length, steps);
}
