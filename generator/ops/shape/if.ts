import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required, scalarOf } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';

/** ONNX If: evaluates one of two subgraphs, which see the tensors around the node. */
export const ifOp: OpDefinition = {
  op: 'If',
  domain: '',
  shapeInputs: [0],
  evaluate(node, inputs, { evaluateSubgraph }) {
    const condition = required(node, inputs, 0);
    requireType(node, condition, ['bool']);
    const attributes = new Attributes(node);
    const [yes, no] = [attributes.graph('then_branch'), attributes.graph('else_branch')];
    attributes.done();
    if (!yes || !no || !evaluateSubgraph) throw invalid(node, 'a branch is missing');
    return evaluateSubgraph(scalarOf(node, condition) ? yes : no);
  },
};
