import type { Node } from '../../graph/graph.ts';
import type { Tensor, TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { atMost } from '../shared/inputs.ts';
import { type Activation, activationsOf } from './activations.ts';
import {
  type Cell,
  type Sequence,
  clamp,
  initialState,
  lengthsOf,
  outputTypes,
  project,
  runSequence,
  sequenceOf,
} from './sequence.ts';

/**
 * ONNX GRU. Gate order in W, R and B is z, r, h.
 *   z = f(W_z x + R_z H + b_z)     r = f(W_r x + R_r H + b_r)
 *   h = g(W_h x + R_h (r * H) + Rb_h + Wb_h)            linear_before_reset = 0
 *   h = g(W_h x + r * (R_h H + Rb_h) + Wb_h)            linear_before_reset = 1
 *   H' = (1 - z) * h + z * H
 */
export const gru: OpDefinition = {
  op: 'GRU',
  domain: '',
  evaluate(node, inputs) {
    atMost(node, inputs, 6);
    const { sequence, activations, linearBeforeReset } = planOf(node, inputs);
    const [x, w, r, b] = inputs as Tensor[];
    const lengths = lengthsOf(node, sequence, inputs[4]);
    const initial = initialState(node, sequence, inputs[5], 'initial_h');
    return runSequence(node, sequence, lengths, 1, (direction, row) =>
      gruCell(
        sequence,
        activations[direction]!,
        linearBeforeReset,
        x!,
        w!,
        r!,
        b,
        direction,
        initial(direction, row),
      ),
    );
  },
  infer: (node, inputs) => outputTypes(planOf(node, inputs).sequence, 1),
};

function planOf(node: Node, inputs: readonly (TensorType | undefined)[]) {
  const attributes = new Attributes(node);
  const sequence = sequenceOf(node, attributes, inputs, 3);
  const activations = activationsOf(node, attributes, ['Sigmoid', 'Tanh'], sequence.directions);
  const linearBeforeReset = attributes.flag('linear_before_reset');
  attributes.done();
  return { sequence, activations, linearBeforeReset };
}

function gruCell(
  { hidden, inputs, clip }: Sequence,
  [f, g]: Activation[],
  linearBeforeReset: boolean,
  x: Tensor,
  w: Tensor,
  r: Tensor,
  b: Tensor | undefined,
  direction: number,
  initial: Float64Array,
): Cell {
  const rows = 3 * hidden;
  const fromInput = new Float64Array(rows);
  const fromState = new Float64Array(rows);
  const candidate = new Float64Array(hidden);
  const biases =
    b?.data.subarray(direction * 2 * rows, (direction + 1) * 2 * rows) ?? new Float64Array(2 * rows);
  let h = initial;

  return {
    step(at) {
      project(fromInput, w.data, direction * rows, inputs, x.data, at);
      project(fromState, r.data, direction * rows, hidden, h, 0);
      const gate = (row: number): number =>
        f!(clamp(fromInput[row]! + fromState[row]! + biases[row]! + biases[rows + row]!, clip));
      const reset = Float64Array.from({ length: hidden }, (_, unit) => gate(hidden + unit));
      if (!linearBeforeReset) {
        const kept = h.map((value, unit) => value * reset[unit]!);
        project(candidate, r.data, direction * rows + 2 * hidden, hidden, kept, 0);
      }
      h = h.map((before, unit) => {
        const row = 2 * hidden + unit;
        const recurrent = linearBeforeReset
          ? reset[unit]! * (fromState[row]! + biases[rows + row]!)
          : candidate[unit]! + biases[rows + row]!;
        const proposed = g!(clamp(fromInput[row]! + recurrent + biases[row]!, clip));
        const update = gate(unit);
        return (1 - update) * proposed + update * before;
      });
      return h;
    },
    finals: () => [h],
  };
}
