import type { Node } from '../../graph/graph.ts';
import type { Tensor, TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { atMost } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';
import { sameShape } from '../shared/shapes.ts';
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
 * ONNX LSTM. Gate order in W, R and B is i, o, f, c; peephole order in P is i, o, f.
 *   i = f(W_i x + R_i h + P_i * C + b_i)     f = f(W_f x + R_f h + P_f * C + b_f)     (input_forget: f = 1 - i)
 *   C' = f * C + i * g(W_c x + R_c h + b_c)
 *   o = f(W_o x + R_o h + P_o * C' + b_o)    H' = o * h(C')
 * Every argument of an activation is clipped to [-clip, clip].
 */
export const lstm: OpDefinition = {
  op: 'LSTM',
  domain: '',
  evaluate(node, inputs) {
    atMost(node, inputs, 8);
    const { sequence, activations, coupled } = planOf(node, inputs);
    const [x, w, r, b] = inputs as Tensor[];
    const lengths = lengthsOf(node, sequence, inputs[4]);
    const hidden = initialState(node, sequence, inputs[5], 'initial_h');
    const memory = initialState(node, sequence, inputs[6], 'initial_c');
    const peepholes = peepholesOf(node, sequence, inputs[7]);
    return runSequence(node, sequence, lengths, 2, (direction, row) =>
      lstmCell(sequence, activations[direction]!, coupled, x!, w!, r!, b, peepholes, direction, {
        h: hidden(direction, row),
        c: memory(direction, row),
      }),
    );
  },
  infer: (node, inputs) => outputTypes(planOf(node, inputs).sequence, 2),
};

function planOf(node: Node, inputs: readonly (TensorType | undefined)[]) {
  const attributes = new Attributes(node);
  const sequence = sequenceOf(node, attributes, inputs, 4);
  const activations = activationsOf(node, attributes, ['Sigmoid', 'Tanh', 'Tanh'], sequence.directions);
  const coupled = attributes.flag('input_forget');
  attributes.done();
  return { sequence, activations, coupled };
}

function peepholesOf(node: Node, { directions, hidden }: Sequence, tensor?: Tensor): Float64Array {
  const shape = [directions, 3 * hidden];
  if (!tensor) return new Float64Array(directions * 3 * hidden);
  if (!sameShape(tensor.shape, shape))
    throw invalid(node, `P is [${tensor.shape.join(', ')}] instead of [${shape.join(', ')}]`);
  return tensor.data;
}

function lstmCell(
  { hidden, inputs, clip }: Sequence,
  [f, g, output]: Activation[],
  coupled: boolean,
  x: Tensor,
  w: Tensor,
  r: Tensor,
  b: Tensor | undefined,
  peepholes: Float64Array,
  direction: number,
  state: { h: Float64Array; c: Float64Array },
): Cell {
  const rows = 4 * hidden;
  const fromInput = new Float64Array(rows);
  const fromState = new Float64Array(rows);
  const bias = (row: number): number =>
    b ? b.data[direction * 2 * rows + row]! + b.data[(direction * 2 + 1) * rows + row]! : 0;
  const peephole = (gate: number, unit: number): number => peepholes[(direction * 3 + gate) * hidden + unit]!;
  let { h, c } = state;

  return {
    step(at) {
      project(fromInput, w.data, direction * rows, inputs, x.data, at);
      project(fromState, r.data, direction * rows, hidden, h, 0);
      const sum = (gate: number, unit: number): number => {
        const row = gate * hidden + unit;
        return fromInput[row]! + fromState[row]! + bias(row);
      };
      const nextH = new Float64Array(hidden);
      const nextC = new Float64Array(hidden);
      for (let unit = 0; unit < hidden; unit++) {
        const before = c[unit]!;
        const input = f!(clamp(sum(0, unit) + peephole(0, unit) * before, clip));
        const forget = coupled ? 1 - input : f!(clamp(sum(2, unit) + peephole(2, unit) * before, clip));
        const after = forget * before + input * g!(clamp(sum(3, unit), clip));
        const gate = f!(clamp(sum(1, unit) + peephole(1, unit) * after, clip));
        nextC[unit] = after;
        nextH[unit] = gate * output!(clamp(after, clip));
      }
      [h, c] = [nextH, nextC];
      return h;
    },
    finals: () => [h, c],
  };
}
