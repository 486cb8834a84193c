import type { Node } from '../../graph/graph.ts';
import type { Tensor, TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { atMost } from '../shared/inputs.ts';
import { activationsOf } from './activations.ts';
import { clamp, initialState, lengthsOf, outputTypes, project, runSequence, sequenceOf } from './sequence.ts';

/** ONNX RNN: H' = f(W x + R H + Wb + Rb). */
export const rnn: OpDefinition = {
  op: 'RNN',
  domain: '',
  evaluate(node, inputs) {
    atMost(node, inputs, 6);
    const { sequence, activations } = planOf(node, inputs);
    const { hidden } = sequence;
    const [x, w, r, b] = inputs as Tensor[];
    const lengths = lengthsOf(node, sequence, inputs[4]);
    const initial = initialState(node, sequence, inputs[5], 'initial_h');
    return runSequence(node, sequence, lengths, 1, (direction, row) => {
      const f = activations[direction]![0]!;
      const biases = b?.data.subarray(direction * 2 * hidden, (direction + 1) * 2 * hidden);
      const fromInput = new Float64Array(hidden);
      const fromState = new Float64Array(hidden);
      let h = initial(direction, row);
      return {
        step(at) {
          project(fromInput, w!.data, direction * hidden, sequence.inputs, x!.data, at);
          project(fromState, r!.data, direction * hidden, hidden, h, 0);
          h = h.map((_, unit) => {
            const bias = biases ? biases[unit]! + biases[hidden + unit]! : 0;
            return f(clamp(fromInput[unit]! + fromState[unit]! + bias, sequence.clip));
          });
          return h;
        },
        finals: () => [h],
      };
    });
  },
  infer: (node, inputs) => outputTypes(planOf(node, inputs).sequence, 1),
};

function planOf(node: Node, inputs: readonly (TensorType | undefined)[]) {
  const attributes = new Attributes(node);
  const sequence = sequenceOf(node, attributes, inputs, 1);
  const activations = activationsOf(node, attributes, ['Tanh'], sequence.directions);
  attributes.done();
  return { sequence, activations };
}
