/** LSTM nodes with the default activations. */
import { type Rule, refuse } from './lowering.ts';
import { biasSums, initialState, recurrentParts, requirePlain } from './recurrent.ts';

export const lstmRule: Rule = (node, lowering) => {
  const parts = recurrentParts(node, lowering, 4);
  requirePlain(node, parts, ['sigmoid', 'tanh', 'tanh']);
  if (parts.attributes.flag('input_forget')) throw refuse(node, 'it couples its input and forget gates');
  if (node.inputs[7] && initialState(node, lowering, 7)) throw refuse(node, 'it has peephole weights');
  const { attributes: _, directions: __, biases: ___, ...shared } = parts;
  lowering.layers.push({
    kind: 'lstm',
    node,
    ...shared,
    bias: biasSums(parts, 4),
    initialHidden: initialState(node, lowering, 5),
    initialCell: initialState(node, lowering, 6),
  });
};
