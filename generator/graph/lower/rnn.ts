/** RNN nodes with tanh or relu. */
import { type Rule, refuse } from './lowering.ts';
import { activationsOf, biasSums, initialState, recurrentParts } from './recurrent.ts';

export const rnnRule: Rule = (node, lowering) => {
  const parts = recurrentParts(node, lowering, 1);
  const [activation] = activationsOf(node, parts, ['tanh']);
  if (activation !== 'tanh' && activation !== 'relu') throw refuse(node, `its activation is ${activation}`);
  const { attributes: _, directions: __, biases: ___, lastCell: ____, ...shared } = parts;
  lowering.layers.push({
    kind: 'rnn',
    node,
    ...shared,
    activation,
    bias: biasSums(parts, 1),
    initialHidden: initialState(node, lowering, 5),
  });
};
