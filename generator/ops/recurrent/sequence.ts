/**
 * What RNN, GRU and LSTM share (ONNX operator docs): layouts, directions, ragged lengths, initial states, outputs.
 *
 *   layout 0:  X [steps, batch, inputs]   states [directions, batch, hidden]   Y [steps, directions, batch, hidden]
 *   layout 1:  X [batch, steps, inputs]   states [batch, directions, hidden]   Y [batch, steps, directions, hidden]
 *
 * A row shorter than the longest is padded behind its end: Y holds zeros there, and the reverse direction starts at the
 * row's own last step.
 */
import type { Node } from '../../graph/graph.ts';
import type { Tensor, TensorType } from '../../graph/tensor.ts';
import type { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { type Shape, allocate, sameShape } from '../shared/shapes.ts';

export interface Sequence {
  steps: number;
  batch: number;
  inputs: number;
  hidden: number;
  directions: number;
  direction: 'forward' | 'reverse' | 'bidirectional';
  layout: 0 | 1;
  /** Largest magnitude that an activation sees; Infinity without clipping. */
  clip: number;
  x: TensorType;
}

/** Reads the attributes that all three operators share and the sizes of X, W and R. `gates` rows of R share a unit. */
export function sequenceOf(
  node: Node,
  attributes: Attributes,
  inputs: readonly (TensorType | undefined)[],
  gates: number,
): Sequence {
  const [x, w, r] = [0, 1, 2].map((index) => required(node, inputs, index)) as [
    TensorType,
    TensorType,
    TensorType,
  ];
  requireType(node, x, floatTypes);
  const layout = attributes.number('layout', 0);
  if (layout !== 0 && layout !== 1) throw invalid(node, `layout is ${layout}`);
  const direction = attributes.choice('direction', ['forward', 'reverse', 'bidirectional'], 'forward');
  const directions = direction === 'bidirectional' ? 2 : 1;
  const clip = attributes.number('clip', Infinity);
  if (!(clip >= 0)) throw invalid(node, `clip is ${clip}`);
  attributes.number('output_sequence'); // operator sets below 7: whether Y is wanted; it always is computed
  if (x.shape.length !== 3) throw invalid(node, `its input has the shape [${x.shape.join(', ')}]`);
  const [steps, batch] = layout ? [x.shape[1]!, x.shape[0]!] : [x.shape[0]!, x.shape[1]!];
  const width = x.shape[2]!;
  const hidden = attributes.number('hidden_size') ?? r.shape[2]!;
  const fits = (tensor: TensorType, name: string, shape: Shape): void => {
    if (tensor.type !== x.type) throw invalid(node, `${name} is ${tensor.type} beside ${x.type}`);
    if (!sameShape(tensor.shape, shape)) {
      throw invalid(node, `${name} is [${tensor.shape.join(', ')}] instead of [${shape.join(', ')}]`);
    }
  };
  fits(w, 'W', [directions, gates * hidden, width]);
  fits(r, 'R', [directions, gates * hidden, hidden]);
  const bias = inputs[3];
  if (bias) fits(bias, 'B', [directions, 2 * gates * hidden]);
  return { steps, batch, inputs: width, hidden, directions, direction, layout, clip, x };
}

/** Checks an initial state and returns its value at [direction][batch] on demand; zeros when it is absent. */
export function initialState(
  node: Node,
  sequence: Sequence,
  tensor: Tensor | undefined,
  name: string,
): (direction: number, row: number) => Float64Array {
  const { hidden } = sequence;
  if (!tensor) return () => new Float64Array(hidden);
  const shape = stateShape(sequence);
  if (!sameShape(tensor.shape, shape) || tensor.type !== sequence.x.type) {
    throw invalid(
      node,
      `${name} is ${tensor.type}[${tensor.shape.join(', ')}] instead of [${shape.join(', ')}]`,
    );
  }
  return (direction, row) => {
    const at = stateOffset(sequence, direction, row);
    return tensor.data.slice(at, at + hidden);
  };
}

const stateShape = ({ layout, directions, batch, hidden }: Sequence): Shape =>
  layout ? [batch, directions, hidden] : [directions, batch, hidden];

const stateOffset = (
  { layout, directions, batch, hidden }: Sequence,
  direction: number,
  row: number,
): number => (layout ? row * directions + direction : direction * batch + row) * hidden;

/** The number of valid steps of each row. */
export function lengthsOf(node: Node, { steps, batch }: Sequence, tensor: Tensor | undefined): number[] {
  if (!tensor) return new Array<number>(batch).fill(steps);
  requireType(node, tensor, ['int32']);
  if (!sameShape(tensor.shape, [batch]))
    throw invalid(node, `sequence_lens has the shape [${tensor.shape.join(', ')}]`);
  return Array.from(tensor.data, (length) => {
    if (length > steps || length < 0) throw invalid(node, `a sequence length is ${length} of ${steps} steps`);
    if (length === 0) throw unsupported(node, 'a sequence of length 0 has no defined result');
    return length;
  });
}

/** One recurrent cell: consumes the step at `x` (offset into X's data) and returns its new output state. */
export interface Cell {
  step(x: number): Float64Array;
  /** States after the last step, in output order: hidden, then cell state. */
  finals(): Float64Array[];
}

/** Runs a cell over every row and direction and lays out Y and the final states. */
export function runSequence(
  node: Node,
  sequence: Sequence,
  lengths: readonly number[],
  stateCount: number,
  start: (direction: number, row: number) => Cell,
): Tensor[] {
  const { steps, batch, inputs, hidden, directions, layout, x } = sequence;
  const [y, ...states] = outputTypes(sequence, stateCount).map((type) => allocate(node, x.type, type.shape));
  const store = storer(x.type, node);
  for (let direction = 0; direction < directions; direction++) {
    const backwards = sequence.direction === 'reverse' || direction === 1;
    for (let row = 0; row < batch; row++) {
      const cell = start(direction, row);
      const length = lengths[row]!;
      for (let i = 0; i < length; i++) {
        const t = backwards ? length - 1 - i : i;
        const output = cell.step((layout ? row * steps + t : t * batch + row) * inputs);
        const at = layout
          ? (row * steps + t) * directions + direction
          : (t * directions + direction) * batch + row;
        for (let unit = 0; unit < hidden; unit++) y!.data[at * hidden + unit] = store(output[unit]!);
      }
      cell.finals().forEach((final, index) => {
        const at = stateOffset(sequence, direction, row);
        for (let unit = 0; unit < hidden; unit++) states[index]!.data[at + unit] = store(final[unit]!);
      });
    }
  }
  return [y!, ...states];
}

/** Types of Y and of the final states. */
export function outputTypes(sequence: Sequence, stateCount: number): TensorType[] {
  const { steps, batch, directions, hidden, layout, x } = sequence;
  const all = layout ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  const types = [all, ...Array.from({ length: stateCount }, () => stateShape(sequence))];
  return types.map((shape) => ({ type: x.type, shape }));
}

/** out[row] = sum_k weights[(first + row) * width + k] * input[from + k], for `count` rows. */
export function project(
  out: Float64Array,
  weights: Float64Array,
  first: number,
  width: number,
  input: Float64Array,
  from: number,
): void {
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    const start = (first + row) * width;
    for (let k = 0; k < width; k++) sum += weights[start + k]! * input[from + k]!;
    out[row] = sum;
  }
}

export const clamp = (value: number, limit: number): number => Math.min(Math.max(value, -limit), limit);
