/** GRU nodes with the default activations, the reset gate before or after the recurrent matrix. */
import type { Rule } from './lowering.ts';
import { biasSums, initialState, recurrentParts, requirePlain } from './recurrent.ts';

export const gruRule: Rule = (node, lowering) => {
  const parts = recurrentParts(node, lowering, 3);
  requirePlain(node, parts, ['sigmoid', 'tanh']);
  const { attributes, directions, biases, lastCell: _, ...shared } = parts;
  const { hidden } = shared;
  // Update and reset gates add both biases; the candidate keeps its own apart, because the reset gate may stand between.
  const bias = biasSums(parts, 3);
  const recurrentBias = new Float64Array(directions * hidden);
  for (let d = 0; d < directions; d++) {
    const [input, recurrent] = [0, 1].map((half) => (2 * d + half) * 3 * hidden + 2 * hidden);
    bias.set(biases.subarray(input, input! + hidden), d * 3 * hidden + 2 * hidden);
    recurrentBias.set(biases.subarray(recurrent, recurrent! + hidden), d * hidden);
  }
  lowering.layers.push({
    kind: 'gru',
    node,
    ...shared,
    bias,
    recurrentBias,
    linearBeforeReset: attributes.flag('linear_before_reset'),
    initialHidden: initialState(node, lowering, 5),
  });
};
